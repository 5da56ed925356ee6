#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace otp::simulation {

/// What a campaign has to meet, or it proves less than it seems to: each is counted, and one that
/// was never seen fails the campaign. Closed; the names are the enumerators'.
enum class RareState {
    // On the way to a vendor.
    name_not_resolved,
    connection_refused,
    handshake_failed,
    stalled_without_a_byte,
    abandoned_by_commit_timeout,
    commit_timeout_passed_while_the_answer_was_on_its_way,
    request_cut_in_the_middle,
    request_cut_before_its_first_byte,
    answer_cut,
    answer_lost,
    answer_came_too_late,
    carried_out_after_the_operation_ended,
    // What a vendor answers.
    documented_error,
    server_error_though_a_code_was_sent,
    server_error_and_no_code,
    garbage_though_a_code_was_sent,
    answer_to_another_request,
    throttled_for_seconds,
    throttled_until_a_date,
    throttled_without_a_time,
    throttled_with_a_nonsensical_time,
    refused_with_a_cut_body,
    // How a send ends.
    accepted_at_once,
    accepted_by_the_same_instance_again,
    accepted_by_another_instance,
    accepted_after_an_open_outcome,
    two_codes_as_the_route_allows,
    unknown_without_a_handle,
    code_of_an_unknown_outcome_approved,
    refused_before_any_byte,
    waited_and_tried_again,
    waited_for_the_end_of_a_rest,
    deadline_too_near_for_another_attempt,
    deadline_ended_an_attempt,
    attempts_used_up,
    budget_empty,
    nobody_could_be_asked,
    many_operations_at_once,
    // How an instance is.
    breaker_opened_by_its_ratio,
    breaker_opened_by_connection_failures,
    half_open_probe_succeeded,
    half_open_probe_failed,
    breaker_closed_again,
    passed_over_as_its_breaker_was_open,
    passed_over_as_it_rested,
    passed_over_as_isolated,
    asked_though_all_breakers_were_open,
    restored_by_hand,
    // Tokens.
    token_fetched_for_several,
    token_fetch_failed,
    token_refused_and_renewed,
    token_renewed_during_shutdown,
    // Checks of codes.
    code_approved,
    wrong_code_refused,
    check_tried_again_as_nothing_was_sent,
    check_left_open,
    approval_confirmed_by_a_question,
    // What people and machines do meanwhile.
    cancelled_during_an_exchange,
    cancelled_during_a_wait,
    cancelled_before_a_byte_left,
    shutdown_waited_for_all,
    shutdown_cut_operations_off,
    client_destroyed_with_operations,
    reload_between_attempts,
    reload_during_an_exchange,
    reload_kept_an_instance,
    reload_replaced_an_instance,
    reload_refused,
    wall_clock_stepped,
    slept_through_a_deadline,

    count
};

inline constexpr auto rare_state_count = static_cast<std::size_t>(RareState::count);

[[nodiscard]] std::string_view to_string(RareState state) noexcept;

/// How often each was seen.
class RareStates {
public:
    void saw(RareState state) noexcept { ++counts_[static_cast<std::size_t>(state)]; }
    void add(RareStates const& others) noexcept;
    [[nodiscard]] std::uint64_t count(RareState state) const noexcept {
        return counts_[static_cast<std::size_t>(state)];
    }

private:
    std::array<std::uint64_t, rare_state_count> counts_{};
};

}  // namespace otp::simulation
