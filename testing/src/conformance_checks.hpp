#pragma once

#include "operation_check.hpp"

namespace otp::testing {

// Each looks at one way in which an adapter can be wrong, and reports to `check` what it finds.

/// The documented answers are what they are.
void check_documented_answers(OperationCheck& check);

/// HTML, no body, JSON that is no object, under every status.
void check_garbage(OperationCheck& check);
/// No body where a success may have none, but of another type or with no end.
void check_emptiness(OperationCheck& check);
/// A success that ends at any of its bytes.
void check_truncated_bodies(OperationCheck& check);
/// 10 MB in any place.
void check_huge_bodies(OperationCheck& check);

/// Members of a success with other values and types, or missing.
void check_spoilt_members(OperationCheck& check);
/// Decisive members that stand there twice.
void check_repeated_members(OperationCheck& check);
/// Members that no JSON should have.
void check_hostile_members(OperationCheck& check);
/// A success in something else: another format that nobody documents.
void check_wrapped_successes(OperationCheck& check);

/// Every success with everything added, in every place and spelling, that speaks against it.
void check_contradictions(OperationCheck& check);
/// Every success with a no under a name that nobody documents; for a verify only.
void check_undocumented_refusals(OperationCheck& check);
/// Every success with what a refusal says in it.
void check_mixed_answers(OperationCheck& check);
/// Optional members of a success with values of other types.
void check_types_of_optional_members(OperationCheck& check);
/// Every success with a value that no document knows where all are documented.
void check_undocumented_values(OperationCheck& check);
/// Ids that an adapter could cut or mend, so that it would take two for the same.
void check_ids(OperationCheck& check);
/// Every success that names somebody else than the request.
void check_identities(OperationCheck& check);
/// Every success with every other status of the class 2xx.
void check_other_success_statuses(OperationCheck& check);
/// Every success with every status of the classes 3xx, 4xx and 5xx.
void check_successes_with_failing_statuses(OperationCheck& check);

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

/// What the vendor sends back of the request.
void check_canaries(OperationCheck& check);

/// Whether an approval is followed by a question if and only if the documents have its answers; for
/// a verify only.
void check_question(OperationCheck& check);

/// The handle that an adapter makes before the answer; for a send only.
void check_handle_before_answer(OperationCheck& check);

}  // namespace otp::testing
