#include "client/make_roster.hpp"

#include "config/proxies_of_instance.hpp"

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

    [[nodiscard]] std::shared_ptr<delivery::Instance> make() {
        std::string_view constexpr problem = "the instance is not configured correctly";
        instance_->adapter = checked(options_.vendors.make_adapter(instance_->config), problem);
        auto proxies = checked(
            config::proxies_of_instance(
                instance_->config, *instance_->adapter, options_.environment
            ),
            problem
        );
        instance_->transport =
            transport_to(instance_->adapter->base_url(), std::move(proxies.to_vendor));
        if (auto const* const grant = instance_->adapter->token_grant()) {
            instance_->tokens = std::make_shared<delivery::TokenSource>(
                *grant,
                transport_to(grant->base_url(), std::move(proxies.to_tokens)),
                options_.clock,
                work_executor_
            );
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

    // A transport takes its proxy from the instance, but each origin has its own way.
    [[nodiscard]] std::shared_ptr<Transport> transport_to(
        std::string const& base_url, std::optional<ProxyConfig> proxy
    ) {
        instance_->config.proxy = std::move(proxy);
        TransportSettings const settings{
            work_executor_, base_url, instance_->config, options_.clock, options_.resolver};
        return checked(options_.transport(settings), "the instance cannot connect");
    }

    ClientOptions const& options_;
    boost::asio::any_io_executor const& work_executor_;
    std::shared_ptr<delivery::Instance> instance_;
};

}  // namespace

std::shared_ptr<delivery::Roster const> make_roster(
    ClientConfig config,
    ClientOptions const& options,
    boost::asio::any_io_executor const& work_executor
) {
    std::vector<std::shared_ptr<delivery::Instance>> instances;
    for (auto& instance : config.instances) {
        instances.push_back(InstanceMaker(std::move(instance), options, work_executor).make());
    }
    return std::make_shared<delivery::Roster const>(std::move(instances), config.routes);
}

}  // namespace otp
