#pragma once

#include "delivery/instance.hpp"
#include "delivery/reference_source.hpp"

#include <otp/clock.hpp>
#include <otp/result.hpp>
#include <otp/send_otp.hpp>
#include <otp/send_receipt.hpp>
#include <otp/verify_otp.hpp>

#include <boost/asio/awaitable.hpp>

#include <span>

namespace otp::delivery {

/// What operations share. Outlives them.
struct Environment {
    std::shared_ptr<Clock> clock;
    std::shared_ptr<ReferenceSource> references;
};

/// Sends through the first of `candidates` that can serve the request. All arguments outlive the
/// coroutine. `candidates` is not empty. Errors are complete: instance, vendor and attempts are set.
[[nodiscard]] boost::asio::awaitable<Result<SendReceipt>> send(
    Environment const& environment,
    std::span<Instance* const> candidates,
    SendOtp const& request,
    Clock::TimePoint deadline
);

/// Checks a code with `instance`, which sent it.
[[nodiscard]] boost::asio::awaitable<Result<Verification>> verify(
    Environment const& environment,
    Instance& instance,
    VerifyOtp const& request,
    Clock::TimePoint deadline
);

}  // namespace otp::delivery
