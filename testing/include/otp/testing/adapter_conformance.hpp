#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/send_otp.hpp>
#include <otp/verify_otp.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {

/// What a vendor documents about the answers to one operation: the material that is spoilt in every
/// way to see what the adapter makes of it. Some success must have each member that is named.
struct DocumentedAnswers {
    /// Answers to exactly the request under test that are successes. At least one.
    std::vector<HttpResponse> successes{};
    /// Answers that are not: errors, and for a verify also wrong codes.
    std::vector<HttpResponse> refusals{};
    /// JSON pointers of the members of a success that decide: without one of them, or with another
    /// type, the answer must not pass for a success.
    std::vector<std::string> decisive{};
    /// JSON pointers of the members of a success that may be missing or null, but of no other type:
    /// what they say would be lost.
    std::vector<std::string> of_one_type{};
    /// JSON pointers of the members of a success whose good values the vendor documents completely,
    /// such as a number of status: with another value the answer must not pass for a success.
    std::vector<std::string> all_values_documented{};
    /// Values, as JSON texts, that only failures have, each with the JSON pointer of its member:
    /// with one of them the answer must not pass for a success.
    std::vector<std::pair<std::string, std::string>> values_of_failure{};
    /// JSON pointers of the members of a success that repeat whom the request is about, where the
    /// repeated text is not the request's own (another spelling of the number, say). Those that are
    /// are found by themselves.
    std::vector<std::string> echoed{};
    /// JSON pointers of objects of a success that tell of other things than this answer: a profile
    /// with the states of all its addresses, say. Only an error in them speaks against the answer,
    /// and whom they name is not compared.
    std::vector<std::string> about_other_things{};
    /// An answer without a body, or with `{}`, and the status of one of `successes` is a documented
    /// success, if it tells its length.
    bool empty_success{false};
};

/// An adapter, and what the suite must know about it.
class AdapterUnderTest {
public:
    /// `adapter` must outlive the object.
    AdapterUnderTest(
        ProviderAdapter const& provider_adapter, SendOtp send_otp, VerifyOtp verify_otp
    )
        : adapter(provider_adapter), send(std::move(send_otp)), verify(std::move(verify_otp)) {}

    ProviderAdapter const& adapter;
    /// Requests that the adapter can encode.
    SendOtp send;
    VerifyOtp verify;
    AttemptContext context;
    /// The token that the client would add, if the adapter has a `token_grant()`; empty: none. Must
    /// outlive the object.
    std::string_view access_token;
    DocumentedAnswers send_answers;
    DocumentedAnswers verify_answers;
    /// Answers to the question of `encode_confirmation`, which must follow one of the successes of
    /// `verify_answers`. Empty if the adapter never asks.
    DocumentedAnswers confirmation_answers;
    /// Texts that no error may show: the recipient's number and address, the code, the secrets of
    /// the configuration. As they stand in the request, and long enough not to occur by chance.
    std::vector<std::string> canaries;
    /// Names of members of a refusal that hold a code, an id or a link and not a text for people:
    /// errors keep them as they are, so no canary is put there.
    std::vector<std::string> identifiers;
    /// What the adapter was made from, if its credentials are to be looked for in what is kept of
    /// an answer. Must outlive the object.
    InstanceConfig const* instance{nullptr};
};

/// One thing that the adapter does wrong.
struct ConformanceFailure {
    /// `send`, `verify` or `confirmation`, and the check: `send: truncated body`.
    std::string check;
    /// Which input, and what came of it.
    std::string what;
};

/// Feeds the adapter documented and hostile answers and reports everything that is wrong:
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
/// - What is secret or personal of a request, and of an answer that is a success, stands where the
///   description says (`VendorDescription::sensitive`), so that a recording can leave it out.
/// - Nothing that can be printed of an outcome shows what the request took to the vendor (number,
///   address, ids, code, references, the vendor's fields, credentials, access token), wherever in
///   the answer it comes back and however it is spelled; identifiers are no exception.
///
/// Independent of a test framework: assert that the list is empty.
[[nodiscard]] std::vector<ConformanceFailure> check_conformance(AdapterUnderTest const& subject);

/// The part of `check_conformance` that attacks successes: for further requests to an adapter whose
/// successes look different, or are read in another way. Operations without successes are left out;
/// the subject must have one with some.
[[nodiscard]] std::vector<ConformanceFailure> check_successes(AdapterUnderTest const& subject);

}  // namespace otp::testing
