#include "client/client_state.hpp"

#include "config/config_check.hpp"
#include "config/route_override.hpp"
#include "config/wording.hpp"

#include <otp/http_url.hpp>
#include <otp/json_body.hpp>
#include <otp/proxy_choice.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace otp {
namespace {

namespace asio = boost::asio;

asio::any_io_executor executor_for(asio::any_io_executor const& user, Threading threading) {
    if (threading == Threading::single) return user;
    // A strand of the concrete executor fits into any_io_executor without an allocation.
    if (auto const* const context = user.target<asio::io_context::executor_type>())
        return asio::make_strand(*context);
    return asio::make_strand(user);
}

/// Of two base URLs that transports were made for.
bool same_origin(std::string_view left, std::string_view right) {
    auto const a = HttpUrl::parse_endpoint(left);
    auto const b = HttpUrl::parse_endpoint(right);
    return a && b && a->origin() == b->origin();
}

[[noreturn]] void refuse(Error error) {
    throw ErrorException(std::move(error));
}

/// What is wrong with a name that is no key of `places`.
Error no_such(std::string_view kind, std::string_view name, auto const& places) {
    std::vector<std::string_view> known;
    for (auto const& place : places) known.emplace_back(place.first);
    // Whatever a caller takes for a name, a number or an address is not shown.
    return Error(
        ErrorCategory::config_invalid, config::unknown_name(kind, vendor_identifier(name), known)
    );
}

}  // namespace

ClientState::ClientState(
    asio::any_io_executor executor, ClientConfig config, ClientOptions const& options
)
    : threading_(options.threading),
      user_executor_(std::move(executor)),
      user_completion_executor_(user_executor_),
      work_executor_(executor_for(user_executor_, options.threading)),
      operation_pool_(threading_ == Threading::single ? platform::BlockPool::make() : nullptr),
      environment_{
          options.clock,
          std::make_shared<delivery::ReferenceSource>(options.random),
          work_executor_,
          options.observer},
      deadline_(config.deadline) {
    if (auto error = config::check_config(config)) refuse(std::move(*error));
    config::Violations overrides;
    config::apply_route_overrides(
        config, options.environment, options.environment_names, overrides
    );
    if (auto error = overrides.take_error("the environment (OTP_ROUTE_…)"))
        refuse(std::move(*error));
    for (auto& instance : config.instances) make_instance(std::move(instance), options);
    for (auto const& route : config.routes)
        for (auto const& name : route.use)
            routes_[route.name].push_back(&instances_.find(name)->second);
    for (auto& [name, instance] : instances_) single_instances_[name] = {&instance};
}

void ClientState::make_instance(InstanceConfig config, ClientOptions const& options) {
    auto const check = [&config](auto&& result) {
        if (result) return std::move(*result);
        Error error = result.error();
        error.instance = config.name;
        error.vendor = config.vendor;
        refuse(std::move(error));
    };

    auto adapter = check(options.vendors.make_adapter(config));
    auto const* const grant = adapter->token_grant();
    auto proxy = check(choose_proxy(config, adapter->base_url(), options.environment)).proxy;
    auto proxy_to_tokens =
        grant == nullptr
            ? std::nullopt
            : check(choose_proxy(config, grant->base_url(), options.environment)).proxy;

    std::string const name = config.name;
    auto& instance = instances_[name];
    instance.config = std::move(config);
    instance.adapter = std::move(adapter);
    // A transport takes its proxy from the instance, but each origin has its own way.
    auto const transport_to = [&](std::string const& base_url, std::optional<ProxyConfig> way) {
        instance.config.proxy = std::move(way);
        TransportSettings const settings{
            work_executor_, base_url, instance.config, options.clock, options.resolver};
        auto made = options.transport(settings);
        if (made) return std::move(*made);
        Error error = made.error();
        error.instance = name;
        error.vendor = instance.config.vendor;
        if (!error.violations.empty()) error.message = "the instance cannot connect";
        for (auto& violation : error.violations)
            violation.pointer = append_json_pointer("/instances", name) + violation.pointer;
        refuse(std::move(error));
    };
    instance.transport = transport_to(instance.adapter->base_url(), std::move(proxy));
    if (grant != nullptr)
        instance.tokens = std::make_shared<delivery::TokenSource>(
            *grant,
            transport_to(grant->base_url(), std::move(proxy_to_tokens)),
            options.clock,
            work_executor_
        );
}

Result<std::span<delivery::Instance* const>> ClientState::candidates(SendTarget const& target
) const {
    auto const& places = target.is_route() ? routes_ : single_instances_;
    auto const found = places.find(target.name());
    if (found != places.end()) return std::span<delivery::Instance* const>(found->second);
    return no_such(target.is_route() ? "route" : "instance", target.name(), places);
}

Result<std::span<delivery::Instance* const>> ClientState::sender_of(VerificationHandle const& handle
) const {
    auto const found = single_instances_.find(handle.instance());
    if (found == single_instances_.end())
        return Error(
            ErrorCategory::config_invalid,
            "the code was sent by instance " + vendor_identifier(handle.instance()) +
                ", which the configuration does not have; only it can verify the code: check it "
                "with the configuration that it was sent with"
        );
    delivery::Instance const* const instance = found->second.front();
    if (instance->config.vendor != handle.vendor())
        return Error(
            ErrorCategory::config_invalid,
            "the code was sent through " + vendor_identifier(handle.vendor()) + ", but instance " +
                instance->config.name + " is now one of " + instance->config.vendor +
                "; check it with the configuration that it was sent with"
        );
    return std::span<delivery::Instance* const>(found->second);
}

ClientState::InFlight::InFlight(std::shared_ptr<ClientState> state) : state_(std::move(state)) {
    ++state_->in_flight_;
}

ClientState::InFlight::~InFlight() {
    if (--state_->in_flight_ != 0 || !state_->when_idle_) return;
    auto const callback = std::exchange(state_->when_idle_, nullptr);
    callback();
}

std::vector<ClientState::Way> ClientState::ways() const {
    std::vector<Way> ways;
    for (auto const& [name, instance] : instances_) {
        ways.push_back({&instance, instance.transport.get(), false});
        auto const* const grant = instance.adapter->token_grant();
        if (grant != nullptr && !same_origin(grant->base_url(), instance.adapter->base_url()))
            ways.push_back({&instance, &instance.tokens->transport(), true});
    }
    return ways;
}

void ClientState::warm_up(std::size_t connections) {
    for (auto& [name, instance] : instances_) instance.transport->warm_up(connections);
}

void ClientState::close() noexcept {
    closing_ = true;
    for (auto& [name, instance] : instances_) {
        instance.transport->close();
        if (instance.tokens) instance.tokens->close();
    }
}

}  // namespace otp
