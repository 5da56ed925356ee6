#include "observe/metrics.hpp"

namespace otp::observe {

void Metrics::append(std::string& text) const {
    operations.append(text);
    operation_duration.append(text);
    attempts.append(text);
    attempt_duration.append(text);
    in_flight.append(text);
    code_checks.append(text);
    retries.append(text);
    failovers.append(text);
    skips.append(text);
    waits.append(text);
    wait_seconds.append(text);
    breaker_changes.append(text);
    rests.append(text);
    rest_seconds.append(text);
    token_fetches.append(text);
    reloads.append(text);
    warnings.append(text);
}

}  // namespace otp::observe
