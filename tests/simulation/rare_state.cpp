#include "simulation/rare_state.hpp"

namespace otp::simulation {

std::string_view to_string(RareState state) noexcept {
    switch (state) {
        case RareState::name_not_resolved:
            return "name_not_resolved";
        case RareState::connection_refused:
            return "connection_refused";
        case RareState::handshake_failed:
            return "handshake_failed";
        case RareState::stalled_without_a_byte:
            return "stalled_without_a_byte";
        case RareState::abandoned_by_commit_timeout:
            return "abandoned_by_commit_timeout";
        case RareState::commit_timeout_passed_while_the_answer_was_on_its_way:
            return "commit_timeout_passed_while_the_answer_was_on_its_way";
        case RareState::request_cut_in_the_middle:
            return "request_cut_in_the_middle";
        case RareState::request_cut_before_its_first_byte:
            return "request_cut_before_its_first_byte";
        case RareState::answer_cut:
            return "answer_cut";
        case RareState::answer_lost:
            return "answer_lost";
        case RareState::answer_came_too_late:
            return "answer_came_too_late";
        case RareState::carried_out_after_the_operation_ended:
            return "carried_out_after_the_operation_ended";
        case RareState::documented_error:
            return "documented_error";
        case RareState::server_error_though_a_code_was_sent:
            return "server_error_though_a_code_was_sent";
        case RareState::server_error_and_no_code:
            return "server_error_and_no_code";
        case RareState::garbage_though_a_code_was_sent:
            return "garbage_though_a_code_was_sent";
        case RareState::answer_to_another_request:
            return "answer_to_another_request";
        case RareState::throttled_for_seconds:
            return "throttled_for_seconds";
        case RareState::throttled_until_a_date:
            return "throttled_until_a_date";
        case RareState::throttled_without_a_time:
            return "throttled_without_a_time";
        case RareState::throttled_with_a_nonsensical_time:
            return "throttled_with_a_nonsensical_time";
        case RareState::refused_with_a_cut_body:
            return "refused_with_a_cut_body";
        case RareState::accepted_at_once:
            return "accepted_at_once";
        case RareState::accepted_by_the_same_instance_again:
            return "accepted_by_the_same_instance_again";
        case RareState::accepted_by_another_instance:
            return "accepted_by_another_instance";
        case RareState::accepted_after_an_open_outcome:
            return "accepted_after_an_open_outcome";
        case RareState::two_codes_as_the_route_allows:
            return "two_codes_as_the_route_allows";
        case RareState::unknown_without_a_handle:
            return "unknown_without_a_handle";
        case RareState::code_of_an_unknown_outcome_approved:
            return "code_of_an_unknown_outcome_approved";
        case RareState::refused_before_any_byte:
            return "refused_before_any_byte";
        case RareState::waited_and_tried_again:
            return "waited_and_tried_again";
        case RareState::waited_for_the_end_of_a_rest:
            return "waited_for_the_end_of_a_rest";
        case RareState::deadline_too_near_for_another_attempt:
            return "deadline_too_near_for_another_attempt";
        case RareState::deadline_ended_an_attempt:
            return "deadline_ended_an_attempt";
        case RareState::attempts_used_up:
            return "attempts_used_up";
        case RareState::budget_empty:
            return "budget_empty";
        case RareState::nobody_could_be_asked:
            return "nobody_could_be_asked";
        case RareState::many_operations_at_once:
            return "many_operations_at_once";
        case RareState::breaker_opened_by_its_ratio:
            return "breaker_opened_by_its_ratio";
        case RareState::breaker_opened_by_connection_failures:
            return "breaker_opened_by_connection_failures";
        case RareState::half_open_probe_succeeded:
            return "half_open_probe_succeeded";
        case RareState::half_open_probe_failed:
            return "half_open_probe_failed";
        case RareState::breaker_closed_again:
            return "breaker_closed_again";
        case RareState::passed_over_as_its_breaker_was_open:
            return "passed_over_as_its_breaker_was_open";
        case RareState::passed_over_as_it_rested:
            return "passed_over_as_it_rested";
        case RareState::passed_over_as_isolated:
            return "passed_over_as_isolated";
        case RareState::asked_though_all_breakers_were_open:
            return "asked_though_all_breakers_were_open";
        case RareState::restored_by_hand:
            return "restored_by_hand";
        case RareState::token_fetched_for_several:
            return "token_fetched_for_several";
        case RareState::token_fetch_failed:
            return "token_fetch_failed";
        case RareState::token_refused_and_renewed:
            return "token_refused_and_renewed";
        case RareState::token_renewed_during_shutdown:
            return "token_renewed_during_shutdown";
        case RareState::code_approved:
            return "code_approved";
        case RareState::wrong_code_refused:
            return "wrong_code_refused";
        case RareState::check_tried_again_as_nothing_was_sent:
            return "check_tried_again_as_nothing_was_sent";
        case RareState::check_left_open:
            return "check_left_open";
        case RareState::approval_confirmed_by_a_question:
            return "approval_confirmed_by_a_question";
        case RareState::cancelled_during_an_exchange:
            return "cancelled_during_an_exchange";
        case RareState::cancelled_during_a_wait:
            return "cancelled_during_a_wait";
        case RareState::cancelled_before_a_byte_left:
            return "cancelled_before_a_byte_left";
        case RareState::shutdown_waited_for_all:
            return "shutdown_waited_for_all";
        case RareState::shutdown_cut_operations_off:
            return "shutdown_cut_operations_off";
        case RareState::client_destroyed_with_operations:
            return "client_destroyed_with_operations";
        case RareState::reload_between_attempts:
            return "reload_between_attempts";
        case RareState::reload_during_an_exchange:
            return "reload_during_an_exchange";
        case RareState::reload_kept_an_instance:
            return "reload_kept_an_instance";
        case RareState::reload_replaced_an_instance:
            return "reload_replaced_an_instance";
        case RareState::reload_refused:
            return "reload_refused";
        case RareState::wall_clock_stepped:
            return "wall_clock_stepped";
        case RareState::slept_through_a_deadline:
            return "slept_through_a_deadline";
        case RareState::count:
            break;
    }
    return "unnamed";
}

void RareStates::add(RareStates const& others) noexcept {
    for (std::size_t index = 0; index < rare_state_count; ++index) {
        counts_[index] += others.counts_[index];
    }
}

}  // namespace otp::simulation
