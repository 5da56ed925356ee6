#pragma once

#include "inbox/inbox.hpp"
#include "inbox/message_filter.hpp"
#include "inbox/mock_clock.hpp"
#include "vendor/id_source.hpp"
#include "vendor/vendor.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/mock_message.hpp>
#include <otp/mocks/mock_time.hpp>

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

/// What the vendors' clock shows.
struct ClockReading {
    MockTime now;
    /// By how much it was moved since the beginning.
    std::chrono::milliseconds moved;
};

/// Mock vendors with their inbox and their clock. Carries requests to them, and records what they
/// report. Thread-safe: the vendors answer one at a time.
class VendorSet {
public:
    VendorSet(std::vector<std::unique_ptr<Vendor>> vendors, MockClock clock, IdSource ids);
    VendorSet(VendorSet const&) = delete;
    VendorSet& operator=(VendorSet const&) = delete;

    /// A vendor's answer to a request whose path has no prefix. Precondition: it is one of them.
    /// The answer carries the header field Date, too.
    [[nodiscard]] MockResponse answer(std::string_view vendor, MockRequest const& request);

    [[nodiscard]] std::vector<MockMessage> messages(MessageFilter const& filter) const;
    /// The newest message as soon as there is one, for `timeout` at most. Waits only if fewer than
    /// `most_waiting` do already.
    [[nodiscard]] AwaitedMessage await_message(
        MessageFilter const& filter, std::chrono::milliseconds timeout, std::size_t most_waiting
    ) const;
    /// How many wait for a message now.
    [[nodiscard]] std::size_t waiting() const;
    /// Ends all waits, and lets nobody wait any more.
    void stop_waits();

    void forget_everything();
    void revoke_tokens();

    [[nodiscard]] ClockReading read_clock() const;
    /// These throw `std::invalid_argument` as `MockClock` does.
    void set_clock(MockTime now);
    void advance_clock(std::chrono::milliseconds by);
    void reset_clock();

private:
    /// Guards everything below.
    mutable std::mutex mutex_;
    mutable std::condition_variable delivered_;
    mutable std::size_t waiting_{0};
    bool stopped_{false};
    std::vector<std::unique_ptr<Vendor>> vendors_;
    MockClock clock_;
    IdSource ids_;
    Inbox inbox_;
};

}  // namespace otp::mocks
