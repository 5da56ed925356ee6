#pragma once

#include "exchange.hpp"
#include "message_filter.hpp"
#include "vendor_mock.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What became of a wait for a message: the message, or why there is none.
struct AwaitedMessage {
    enum class End { arrived, none_came, too_many_wait, stopped };
    End end;
    std::optional<MockMessage> message;
};

/// How far the vendors' clock is.
struct ClockReading {
    MockOptions::Time now;
    /// By how much it was moved since the beginning.
    std::chrono::milliseconds moved;
};

/// All mock vendors with their inbox and their clock. Thread-safe: the vendors run one at a time.
class VendorSet {
public:
    /// Throws `std::invalid_argument` as `MockVendors` does for its clock.
    explicit VendorSet(MockOptions const& options);
    VendorSet(VendorSet const&) = delete;
    VendorSet& operator=(VendorSet const&) = delete;

    /// A vendor's answer to a request whose path has no prefix. Precondition: `is_vendor_name`.
    [[nodiscard]] MockResponse answer(std::string_view vendor, MockRequest const& request);

    [[nodiscard]] std::vector<MockMessage> messages(MessageFilter const& filter) const;
    /// The newest message as soon as there is one, for `patience` at most. Waits only if fewer than
    /// `most_waiting` do already.
    [[nodiscard]] AwaitedMessage await_message(
        MessageFilter const& filter, std::chrono::milliseconds patience, std::size_t most_waiting
    ) const;
    /// How many wait for a message now.
    [[nodiscard]] std::size_t waiting() const;
    /// Ends all waits, and lets nobody wait any more.
    void stop_waits();

    void forget_everything();
    void revoke_tokens();

    [[nodiscard]] ClockReading read_clock() const;
    /// These throw `std::invalid_argument` as `MockClock` does.
    void set_clock(MockOptions::Time now);
    void advance_clock(std::chrono::milliseconds by);
    void reset_clock();

private:
    /// Guards everything below.
    mutable std::mutex mutex_;
    mutable std::condition_variable delivered_;
    mutable std::size_t waiting_{0};
    bool stopped_{false};
    MockWorld world_;
    std::vector<std::unique_ptr<VendorMock>> vendors_;
};

}  // namespace otp::mocks
