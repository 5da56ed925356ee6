#include "conformance_checks.hpp"
#include "echo_checks.hpp"
#include "field_checks.hpp"
#include "hint_checks.hpp"
#include "sensitive_checks.hpp"

#include <otp/testing/adapter_conformance.hpp>

#include <boost/json/object.hpp>

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

/// What is done to successes.
void attack_successes(OperationCheck& check) {
    check_documented_answers(check);
    check_truncated_bodies(check);
    check_spoilt_members(check);
    check_repeated_members(check);
    check_hostile_members(check);
    check_wrapped_successes(check);
    check_contradictions(check);
    check_mixed_answers(check);
    check_types_of_optional_members(check);
    check_undocumented_values(check);
    check_ids(check);
    check_identities(check);
    check_other_success_statuses(check);
    check_successes_with_failing_statuses(check);
}

/// What is done to refusals, and what no documented answer is needed for.
void attack_with_all_else(OperationCheck& check) {
    check_garbage(check);
    check_emptiness(check);
    check_huge_bodies(check);
    check_refusals_with_success_status(check);
    check_changed_types(check);
    check_unknown_codes(check);
    check_refusals_of_a_redirect(check);
    check_refusals_of_a_failing_server(check);
    check_pages_of_gateways(check);
    check_retry_after(check);
    check_canaries(check);
}

using Decode = Seen (*)(AdapterUnderTest const&, HttpResponse const&);

/// `decode`, with what it throws.
OperationCheck::Decode guarded(AdapterUnderTest const& subject, Decode decode) {
    return [&subject, decode](HttpResponse const& response) {
        Seen seen;
        try {
            seen = decode(subject, response);
        } catch (std::exception const& exception) {
            seen.exception = exception.what();
        } catch (...) {
            seen.exception = "something that is no std::exception";
        }
        return seen;
    };
}

std::vector<Identity> identities_of(SendOtp const& send, std::string_view vendor) {
    std::vector<Identity> identities;
    auto const add = [&](std::string_view text) { identities.push_back({"", std::string(text)}); };
    if (send.to.phone) {
        add(send.to.phone->reveal());
        add(std::string_view(send.to.phone->reveal()).substr(1));
    }
    if (send.to.email) add(send.to.email->reveal());
    auto const id = send.to.user_ids.find(vendor);
    if (id != send.to.user_ids.end()) add(id->second);
    return identities;
}

std::vector<Identity> identities_of(VerificationHandle const& handle) {
    std::vector<Identity> identities;
    for (auto const& [name, text] : handle.references()) {
        identities.push_back({std::string(name), std::string(text)});
    }
    return identities;
}

std::vector<std::string> texts_of(VerificationHandle const& handle) {
    std::vector<std::string> texts;
    for (auto const& reference : handle.references()) texts.emplace_back(reference.second);
    return texts;
}

Seen seen_of_send(AdapterUnderTest const& subject, HttpResponse const& response) {
    Seen seen;
    auto const result = subject.adapter.decode_send(subject.send, response, subject.context);
    seen.success = result.has_value();
    if (!result) {
        seen.error = result.error();
        return seen;
    }
    seen.handle = result->handle;
    seen.ids = texts_of(result->handle);
    return seen;
}

Seen seen_of(Result<Verification> const& result) {
    Seen seen;
    seen.success = result && result->approved();
    if (seen.success) seen.ids = {result->user_id};
    if (!result) seen.error = result.error();
    return seen;
}

Seen seen_of_verify(AdapterUnderTest const& subject, HttpResponse const& response) {
    auto const& adapter = subject.adapter;
    auto seen = seen_of(adapter.decode_verify(subject.verify, response, subject.context));
    if (!seen.success) return seen;
    auto const question = adapter.encode_confirmation(subject.verify, response, subject.context);
    if (question) seen.question = question->method;
    return seen;
}

Seen seen_of_confirmation(AdapterUnderTest const& subject, HttpResponse const& response) {
    return seen_of(subject.adapter.decode_confirmation(subject.verify, response, subject.context));
}

OperationCheck check_of_send(
    AdapterUnderTest const& subject,
    HttpRequest const& request,
    std::vector<ConformanceFailure>& failures
) {
    return {
        OperationKind::send,
        subject,
        subject.send_answers,
        guarded(subject, seen_of_send),
        request.body,
        identities_of(subject.send, subject.adapter.vendor().name),
        failures};
}

OperationCheck check_of_verify(
    AdapterUnderTest const& subject,
    HttpRequest const& request,
    std::vector<ConformanceFailure>& failures
) {
    return {
        OperationKind::verify,
        subject,
        subject.verify_answers,
        guarded(subject, seen_of_verify),
        request.body,
        identities_of(subject.verify.handle),
        failures};
}

OperationCheck check_of_confirmation(
    AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures
) {
    return {
        OperationKind::confirmation,
        subject,
        subject.confirmation_answers,
        guarded(subject, seen_of_confirmation),
        "",
        identities_of(subject.verify.handle),
        failures};
}

/// The requests that the answers are answers to.
struct Requests {
    HttpRequest send;
    HttpRequest verify;
};

/// Nothing, and a failure, if one is refused.
std::optional<Requests> requests_of(
    AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures
) {
    auto send = subject.adapter.encode_send(subject.send, subject.context);
    auto verify = subject.adapter.encode_verify(subject.verify, subject.context);
    if (!send) failures.push_back({"send: request", "is refused: " + send.error().message});
    if (!verify) failures.push_back({"verify: request", "is refused: " + verify.error().message});
    if (!send || !verify) return std::nullopt;
    return Requests{std::move(*send), std::move(*verify)};
}

}  // namespace

std::vector<ConformanceFailure> check_conformance(AdapterUnderTest const& subject) {
    std::vector<ConformanceFailure> failures;
    auto const requests = requests_of(subject, failures);
    if (!requests) return failures;

    auto send = check_of_send(subject, requests->send, failures);
    attack_successes(send);
    attack_with_all_else(send);
    check_handle_before_answer(send);
    auto verify = check_of_verify(subject, requests->verify, failures);
    attack_successes(verify);
    attack_with_all_else(verify);
    check_undocumented_refusals(verify);
    check_question(verify);
    auto const& answers = subject.confirmation_answers;
    if (!answers.successes.empty() || !answers.refusals.empty()) {
        auto confirmation = check_of_confirmation(subject, failures);
        attack_successes(confirmation);
        attack_with_all_else(confirmation);
    }
    check_hints(subject, failures);
    check_fields(subject, failures);
    check_sensitive_places(subject, failures);
    check_echoes(subject, failures);
    return failures;
}

std::vector<ConformanceFailure> check_successes(AdapterUnderTest const& subject) {
    std::vector<ConformanceFailure> failures;
    auto const requests = requests_of(subject, failures);
    if (!requests) return failures;

    auto send = check_of_send(subject, requests->send, failures);
    auto verify = check_of_verify(subject, requests->verify, failures);
    auto confirmation = check_of_confirmation(subject, failures);
    bool any = false;
    for (auto* const check : {&send, &verify, &confirmation}) {
        if (check->answers().successes.empty()) continue;
        any = true;
        attack_successes(*check);
    }
    if (!any) failures.push_back({"documented answer", "the test names no success"});
    if (!subject.send_answers.successes.empty()) check_handle_before_answer(send);
    if (!subject.verify_answers.successes.empty()) {
        check_undocumented_refusals(verify);
        check_question(verify);
    }
    check_echoes_of_successes(subject, failures);
    return failures;
}

}  // namespace otp::testing
