#include "observe/json_line.hpp"

#include <otp/observe/json_line_observer.hpp>
#include <otp/seam/clock.hpp>

#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

namespace otp {

namespace {

JsonLineObserver::Sink sink_of(std::ostream& out) {
    return [&out](std::string_view line) {
        // In one piece, so that a stream without a buffer does not tear it.
        std::string whole(line);
        whole += '\n';
        out << whole;
        // Not `fail()`: at its end a stream writes nothing, and does not call that a failure.
        if (!out.good()) throw std::runtime_error("the log cannot be written");
    };
}

}  // namespace

JsonLineObserver::JsonLineObserver(Sink sink, std::shared_ptr<Clock> clock)
    : sink_(std::move(sink)), clock_(clock ? std::move(clock) : Clock::system()) {}

JsonLineObserver::JsonLineObserver(std::ostream& out, std::shared_ptr<Clock> clock)
    : JsonLineObserver(sink_of(out), std::move(clock)) {}

template <class Event>
void JsonLineObserver::write(Event const& event) noexcept {
    try {
        auto const line = observe::json_line(clock_->utc_now(), event);
        std::lock_guard const lock(mutex_);
        sink_(line);
    } catch (...) {
        ++dropped_;
    }
}

void JsonLineObserver::on_attempt_begun(AttemptBegun const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_attempt_ended(AttemptEnded const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_wait(WaitBegun const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_operation_ended(OperationEnded const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_breaker_change(BreakerChange const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_rest(RestBegun const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_token_fetched(TokenFetched const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_reload(Reloaded const& event) noexcept {
    write(event);
}

void JsonLineObserver::on_warning(Warning const& warning) noexcept {
    write(warning);
}

}  // namespace otp
