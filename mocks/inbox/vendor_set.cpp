#include "inbox/vendor_set.hpp"

#include "wire/wire_time.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {
namespace {

// As good as for ever, and no sum with it overflows.
constexpr std::chrono::milliseconds longest_timeout = std::chrono::hours(24 * 365);

}  // namespace

VendorSet::VendorSet(std::vector<std::unique_ptr<Vendor>> vendors, MockClock clock, IdSource ids)
    : vendors_(std::move(vendors)), clock_(std::move(clock)), ids_(std::move(ids)) {}

MockResponse VendorSet::answer(std::string_view vendor, MockRequest const& request) {
    std::lock_guard const lock(mutex_);
    auto const named = std::ranges::find(vendors_, vendor, &Vendor::name);
    VendorContext const context{clock_.now(), clock_.unmoved(), ids_};
    auto answer = (*named)->answer(request, context);
    inbox_.record(vendor, answer, context.now);
    delivered_.notify_all();
    // Says how wrong a client's clock is, so what it cannot know of stays out.
    answer.response.headers.emplace_back("Date", http_date(context.client_now));
    return std::move(answer.response);
}

std::vector<MockMessage> VendorSet::messages(MessageFilter const& filter) const {
    std::lock_guard const lock(mutex_);
    return inbox_.messages(filter, clock_.now());
}

AwaitedMessage VendorSet::await_message(
    MessageFilter const& filter, std::chrono::milliseconds timeout, std::size_t most_waiting
) const {
    using End = AwaitedMessage::End;
    std::unique_lock lock(mutex_);
    auto message = inbox_.latest(filter, clock_.now());
    if (!message && timeout > std::chrono::milliseconds(0)) {
        if (waiting_ >= most_waiting) return {End::too_many_wait, std::nullopt};
        ++waiting_;
        delivered_.wait_for(lock, std::min(timeout, longest_timeout), [&] {
            message = inbox_.latest(filter, clock_.now());
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
    inbox_.clear();
    for (auto const& vendor : vendors_) vendor->forget();
}

void VendorSet::revoke_tokens() {
    std::lock_guard const lock(mutex_);
    for (auto const& vendor : vendors_) vendor->revoke_tokens();
}

ClockReading VendorSet::read_clock() const {
    std::lock_guard const lock(mutex_);
    return {clock_.now(), clock_.moved()};
}

void VendorSet::set_clock(MockTime now) {
    std::lock_guard const lock(mutex_);
    clock_.set(now);
}

void VendorSet::advance_clock(std::chrono::milliseconds by) {
    std::lock_guard const lock(mutex_);
    clock_.advance(by);
}

void VendorSet::reset_clock() {
    std::lock_guard const lock(mutex_);
    clock_.reset();
}

}  // namespace otp::mocks
