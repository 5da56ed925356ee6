#include "client/make_roster.hpp"

#include "config/proxies_of_instance.hpp"
#include "config/settings_digest.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/json_body.hpp>
#include <otp/seam/transport.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp {

namespace {

/// Makes one instance.
class InstanceMaker {
public:
    InstanceMaker(
        InstanceConfig&& config,
        ClientOptions const& options,
        boost::asio::any_io_executor const& work_executor
    )
        : options_(options),
          work_executor_(work_executor),
          instance_(std::make_shared<delivery::Instance>()) {
        instance_->config = std::move(config);
    }

    /// `before` if it was made from the same; it may be null.
    [[nodiscard]] std::shared_ptr<delivery::Instance> make(
        std::shared_ptr<delivery::Instance> const& before
    ) {
        std::string_view constexpr problem = "the instance is not configured correctly";
        instance_->adapter = checked(options_.vendors.make_adapter(instance_->config), problem);
        auto proxies = checked(
            config::proxies_of_instance(
                instance_->config, *instance_->adapter, options_.environment
            ),
            problem
        );
        instance_->settings_digest = config::settings_digest(
            instance_->config, proxies, instance_->adapter->vendor().options
        );
        if (before && before->settings_digest == instance_->settings_digest) return before;
        instance_->condition = std::make_shared<delivery::Condition>(instance_->config.delivery);
        if (before) keep_isolated(*before);
        instance_->transport =
            transport_to(instance_->adapter->base_url(), std::move(proxies.to_vendor));
        if (auto const* const grant = instance_->adapter->token_grant()) {
            make_tokens(*grant, std::move(proxies.to_tokens));
        }
        return std::move(instance_);
    }

private:
    template <class Value>
    [[nodiscard]] Value checked(Result<Value>&& result, std::string_view problem) const {
        if (!result) refuse(std::move(result).error(), problem);
        return std::move(*result);
    }

    /// Places the violations in the configuration, as its reader does. Where there are some,
    /// `problem` is the message: they say the rest.
    [[noreturn]] void refuse(Error error, std::string_view problem) const {
        error.instance = instance_->config.name;
        error.vendor = instance_->config.vendor;
        if (!error.violations.empty()) error.message = problem;
        auto const pointer = append_json_pointer("/instances", instance_->config.name);
        for (auto& violation : error.violations) violation.pointer.insert(0, pointer);
        throw ErrorException(std::move(error));
    }

    /// What somebody took out of service stays out, also with another secret.
    void keep_isolated(delivery::Instance const& before) {
        auto const now = options_.clock->now();
        if (before.condition->health(now).breaker != BreakerState::isolated) return;
        instance_->condition->isolate(now);
    }

    void make_tokens(TokenGrant const& grant, std::optional<ProxyConfig> proxy) {
        instance_->tokens = std::make_shared<delivery::TokenSource>(
            grant, transport_to(grant.base_url(), std::move(proxy)), options_.clock, work_executor_
        );
        instance_->tokens->keep(instance_->adapter);
        instance_->tokens->set_fetch_listener(token_reporter());
    }

    /// Nothing if nobody listens.
    [[nodiscard]] delivery::TokenSource::FetchListener token_reporter() const {
        if (options_.observers.empty()) return {};
        return [observers = options_.observers,
                name = instance_->config.name,
                vendor = instance_->config.vendor](auto failure, auto latency) {
            TokenFetched const event{name, vendor, failure, latency};
            for (auto const& observer : observers) observer->on_token_fetched(event);
        };
    }

    // A transport takes its proxy from the instance, but each origin has its own way.
    [[nodiscard]] std::shared_ptr<Transport> transport_to(
        std::string const& base_url, std::optional<ProxyConfig> proxy
    ) {
        instance_->config.proxy = std::move(proxy);
        TransportSettings const settings{
            work_executor_, base_url, instance_->config, options_.clock, options_.resolver};
        return checked(make_transport(settings), "the instance cannot connect");
    }

    /// By the application's own factory, the vendor's, or that of most vendors.
    [[nodiscard]] Result<std::shared_ptr<Transport>> make_transport(
        TransportSettings const& settings
    ) const {
        if (options_.transport) return options_.transport(settings);
        auto const* const of_vendor = options_.vendors.transport_of(instance_->config.vendor);
        // What is to be recorded or replayed is refused in the same words for all vendors.
        bool const is_recorded = settings.instance.record || settings.instance.replay;
        bool const is_own = of_vendor != nullptr && !is_recorded;
        return is_own ? (*of_vendor)(settings) : make_http_transport(settings);
    }

    ClientOptions const& options_;
    boost::asio::any_io_executor const& work_executor_;
    std::shared_ptr<delivery::Instance> instance_;
};

}  // namespace

std::shared_ptr<delivery::Roster const> make_roster(
    ClientConfig config,
    ClientOptions const& options,
    boost::asio::any_io_executor const& work_executor,
    delivery::Roster const* before
) {
    std::vector<std::shared_ptr<delivery::Instance>> instances;
    for (auto& instance : config.instances) {
        std::shared_ptr<delivery::Instance> same_name;
        if (before != nullptr) {
            if (auto const plan = before->instance(instance.name)) same_name = (*plan)[0];
        }
        InstanceMaker maker(std::move(instance), options, work_executor);
        instances.push_back(maker.make(same_name));
    }
    return std::make_shared<delivery::Roster const>(std::move(instances), config.routes);
}

}  // namespace otp
