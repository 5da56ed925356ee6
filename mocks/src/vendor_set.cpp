#include "vendor_set.hpp"

#include "eko_mock.hpp"
#include "loyaltydog_mock.hpp"
#include "spherepay_mock.hpp"
#include "stytch_mock.hpp"
#include "ten_n_pay_mock.hpp"
#include "wire_time.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {
namespace {

// As good as for ever, and no sum with it overflows.
constexpr std::chrono::milliseconds longest_patience = std::chrono::hours(24 * 365);

}  // namespace

VendorSet::VendorSet(MockOptions const& options) : world_(options) {
    vendors_.push_back(make_spherepay_mock(world_));
    vendors_.push_back(make_loyaltydog_mock(world_));
    vendors_.push_back(make_ten_n_pay_mock(world_));
    vendors_.push_back(make_eko_mock(world_));
    vendors_.push_back(make_stytch_mock(world_));
}

MockResponse VendorSet::answer(std::string_view vendor, MockRequest const& request) {
    std::lock_guard const lock(mutex_);
    auto const named = std::ranges::find(vendors_, vendor, &VendorMock::name);
    auto response = (*named)->handle(request);
    delivered_.notify_all();
    // Says how wrong a client's clock is, so what it cannot know of stays out.
    response.headers.emplace_back("Date", http_date(world_.clock.unmoved()));
    return response;
}

std::vector<MockMessage> VendorSet::messages(MessageFilter const& filter) const {
    std::lock_guard const lock(mutex_);
    return world_.inbox.messages(filter);
}

AwaitedMessage VendorSet::await_message(
    MessageFilter const& filter, std::chrono::milliseconds patience, std::size_t most_waiting
) const {
    using End = AwaitedMessage::End;
    std::unique_lock lock(mutex_);
    auto message = world_.inbox.latest(filter);
    if (!message && patience > std::chrono::milliseconds(0)) {
        if (waiting_ >= most_waiting) return {End::too_many_wait, std::nullopt};
        ++waiting_;
        delivered_.wait_for(lock, std::min(patience, longest_patience), [&] {
            message = world_.inbox.latest(filter);
            return message || stopped_;
        });
        --waiting_;
    }
    if (message) return {End::arrived, std::move(message)};
    return {stopped_ ? End::stopped : End::none_came, std::nullopt};
}

std::size_t VendorSet::waiting() const {
    std::lock_guard const lock(mutex_);
    return waiting_;
}

void VendorSet::stop_waits() {
    std::lock_guard const lock(mutex_);
    stopped_ = true;
    delivered_.notify_all();
}

void VendorSet::forget_everything() {
    std::lock_guard const lock(mutex_);
    world_.inbox.clear();
    for (auto const& vendor : vendors_) vendor->reset();
}

void VendorSet::revoke_tokens() {
    std::lock_guard const lock(mutex_);
    for (auto const& vendor : vendors_) vendor->revoke_tokens();
}

ClockReading VendorSet::read_clock() const {
    std::lock_guard const lock(mutex_);
    return {world_.clock.now(), world_.clock.moved()};
}

void VendorSet::set_clock(MockOptions::Time now) {
    std::lock_guard const lock(mutex_);
    world_.clock.set(now);
}

void VendorSet::advance_clock(std::chrono::milliseconds by) {
    std::lock_guard const lock(mutex_);
    world_.clock.advance(by);
}

void VendorSet::reset_clock() {
    std::lock_guard const lock(mutex_);
    world_.clock.reset();
}

}  // namespace otp::mocks
