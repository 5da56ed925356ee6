#pragma once

#include "frame/operation_check.hpp"

namespace otp::conformance {

// Each looks at one way in which an adapter can read refusals wrongly, and reports to `check`.

/// Refusals and errors under status 200.
void check_refusals_with_success_status(OperationCheck& check);
/// Refusals with members of other types.
void check_changed_types(OperationCheck& check);
/// Codes that nobody knows, from a failing server.
void check_unknown_codes(OperationCheck& check);
/// The vendor's own refusals under a status that leads elsewhere.
void check_refusals_of_a_redirect(OperationCheck& check);
/// The vendor's own refusals, from a failing server.
void check_refusals_of_a_failing_server(OperationCheck& check);
/// HTML and texts of gateways with a status that seems to be about the request.
void check_pages_of_gateways(OperationCheck& check);
/// `Retry-After` in every form.
void check_retry_after(OperationCheck& check);

}  // namespace otp::conformance
