#pragma once

#include "frame/operation_check.hpp"

namespace otp::conformance {

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

/// Whether an approval is followed by a question if and only if the documents have its answers; for
/// a verify only.
void check_question(OperationCheck& check);

/// The handle that an adapter makes before the answer; for a send only.
void check_handle_before_answer(OperationCheck& check);

}  // namespace otp::conformance
