#include "simulation/scenario.hpp"

#include <otp/mocks/mock_credentials.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace otp::simulation {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 5> vendors{
    "spherepay", "loyaltydog", "10npay", "eko", "stytch"};

/// Numbers of half of the recipients begin with it.
constexpr std::string_view prefix_of_a_rule = "+9198765";

RetryConfig make_retry(Dice& dice) {
    RetryConfig retry;
    retry.attempts = dice.between(1, 4);
    retry.base_delay = dice.between(10ms, 200ms);
    retry.max_delay = dice.between(200ms, 2000ms);
    retry.rest = dice.between(100ms, 500ms);
    retry.max_rest = dice.between(500ms, 8000ms);
    retry.max_retry_after = dice.between(1000ms, 20000ms);
    constexpr std::array<std::uint32_t, 4> budgets{0, 30, 100, 500};
    retry.budget = dice.percent(90) ? budgets[dice.between(1, 3)] : budgets[0];
    return retry;
}

BreakerConfig make_breaker(Dice& dice) {
    BreakerConfig breaker;
    breaker.minimum_calls = dice.between(3, 12);
    breaker.connection_failures = dice.between(2, 6);
    breaker.open = dice.between(200ms, 3000ms);
    breaker.max_open = dice.between(3000ms, 12000ms);
    breaker.good_probes = dice.between(1, 3);
    breaker.window = dice.percent(20) ? dice.between(1000ms, 4000ms) : 30000ms;
    return breaker;
}

PlannedInstance make_instance(Dice& dice, std::string name, std::string_view vendor) {
    PlannedInstance instance{std::move(name), std::string(vendor)};
    instance.delivery.retry = make_retry(dice);
    instance.delivery.breaker = make_breaker(dice);
    instance.delivery.commit_timeout = dice.between(100ms, 1000ms);
    instance.limits.first_byte_timeout = dice.between(800ms, 4000ms);
    instance.limits.attempt_timeout = 5000ms;
    instance.limits.connect_timeout = dice.between(500ms, 3000ms);
    instance.limits.handshake_timeout = dice.between(500ms, 3000ms);
    return instance;
}

RouteConfig make_route(Dice& dice, std::vector<PlannedInstance> const& instances) {
    RouteConfig route;
    route.name = route_name;
    for (auto const& instance : instances) route.use.push_back(instance.name);
    route.strategy = static_cast<RouteStrategy>(dice.below(3));
    if (route.strategy == RouteStrategy::weighted) {
        for (auto const& name : route.use) {
            route.weights[name] = static_cast<std::uint32_t>(dice.between(1, 4));
        }
    }
    auto const choice = dice.below(10);
    if (choice >= 6) {
        route.on_unknown = choice >= 8 ? OnUnknown::failover : OnUnknown::retry_if_documented;
    }
    route.max_attempts = dice.between(1, 8);
    if (dice.percent(30)) {
        RouteRule rule;
        rule.phone_prefixes = {std::string(prefix_of_a_rule)};
        rule.use = {route.use[dice.below(route.use.size())]};
        route.rules.push_back(std::move(rule));
    }
    return route;
}

void add_account(InstanceConfig& instance, std::string const& base_url) {
    static mocks::MockCredentials const known;
    auto const set = [&](std::string_view name, std::string const& secret) {
        instance.credentials.emplace(name, Secret(secret));
    };
    if (instance.vendor == "spherepay") {
        set("api_key", known.spherepay_api_key);
    } else if (instance.vendor == "loyaltydog") {
        set("username", known.loyaltydog_username);
        set("password", known.loyaltydog_password);
    } else if (instance.vendor == "10npay") {
        set("client_id", known.ten_n_pay_client_id);
        set("client_secret", known.ten_n_pay_client_secret);
        instance.options["token_url"] = base_url + "/connect/token";
        instance.options["confirm_verification"] = "true";
    } else if (instance.vendor == "eko") {
        set("developer_key", known.eko_developer_key);
        set("access_key", known.eko_access_key);
        instance.options["initiator_id"] = known.eko_initiator_id;
        instance.options["csp_id"] = "9002336768";
    } else {
        set("project_id", known.stytch_project_id);
        set("secret", known.stytch_secret);
        instance.options["create_user"] = "true";
    }
}

InstanceConfig make_config(PlannedInstance const& planned) {
    InstanceConfig instance;
    instance.name = planned.name;
    instance.vendor = planned.vendor;
    auto const base_url = "https://" + planned.vendor + ".example";
    instance.base_url = base_url;
    add_account(instance, base_url);
    instance.delivery = planned.delivery;
    instance.limits = planned.limits;
    return instance;
}

}  // namespace

Scenario make_scenario(Dice& dice) {
    Scenario scenario;
    auto const count = dice.between(1, 3);
    auto const first = dice.below(vendors.size());
    for (std::size_t number = 0; number < count; ++number) {
        // Sometimes two accounts at one vendor.
        bool const same_again = number > 0 && dice.percent(10);
        auto const vendor = same_again
                                ? scenario.instances.back().vendor
                                : std::string(vendors[(first + number * 2) % vendors.size()]);
        scenario.instances.push_back(
            make_instance(dice, vendor + "-" + std::to_string(number + 1), vendor)
        );
    }
    scenario.route = make_route(dice, scenario.instances);
    return scenario;
}

ClientConfig Scenario::config() const {
    ClientConfig config;
    for (auto const& planned : instances) config.instances.push_back(make_config(planned));
    config.routes.push_back(route);
    return config;
}

PlannedInstance const* Scenario::find(std::string_view name) const noexcept {
    auto const found = std::find_if(instances.begin(), instances.end(), [&](auto const& instance) {
        return instance.name == name;
    });
    return found == instances.end() ? nullptr : &*found;
}

SendOtp make_request(Dice& dice, std::uint64_t operation) {
    auto const number = std::to_string(operation);
    std::string const begin(dice.percent(50) ? prefix_of_a_rule : "+9198766");
    auto const phone = begin + std::string(5 - number.size(), '0') + number;
    Recipient recipient(PhoneNumber::parse(phone).value());
    recipient.user_ids["spherepay"] = "customer_person" + number;
    recipient.user_ids["10npay"] = "7" + phone.substr(phone.size() - 5);
    if (dice.percent(20)) {
        recipient.email = EmailAddress::parse("person" + number + "@example.com").value();
    }
    SendOtp request(std::move(recipient));
    if (request.to.email && dice.percent(30)) request.channel = Channel::email;
    if (dice.percent(5)) request.channel = Channel::whatsapp;
    constexpr std::array deadlines{300ms, 1000ms, 2500ms, 6000ms, 15000ms};
    request.deadline = deadlines[dice.below(deadlines.size())];
    return request;
}

}  // namespace otp::simulation
