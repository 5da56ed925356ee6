#pragma once

#include "delivery/decide/breaker.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <ostream>
#include <rapidcheck.h>
#include <vector>

namespace otp::test {

/// What somebody does with a breaker, some time after the last.
struct BreakerEvent {
    enum class Kind {
        begin,          ///< A call, if it is let through.
        begin_even_so,  ///< A call, as no other instance is left.
        end,            ///< Of one of those under way, if there is one.
        isolate,
        restore,
    };

    std::chrono::milliseconds pause{0};
    Kind kind{Kind::begin};
    /// Which of the calls under way ends.
    std::size_t which{0};
    delivery::Breaker::Verdict verdict{delivery::Breaker::Verdict::good};
    double draw{0};
};

void showValue(BreakerEvent const& event, std::ostream& out);

/// Calls that begin and end in any order, well or badly, seldom the operator's hand.
[[nodiscard]] rc::Gen<std::vector<BreakerEvent>> any_breaker_history();

/// A breaker, and what has been done with it.
class BreakerHistory {
public:
    using Breaker = delivery::Breaker;
    using Change = Breaker::Change;

    explicit BreakerHistory(BreakerConfig const& config) : breaker(config) {}

    /// A call that has not ended.
    struct Call {
        Breaker::Ticket ticket;
        /// How many changes there had been, but for those to half open.
        std::size_t period;
    };

    /// Lets it happen; the change that came of it.
    std::optional<Change> go_on(BreakerEvent const& event);
    /// A call begun and ended at once.
    std::optional<Change> call(Breaker::Verdict verdict, double draw);

    [[nodiscard]] BreakerState state() const noexcept { return breaker.state(now); }

    Breaker::TimePoint now{std::chrono::hours(1)};
    Breaker breaker;
    std::vector<Call> under_way;
    std::size_t period{0};
    /// What ended last; nothing if the last event was no end.
    std::optional<Call> ended;

private:
    std::optional<Change> end(BreakerEvent const& event);
    std::optional<Change> count(std::optional<Change> change) noexcept;
};

}  // namespace otp::test
