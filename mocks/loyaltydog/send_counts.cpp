#include "loyaltydog/send_counts.hpp"

#include <algorithm>

namespace otp::mocks {
namespace {

constexpr std::size_t max_sends = 20000;

}  // namespace

void SendCounts::add(std::string const& target, MockTime sent_at) {
    by_target_[target].push_back(sent_at);
    order_.push_back(target);
    if (order_.size() <= max_sends) return;
    auto const oldest = by_target_.find(order_.front());
    oldest->second.pop_front();
    if (oldest->second.empty()) by_target_.erase(oldest);
    order_.pop_front();
}

std::size_t SendCounts::after(MockTime since, std::string const& target) const {
    auto const found = by_target_.find(target);
    if (found == by_target_.end()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(found->second, [&](MockTime sent_at) {
        return sent_at > since;
    }));
}

void SendCounts::clear() {
    by_target_.clear();
    order_.clear();
}

}  // namespace otp::mocks
