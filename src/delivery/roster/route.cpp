#include "delivery/roster/route.hpp"

#include <algorithm>

namespace otp::delivery {

namespace {

/// What a request asks for that leaves the channel open.
std::optional<Channel> channel_of(SendOtp const& request) {
    if (request.channel) return request.channel;
    if (request.to.phone) return Channel::sms;
    if (request.to.email) return Channel::email;
    return std::nullopt;
}

bool has_prefix(SendOtp const& request, std::vector<std::string> const& prefixes) {
    if (prefixes.empty()) return true;
    if (!request.to.phone) return false;
    auto const& number = request.to.phone->reveal();
    return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string const& prefix) {
        return number.starts_with(prefix);
    });
}

bool has_channel(SendOtp const& request, std::vector<Channel> const& channels) {
    if (channels.empty()) return true;
    auto const channel = channel_of(request);
    return channel && std::find(channels.begin(), channels.end(), *channel) != channels.end();
}

std::vector<std::uint32_t> weights_of(
    std::vector<std::string> const& use, InstanceWeights const& weights
) {
    std::vector<std::uint32_t> result;
    for (auto const& name : use) {
        auto const found = weights.find(name);
        result.push_back(found == weights.end() ? 1 : found->second);
    }
    return result;
}

}  // namespace

std::optional<std::size_t> find_rule(std::vector<RouteRule> const& rules, SendOtp const& request) {
    auto const rule = std::find_if(rules.begin(), rules.end(), [&](RouteRule const& one) {
        return has_prefix(request, one.phone_prefixes) && has_channel(request, one.channels);
    });
    if (rule == rules.end()) return std::nullopt;
    return static_cast<std::size_t>(rule - rules.begin());
}

Route::Route(RouteConfig const& config, Find const& find)
    : name_(config.name),
      strategy_(config.strategy),
      on_unknown_(config.on_unknown),
      max_attempts_(config.max_attempts),
      rules_(config.rules) {
    for (auto const& rule : rules_) add(rule.use, rule.weights, find);
    add(config.use, config.weights, find);
}

void Route::add(
    std::vector<std::string> const& use, InstanceWeights const& weights, Find const& find
) {
    auto& choice = choices_.emplace_back();
    for (auto const& name : use) {
        auto instance = find(name);
        if (std::find(all_.begin(), all_.end(), instance) == all_.end()) all_.push_back(instance);
        choice.instances.push_back(std::move(instance));
    }
    if (strategy_ != RouteStrategy::in_order && use.size() > 1) {
        choice.turns.emplace(strategy_, weights_of(use, weights));
    }
}

Plan Route::plan(SendOtp const& request, bool takes_turn) const {
    auto const rule = rules_.empty() ? std::nullopt : find_rule(rules_, request);
    auto& choice = choices_[rule.value_or(rules_.size())];
    Plan plan(name_, choice.instances);
    plan.rule = rule;
    plan.on_unknown = on_unknown_;
    plan.max_attempts = max_attempts_;
    if (choice.turns) {
        auto const turn = takes_turn ? choice.turn.fetch_add(1) : choice.turn.load();
        plan.set_order(choice.turns->order(turn));
    }
    return plan;
}

}  // namespace otp::delivery
