#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/error.hpp>
#include <otp/seam/clock.hpp>

#include <chrono>
#include <optional>

namespace otp::delivery {

/// Less than this is no news: `Date` has whole seconds, clocks are set by the network to far less,
/// and no vendor says what it allows (Eko's own tools warn from five minutes on).
inline constexpr std::chrono::minutes tolerated_clock_difference{2};

/// How far the `Date` of an answer (RFC 9110 6.6.1) lies outside the time between `sent` and
/// `received`, as this machine's clock tells them: above zero, the clock is behind. Nothing within
/// the tolerance, without a date that can be read, and for an answer that a cache had kept
/// (`Age`, RFC 9111 5.1), whose date is an old one.
[[nodiscard]] std::optional<std::chrono::seconds> clock_difference(
    HttpResponse const& response, Clock::UtcTime sent, Clock::UtcTime received
);

/// Adds the difference, if there is one, to what a refusal of credentials says (401 and 403): of
/// requests that are signed with the time, as Eko's are, a wrong clock is a usual cause.
void tell_clock_difference(
    Error& error, HttpResponse const& response, Clock::UtcTime sent, Clock::UtcTime received
);

}  // namespace otp::delivery
