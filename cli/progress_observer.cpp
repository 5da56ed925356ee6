#include "progress_observer.hpp"

#include "attempt_text.hpp"
#include "output.hpp"

#include <ostream>

namespace otp::cli {

namespace {

[[nodiscard]] Step step_of(OperationKind kind) noexcept {
    return kind == OperationKind::send ? Step::send : Step::verify;
}

}  // namespace

void ProgressObserver::on_attempt_ended(AttemptEnded const& event) noexcept {
    try {
        auto const line = describe_attempt(event.attempt, step_of(event.operation.kind));
        out_ << "attempt " << ++attempts_ << ": " << in_one_line(line) << std::endl;
    } catch (...) {
        // The report at the end does without it.
    }
}

void ProgressObserver::on_wait(WaitBegun const& event) noexcept {
    try {
        out_ << "waiting " << describe_wait(event.wait) << " for " << event.instance << ": "
             << describe(event.reason) << std::endl;
    } catch (...) {
        // As above.
    }
}

}  // namespace otp::cli
