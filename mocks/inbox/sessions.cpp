#include "inbox/sessions.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::size_t most_named = 1000;

/// FNV-1a: the same with every standard library.
std::uint32_t hash_of(std::string_view name) {
    std::uint32_t hash = 2166136261U;
    for (char const character : name) {
        hash = (hash ^ static_cast<unsigned char>(character)) * 16777619U;
    }
    return hash;
}

/// The given one for the session without a name.
std::optional<std::uint32_t> seed_for(std::string_view name, std::optional<std::uint32_t> seed) {
    return seed && !name.empty() ? *seed ^ hash_of(name) : seed;
}

}  // namespace

Vendor& Session::vendor(std::string_view vendor_name) {
    return **std::ranges::find(vendors, vendor_name, &Vendor::name);
}

void Session::forget() {
    for (auto const& each : vendors) each->forget();
}

void Session::revoke_tokens() {
    for (auto const& each : vendors) each->revoke_tokens();
}

Sessions::Sessions(MakeVendors vendors, MockClock clock, std::optional<std::uint32_t> seed)
    : make_vendors_(std::move(vendors)), clock_(std::move(clock)), seed_(seed) {
    std::optional<std::string> none;
    static_cast<void>(use({}, none));
}

Session& Sessions::use(std::string_view name, std::optional<std::string>& gone) {
    if (auto* const known = find(name)) return *known;
    // Beside those with a name stands the one without.
    if (by_name_.size() > most_named) gone = forget_unused();
    auto const seed = seed_for(name, seed_);
    Session session{
        std::string(name),
        make_vendors_(),
        clock_,
        IdSource(seed),
        FaultRules(seed ? *seed : std::random_device{}()),
        ++uses_};
    return by_name_.emplace(name, std::move(session)).first->second;
}

Session* Sessions::find(std::string_view name) {
    auto const found = by_name_.find(name);
    if (found == by_name_.end()) return nullptr;
    found->second.last_used = ++uses_;
    return &found->second;
}

Session const* Sessions::find(std::string_view name) const {
    auto const found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &found->second;
}

MockClock const& Sessions::clock_of(std::string_view name) const {
    auto const* const session = find(name);
    return session == nullptr ? clock_ : session->clock;
}

void Sessions::for_each(std::function<void(Session&)> const& visit) {
    for (auto& [name, session] : by_name_) visit(session);
}

std::string Sessions::forget_unused() {
    auto const oldest = std::ranges::min_element(by_name_, {}, [](auto const& each) {
        // That without a name stays.
        return std::pair(each.first.empty(), each.second.last_used);
    });
    auto name = oldest->first;
    by_name_.erase(oldest);
    return name;
}

}  // namespace otp::mocks
