#pragma once

#include <string_view>

namespace otp::conformance {

/// Why an adapter fails checks: one fault of it. Those that others follow from come before them.
enum class Cause {
    refuses_the_request,
    throws,
    not_repeatable,
    keeps_state,
    not_thread_safe,
    modifies_input,
    reads_a_clock,
    wrong_material,
    no_success,
    ignores_status,
    takes_any_2xx,
    takes_other_2xx,
    takes_any_emptiness,
    reads_no_json,
    reads_loose_json,
    believes_refusal,
    misses_member,
    misses_contradiction,
    misses_undocumented_no,
    takes_wrapped,
    ignores_identity,
    loses_type,
    takes_undocumented_value,
    mends_id,
    overflows,
    believes_failing_server,
    believes_redirect,
    accepted_error,
    certain_without_proof,
    certain_about_nonsense,
    believes_gateway,
    ignores_throttling,
    misreads_retry_after,
    shows_what_was_sent,
    endless_error,
    unsafe_question,
    unanswered_question,
    other_handle,
    unlisted_secret,
    leaves_its_segment,
    breaks_the_line,
    breaks_the_body,
    drops_hint,
    conceals_hint,
    fails_for_hint,
    unlisted_field,
    unread_field
};

/// How a failure of one cause is told.
struct CauseText {
    Cause cause{};
    /// In two or three words.
    std::string_view check{};
    /// What is wrong, in one sentence without its stop.
    std::string_view what{};
    /// What to do.
    std::string_view advice{};
    /// Whether each place has to be mended by itself, so that each is a failure.
    bool by_place{false};
};

[[nodiscard]] CauseText const& text_of(Cause cause) noexcept;

/// Whether `cause` may be nothing but a consequence of `other` in the same operation.
[[nodiscard]] bool follows_from(Cause cause, Cause other) noexcept;

}  // namespace otp::conformance
