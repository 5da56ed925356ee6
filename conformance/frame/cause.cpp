#include "frame/cause.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace otp::conformance {
namespace {

using enum Cause;

constexpr std::array texts{
    CauseText{
        refuses_the_request,
        "request",
        "a request of the test is refused",
        "Give the suite a send and a verify that the adapter can encode"},
    CauseText{
        throws,
        "exception",
        "it throws",
        "Return an Error; of an answer that cannot be read, not_understood"},
    CauseText{
        not_repeatable,
        "purity",
        "the same input gives another output",
        "Take time and randomness from AttemptContext (now, unique_reference) alone"},
    CauseText{
        keeps_state,
        "purity",
        "the same input gives another output later",
        "Keep nothing between two calls, and take the time from AttemptContext::now"},
    CauseText{
        not_thread_safe,
        "purity",
        "two threads at once get another output than one",
        "Share nothing between calls: the client makes several at once"},
    CauseText{
        modifies_input,
        "purity",
        "it changes what it is given or what it is",
        "Leave requests, description and base URL as they are: no const_cast"},
    CauseText{
        reads_a_clock,
        "purity",
        "it looks at the machine's clock",
        "Take the time from AttemptContext::now"},
    CauseText{
        wrong_material,
        "documented answer",
        "the test's own lists do not fit its answers",
        "Mend the test: each pointer must be in a success"},
    CauseText{
        no_success,
        "documented answer",
        "a documented success does not pass for one",
        "Accept exactly what the vendor documents, or correct the test's answers"},
    CauseText{
        ignores_status,
        "status",
        "a failing status passes for a success",
        "Look at the status first: FlatSuccess and SuccessTable name the documented one"},
    CauseText{
        takes_any_2xx,
        "2xx alone",
        "a 2xx passes for a success, whatever its body says",
        "Read the body and hold it against the documented success: read_success or problem_of"},
    CauseText{
        takes_other_2xx,
        "another 2xx",
        "a 2xx that no document knows passes for a success",
        "Compare the status with the documented one: FlatSuccess, SuccessTable"},
    CauseText{
        takes_any_emptiness,
        "empty answer",
        "an answer passes for the empty success that tells no length, or is no empty one",
        "Accept it with a Content-Length of 0 or as a 204 alone, and of no other content type"},
    CauseText{
        reads_no_json,
        "truncated body",
        "a body that is cut off passes for a success",
        "Parse the body as a whole, with JsonObject::read, and do not look for texts in it"},
    CauseText{
        reads_loose_json,
        "strict JSON",
        "a body passes for a success that is no JSON or says two things at once",
        "Read it with JsonObject::read or parse_json_body, which refuse such"},
    CauseText{
        believes_refusal,
        "error in a 200",
        "a refusal passes for a success, only because its status is one",
        "Ask for the members that only a success has, and call problem_of"},
    CauseText{
        misses_member,
        "missing member",
        "a success without a decisive member, or with one of another type, passes",
        "Name it among the needed members of FlatSuccess, or in a row of SuccessTable"},
    CauseText{
        misses_contradiction,
        "contradiction",
        "an answer that says yes and no at once passes for a success",
        "Call problem_of, or find_contradiction over the whole body"},
    CauseText{
        misses_undocumented_no,
        "undocumented refusal",
        "an approval passes beside a member that no document knows and that may be a no",
        "List all documented members: FlatSuccess::members_are_all, SuccessTable::members"},
    CauseText{
        takes_wrapped,
        "wrapped success",
        "a success in something else passes",
        "Look for members where the documents have them, and nowhere else"},
    CauseText{
        ignores_identity,
        "another identity",
        "an answer about somebody else passes",
        "Compare what the answer repeats with the request: NeededMember::Value::same"},
    CauseText{
        loses_type,
        "type of an optional member",
        "an optional member of another type is taken for a missing one",
        "Refuse another type than the documented one or null: what it says would be lost"},
    CauseText{
        takes_undocumented_value,
        "undocumented value",
        "a value passes that the vendor does not document for a success",
        "Compare with the documented values, and refuse all others"},
    CauseText{
        mends_id,
        "id",
        "an id is kept as another one",
        "Keep an id exactly as it came, or refuse the answer: two may become one"},
    CauseText{
        overflows,
        "large number",
        "a number at the limits of its type gives a wrong time or wait",
        "Compare what integer_member reads with bounds of your own, before any conversion or sum",
        true},
    CauseText{
        believes_failing_server,
        "failing server",
        "a 5xx is believed",
        "Judge a 5xx by its status alone, as read_refusal does: unavailable or provider_error"},
    CauseText{
        believes_redirect,
        "redirect",
        "a redirect is taken for an outcome",
        "Make an error of every 3xx, as read_refusal does"},
    CauseText{
        accepted_error,
        "delivery",
        "an error says that the code was accepted",
        "Set unknown or not_sent: delivery_of_refusal"},
    CauseText{
        certain_without_proof,
        "delivery",
        "an error says not_sent after a status that proves nothing",
        "Set what delivery_of_refusal says of the status"},
    CauseText{
        certain_about_nonsense,
        "delivery",
        "an error says not_sent, though the answer cannot be understood or has a success in it",
        "Return not_understood, which leaves it open"},
    CauseText{
        believes_gateway,
        "gateway's page",
        "a page of a gateway is taken for the vendor's word",
        "Take a verdict from the vendor's own format alone, as read_refusal does; else "
        "bad_response"},
    CauseText{
        ignores_throttling,
        "throttling",
        "a 429 of a gateway is called something else",
        "Make every 429 rate_limited, whoever says so, as read_refusal does"},
    CauseText{
        misreads_retry_after,
        "Retry-After",
        "Retry-After is read as something else than a documented wait",
        "Read it with parse_retry_after of headers.joined(\"retry-after\"), or use read_refusal"},
    CauseText{
        shows_what_was_sent,
        "masked text",
        "what is kept of an answer shows what the request took to the vendor",
        "Pass it through context.sent: scrub_text, scrub_code or scrub_identifier",
        true},
    CauseText{
        endless_error,
        "long error",
        "an error is as long as the answer",
        "Pass texts of the vendor through context.sent.scrub_text, which cuts them"},
    CauseText{
        unsafe_question,
        "question",
        "the question after an approval is no GET",
        "Ask with a GET, which may be repeated, or not at all"},
    CauseText{
        unanswered_question,
        "question",
        "the question after an approval and the documented answers to it do not belong together",
        "Give the suite confirmation_answers if and only if encode_confirmation asks"},
    CauseText{
        other_handle,
        "handle before the answer",
        "the handle that is made before the answer is not the receipt's",
        "Return nothing from handle_before_answer, or the same references as in the receipt"},
    CauseText{
        unlisted_secret,
        "sensitive place",
        "a secret stands where the description lists none",
        "List the place in VendorDescription::sensitive",
        true},
    CauseText{
        leaves_its_segment,
        "path",
        "a text of the request gets into the path unchecked",
        "Refuse what is no id (is_plain_identifier), then encode it (encode_path_segment)",
        true},
    CauseText{
        breaks_the_line,
        "header",
        "a text of the request gets into a header with control characters in it",
        "Refuse what is not visible ASCII before it becomes a header",
        true},
    CauseText{
        breaks_the_body,
        "body",
        "a text of the request changes the body around it",
        "Write the body with JsonWriter or encode_form, and never by joining texts",
        true},
    CauseText{
        drops_hint,
        "hint",
        "a hint that the description honours makes no difference to the request",
        "Send it, or take it out of VendorDescription::hints so that the caller is told",
        true},
    CauseText{
        conceals_hint,
        "hint",
        "the request depends on a hint that the description does not name",
        "Name it in VendorDescription::hints: no client passes it on otherwise",
        true},
    CauseText{
        fails_for_hint,
        "hint",
        "a hint makes the request fail",
        "Take every value that VendorDescription::hints allows, or allow less there",
        true},
    CauseText{
        unlisted_field,
        "vendor field",
        "a field of the vendor's is in the request under test, but not in the description",
        "List it in VendorDescription::send_fields or verify_fields: the client refuses all others",
        true},
    CauseText{
        unread_field,
        "vendor field",
        "the description lists a field of the vendor's that no request depends on",
        "Send it, or take it out of VendorDescription::send_fields or verify_fields",
        true},
};

constexpr bool are_in_order() {
    for (std::size_t index = 0; index < texts.size(); ++index) {
        if (texts[index].cause != static_cast<Cause>(index)) return false;
    }
    return texts.back().cause == unread_field;
}
static_assert(are_in_order());

/// All that a body can do wrong which passes for a success.
constexpr std::array of_bodies{
    reads_loose_json,
    believes_refusal,
    misses_member,
    misses_contradiction,
    misses_undocumented_no,
    takes_wrapped,
    ignores_identity,
    loses_type,
    takes_undocumented_value,
    believes_redirect};

bool is_of_bodies(Cause cause) noexcept {
    return std::find(of_bodies.begin(), of_bodies.end(), cause) != of_bodies.end();
}

}  // namespace

CauseText const& text_of(Cause cause) noexcept {
    return texts[static_cast<std::size_t>(cause)];
}

bool follows_from(Cause cause, Cause other) noexcept {
    switch (other) {
        case not_repeatable:
            return cause == keeps_state || cause == not_thread_safe;
        case keeps_state:
            return cause == not_thread_safe;
        case modifies_input:
            return cause == not_repeatable || cause == keeps_state || cause == not_thread_safe;
        case reads_a_clock:
            return cause == not_repeatable || cause == keeps_state || cause == not_thread_safe ||
                   cause == overflows;
        case ignores_status:
            return cause == takes_other_2xx || cause == believes_redirect ||
                   cause == believes_failing_server;
        case takes_any_2xx:
            return is_of_bodies(cause) || cause == takes_other_2xx ||
                   cause == takes_any_emptiness || cause == reads_no_json || cause == overflows;
        case reads_no_json:
            return is_of_bodies(cause);
        case misses_contradiction:
            return cause == believes_refusal || cause == misses_undocumented_no;
        case believes_failing_server:
            return cause == certain_without_proof;
        case shows_what_was_sent:
            return cause == endless_error;
        default:
            return false;
    }
}

}  // namespace otp::conformance
