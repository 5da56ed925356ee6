#pragma once

#include "simulation/dice.hpp"

#include <otp/exchange_phase.hpp>

#include <chrono>
#include <cstddef>

namespace otp::simulation {

/// How a vendor, and the way to it, are doing for a while.
enum class Mood {
    well,
    slow,
    unreachable,
    stalling,
    losing_connections,
    failing,
    throttling,
    refusing,
    any_of_them,

    count
};

/// What befalls one request.
enum class Happening {
    answered,
    name_not_resolved,
    connection_refused,
    handshake_failed,
    stalled,         ///< In `Fate::stalls_in`, until somebody gives up.
    request_cut,     ///< After a part of it.
    answer_lost,     ///< The vendor had the request; the connection ended without a byte.
    answer_cut,      ///< Within the answer.
    documented,      ///< One of the errors that the vendor's documents list.
    server_error,    ///< 5xx, whatever the vendor did before.
    unavailable,     ///< 503, with or without a time.
    throttled,       ///< 429, with every kind of `Retry-After`.
    garbage,         ///< 200 with a body that nobody can understand.
    another_answer,  ///< Carried out, and answered with what an earlier request was answered.
};

/// All that is decided about one request before it begins, so that it does not depend on what else
/// happens.
struct Fate {
    Happening happening{Happening::answered};
    /// Until the first byte leaves, or until what fails before has failed.
    std::chrono::milliseconds opening{0};
    /// From there to the vendor, its own work, and the way back.
    std::chrono::milliseconds there{0};
    std::chrono::milliseconds work{0};
    std::chrono::milliseconds back{0};
    ExchangePhase stalls_in{ExchangePhase::waiting};
    /// Where the request is cut, or stalls while it is written: so much of a thousand of it left.
    std::size_t per_mille{0};
    /// Whether the vendor does what it was asked although its answer says something else.
    bool carried_out{false};
    /// Which of several errors, bodies or times.
    std::size_t choice{0};
};

[[nodiscard]] Fate draw_fate(Dice& dice, Mood mood);

}  // namespace otp::simulation
