#pragma once

#include <otp/export.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace OTP_EXPORT otp {

/// How often and when one instance is asked again. Only what provably was not sent is ever
/// repeated, and what the vendor's own documents ask to repeat (`OnUnknown`).
struct RetryConfig {
    /// Attempts of one operation at the instance, the first included. 1 to 10.
    std::size_t attempts{3};
    /// Before the n-th repetition the wait is drawn evenly from 0 to `base_delay` times `factor` to
    /// the power of n - 1, and that is `max_delay` at most. Each 1 ms to 1 h.
    std::chrono::milliseconds base_delay{50};
    /// 1 to 10.
    double factor{2};
    std::chrono::milliseconds max_delay{2000};
    /// How long the instance rests, for all operations, after it said that it is asked too often or
    /// cannot serve: as long as `Retry-After` says, at most `max_retry_after`; where it says
    /// nothing, `rest`, and twice as long with each further such answer, up to `max_rest`. Each 1
    /// ms to 24 h.
    std::chrono::milliseconds rest{1000};
    std::chrono::milliseconds max_rest{30000};
    std::chrono::milliseconds max_retry_after{300000};
    /// A bucket that all operations share: a repetition takes `retry_cost` out of it, one after a
    /// rest `throttle_cost`, a success puts `success_gain` back. Where there is too little left,
    /// nothing is repeated. Each 0 to 1,000,000; without a bucket (0) nothing is ever repeated that
    /// costs something.
    std::uint32_t budget{500};
    std::uint32_t retry_cost{14};
    std::uint32_t throttle_cost{5};
    std::uint32_t success_gain{1};

    friend bool operator==(RetryConfig const&, RetryConfig const&) = default;
};

/// When an instance that keeps failing is left alone for a while. Only the vendor's own faults
/// count, and those of the account: no answer, 5xx, an answer that cannot be understood, refused
/// credentials.
struct BreakerConfig {
    /// Opens when this share of the calls within `window` failed, of at least `minimum_calls`.
    /// Above 0, at most 1.
    double failure_ratio{0.5};
    /// 1 to 100,000.
    std::size_t minimum_calls{20};
    /// 1 s to 1 h.
    std::chrono::milliseconds window{30000};
    /// Opens, too, when so many connections in a row could not be opened. 1 to 1,000.
    std::size_t connection_failures{5};
    /// How long it stays open; twice as long after each probe that failed, up to `max_open`, and up
    /// to a tenth longer or shorter, so that a fleet does not come back at once. Each 1 ms to 24 h.
    std::chrono::milliseconds open{5000};
    std::chrono::milliseconds max_open{60000};
    /// Then single requests are let through, one at a time; it closes after so many good ones in a
    /// row. 1 to 100.
    std::size_t good_probes{3};

    friend bool operator==(BreakerConfig const&, BreakerConfig const&) = default;
};

/// What the delivery of requests through one instance keeps to.
struct DeliveryConfig {
    RetryConfig retry;
    BreakerConfig breaker;
    /// An attempt of which no byte has left after this time is given up for the route's next
    /// instance, if there is one to ask. 1 ms to 1 h.
    std::chrono::milliseconds commit_timeout{1000};

    friend bool operator==(DeliveryConfig const&, DeliveryConfig const&) = default;
};

}  // namespace otp
