#pragma once

#include <otp/observer.hpp>

#include <string_view>

namespace otp::test {

// Events as a client tells them, to be changed where a test looks.

/// Operation 7 on the route `login`.
[[nodiscard]] OperationRef operation(OperationKind kind = OperationKind::send);

/// One at `main`, vendor `acme`, that was accepted after 120 ms.
[[nodiscard]] Attempt accepted_attempt();

/// One at `main` that timed out after 3 s, so that `spare` is asked.
[[nodiscard]] Attempt failed_attempt();

/// `main` was passed over, as it rests.
[[nodiscard]] Attempt skipped_attempt();

/// A send on `login` that `main` accepted after 250 ms.
[[nodiscard]] OperationEnded succeeded_operation();

/// Tells of an attempt's beginning and end.
void tell(Observer& observer, Attempt const& attempt, OperationKind kind = OperationKind::send);

}  // namespace otp::test
