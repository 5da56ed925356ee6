#include "conformance_checks.hpp"
#include "echo_checks.hpp"
#include "hint_checks.hpp"

#include <otp/testing/adapter_conformance.hpp>

#include <boost/json/object.hpp>

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

void run_checks_of_every_operation(OperationCheck& check) {
    check_documented_answers(check);
    check_garbage(check);
    check_emptiness(check);
    check_truncated_bodies(check);
    check_huge_bodies(check);
    check_spoilt_members(check);
    check_repeated_members(check);
    check_hostile_members(check);
    check_contradictions(check);
    check_mixed_answers(check);
    check_types_of_optional_members(check);
    check_undocumented_values(check);
    check_ids(check);
    check_identities(check);
    check_other_success_statuses(check);
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

void check_send(
    AdapterUnderTest const& subject,
    HttpRequest const& request,
    std::vector<ConformanceFailure>& failures
) {
    OperationCheck check(
        OperationKind::send,
        subject,
        subject.send_answers,
        guarded(subject, seen_of_send),
        request.body,
        identities_of(subject.send, subject.adapter.vendor().name),
        failures
    );
    run_checks_of_every_operation(check);
    check_handle_before_answer(check);
}

void check_verify(
    AdapterUnderTest const& subject,
    HttpRequest const& request,
    std::vector<ConformanceFailure>& failures
) {
    OperationCheck check(
        OperationKind::verify,
        subject,
        subject.verify_answers,
        guarded(subject, seen_of_verify),
        request.body,
        identities_of(subject.verify.handle),
        failures
    );
    run_checks_of_every_operation(check);
    check_question(check);
}

void check_confirmation(
    AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures
) {
    auto const& answers = subject.confirmation_answers;
    if (answers.successes.empty() && answers.refusals.empty()) return;
    OperationCheck check(
        OperationKind::confirmation,
        subject,
        answers,
        guarded(subject, seen_of_confirmation),
        "",
        identities_of(subject.verify.handle),
        failures
    );
    run_checks_of_every_operation(check);
}

}  // namespace

std::vector<ConformanceFailure> check_conformance(AdapterUnderTest const& subject) {
    std::vector<ConformanceFailure> failures;
    auto const send = subject.adapter.encode_send(subject.send, subject.context);
    auto const verify = subject.adapter.encode_verify(subject.verify, subject.context);
    if (!send) failures.push_back({"send: request", "is refused: " + send.error().message});
    if (!verify) failures.push_back({"verify: request", "is refused: " + verify.error().message});
    if (!send || !verify) return failures;

    check_send(subject, *send, failures);
    check_verify(subject, *verify, failures);
    check_confirmation(subject, failures);
    check_hints(subject, failures);
    check_echoes(subject, failures);
    return failures;
}

}  // namespace otp::testing
