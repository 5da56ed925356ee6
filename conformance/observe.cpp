#include "observe.hpp"

#include "encode/request_texts.hpp"
#include "encode/vendor_fields.hpp"
#include "hints/hints.hpp"
#include "numbers/numbers.hpp"
#include "purity/purity.hpp"
#include "redaction/canaries.hpp"
#include "redaction/echoes.hpp"
#include "redaction/sensitive_places.hpp"
#include "refusal/refusal_checks.hpp"
#include "success/success_checks.hpp"

#include <boost/json/object.hpp>

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::conformance {
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
    check_numbers_of_successes(check);
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
    check_numbers_of_refusals(check);
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
    seen.expires_at = result->expires_at;
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
    AdapterUnderTest const& subject, HttpRequest const& request, Observations& observations
) {
    return {
        OperationKind::send,
        subject,
        subject.send_answers,
        guarded(subject, seen_of_send),
        request.body,
        identities_of(subject.send, subject.adapter.vendor().name),
        observations};
}

OperationCheck check_of_verify(
    AdapterUnderTest const& subject, HttpRequest const& request, Observations& observations
) {
    return {
        OperationKind::verify,
        subject,
        subject.verify_answers,
        guarded(subject, seen_of_verify),
        request.body,
        identities_of(subject.verify.handle),
        observations};
}

OperationCheck check_of_confirmation(AdapterUnderTest const& subject, Observations& observations) {
    return {
        OperationKind::confirmation,
        subject,
        subject.confirmation_answers,
        guarded(subject, seen_of_confirmation),
        "",
        identities_of(subject.verify.handle),
        observations};
}

/// For checks that encode: an exception ends them, and is a failure.
template <class Run>
void run_guarded(char const* check, Observations& observations, Run const& run) {
    auto const fail = [&](std::string const& what) {
        observations.push_back({"send, verify", check, Cause::throws, "", "encoding threw: " + what}
        );
    };
    try {
        run();
    } catch (std::exception const& exception) {
        fail(exception.what());
    } catch (...) {
        fail("something that is no std::exception");
    }
}

/// The requests that the answers are answers to.
struct Requests {
    HttpRequest send;
    HttpRequest verify;
};

/// Nothing, and a failure, if one is refused.
std::optional<Requests> requests_of(AdapterUnderTest const& subject, Observations& observations) {
    auto send = subject.adapter.encode_send(subject.send, subject.context);
    auto verify = subject.adapter.encode_verify(subject.verify, subject.context);
    auto const refused = [&observations](char const* operation, Error const& error) {
        observations.push_back(
            {operation, "request", Cause::refuses_the_request, "", "is refused: " + error.message}
        );
    };
    if (!send) refused("send", send.error());
    if (!verify) refused("verify", verify.error());
    if (!send || !verify) return std::nullopt;
    return Requests{std::move(*send), std::move(*verify)};
}

}  // namespace

Observations observe(AdapterUnderTest const& subject) {
    Observations observations;
    // First, before anything is asked that could change something.
    Purity const purity(subject);
    auto const requests = requests_of(subject, observations);
    if (!requests) return observations;

    auto send = check_of_send(subject, requests->send, observations);
    attack_successes(send);
    attack_with_all_else(send);
    check_handle_before_answer(send);
    auto verify = check_of_verify(subject, requests->verify, observations);
    attack_successes(verify);
    attack_with_all_else(verify);
    check_undocumented_refusals(verify);
    check_question(verify);
    auto const& answers = subject.confirmation_answers;
    if (!answers.successes.empty() || !answers.refusals.empty()) {
        auto confirmation = check_of_confirmation(subject, observations);
        attack_successes(confirmation);
        attack_with_all_else(confirmation);
    }
    check_sensitive_places(subject, observations);
    check_echoes(subject, observations);
    purity.check(observations);
    run_guarded("request", observations, [&] { check_request_texts(subject, observations); });
    // Requests are compared, which says something only where the same one comes twice.
    if (!purity.requests_repeat()) return observations;
    run_guarded("hint", observations, [&] { check_hints(subject, observations); });
    run_guarded("field", observations, [&] { check_fields(subject, observations); });
    return observations;
}

Observations observe_successes(AdapterUnderTest const& subject) {
    Observations observations;
    auto const requests = requests_of(subject, observations);
    if (!requests) return observations;

    auto send = check_of_send(subject, requests->send, observations);
    auto verify = check_of_verify(subject, requests->verify, observations);
    auto confirmation = check_of_confirmation(subject, observations);
    bool any = false;
    for (auto* const check : {&send, &verify, &confirmation}) {
        if (check->answers().successes.empty()) continue;
        any = true;
        attack_successes(*check);
    }
    if (!any) {
        observations.push_back(
            {"send", "documented answer", Cause::wrong_material, "", "the test names no success"}
        );
    }
    if (!subject.send_answers.successes.empty()) check_handle_before_answer(send);
    if (!subject.verify_answers.successes.empty()) {
        check_undocumented_refusals(verify);
        check_question(verify);
    }
    check_echoes_of_successes(subject, observations);
    return observations;
}

}  // namespace otp::conformance
