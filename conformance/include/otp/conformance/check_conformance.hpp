#pragma once

#include <otp/conformance/adapter_under_test.hpp>
#include <otp/conformance/failure.hpp>

#include <vector>

namespace otp::conformance {

/// Feeds the adapter documented and hostile answers and requests, and reports everything that is
/// wrong, one failure for each cause:
///
/// - A documented success is one; a refusal is none, also under status 200.
/// - No spoilt body passes for a success: HTML, no body, truncated at any byte, a decisive member
///   missing, null, of another type or repeated, 1e400, depth 1000, bad UTF-8.
/// - Nothing passes for a success that says yes and no at once: every success with an error, a
///   member of an error report, a failing status or a verdict that is not true, at any depth and in
///   any spelling (`otp/adapter/contradiction.hpp` finds them), also below names that the adapter
///   knows; and every success with what one of the vendor's refusals says.
/// - Nothing passes for an approval in which a member that no document knows may be a no
///   (`otp/adapter/undocumented_refusal.hpp`).
/// - Nothing passes for a success that names somebody else than the request, that has another
///   status than the documented one, or that is wrapped in something else.
/// - Nothing passes for a success with a value that the vendor does not document where it documents
///   all, and an id of a success is kept exactly as it is or not at all.
/// - Nothing makes it throw: 10 MB, other types in any member, every status from 100 to 599.
/// - An error's delivery is never `accepted`, and never `not_sent` after a status that proves
///   nothing (5xx, 3xx but 307 and 308: `delivery_of_refusal`) or a 2xx that cannot be understood.
/// - A 5xx is never the caller's fault, names no field, and is never the outcome of a verify, not
///   even with a refusal of the vendor's own in its body.
/// - A 3xx is never the outcome of a verify either; a success under a 3xx or 5xx is none.
/// - A gateway's HTML or text under a 4xx is `bad_response` and no word about credentials or
///   recipients; 429 and 503 mean the same from anybody.
/// - `Retry-After` is read as seconds or a date or not at all, and never negative.
/// - No error shows a canary that the vendor sends back, or is longer than a log line should be.
/// - A question that settles an approval is a GET, and its answer is read with the same care.
/// - A handle that is made before the answer is the receipt's, but for what only the answer knows,
///   and a verify can be made with it.
/// - Each hint that the description honours is in the request, on each channel, and no other hint
///   is; none, however odd, makes the request fail (fitted by `fit_hints`, as the client does).
/// - The requests have no field of the vendor's that the description does not list, since the
/// client
///   refuses such, and each that it lists makes a difference to some request.
/// - No text of a request (reference, id, address, code, field, hint) changes what stands around it
///   in a path, a header or a body: `..`, `/`, `?`, `#`, `%`, line ends, quotes.
/// - No number of an answer overflows, at the limits of any type, negative, with a fraction or as a
///   text: a time or a wait that follows it grows with it or is left out, an id stays as it is.
/// - The adapter is a pure function: the same input gives the same output, at once, after all other
///   calls and from two threads; no input is changed, and the machine's clock is not looked at.
/// - What is secret or personal of a request, and of an answer that is a success, stands where the
///   description says (`VendorDescription::sensitive`), so that a recording can leave it out.
/// - Nothing that can be printed of an outcome shows what the request took to the vendor (number,
///   address, ids, code, references, the vendor's fields, credentials, access token), wherever in
///   the answer it comes back and however it is spelled; identifiers are no exception.
///
/// Independent of a test framework: assert that the list is empty. Takes seconds. Exceptions: none
/// of the adapter's, which are failures.
[[nodiscard]] std::vector<Failure> check_conformance(AdapterUnderTest const& subject);

/// The part of `check_conformance` that attacks successes: for further requests to an adapter whose
/// successes look different, or are read in another way. Operations without successes are left out;
/// the subject must have one with some.
[[nodiscard]] std::vector<Failure> check_successes(AdapterUnderTest const& subject);

}  // namespace otp::conformance
