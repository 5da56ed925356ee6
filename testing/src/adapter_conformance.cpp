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

/// `decode`, with what it throws.
template <class Decode>
Seen guarded(Decode decode) {
    Seen seen;
    try {
        seen = decode();
    } catch (std::exception const& exception) {
        seen.exception = exception.what();
    } catch (...) {
        seen.exception = "something that is no std::exception";
    }
    return seen;
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

}  // namespace

std::vector<ConformanceFailure> check_conformance(AdapterUnderTest const& subject) {
    std::vector<ConformanceFailure> failures;
    auto const send = subject.adapter.encode_send(subject.send, subject.context);
    auto const verify = subject.adapter.encode_verify(subject.verify, subject.context);
    if (!send) failures.push_back({"send: request", "is refused: " + send.error().message});
    if (!verify) failures.push_back({"verify: request", "is refused: " + verify.error().message});
    if (!send || !verify) return failures;

    auto const decode_send = [&subject](HttpResponse const& response) {
        return guarded([&] {
            Seen seen;
            auto const result =
                subject.adapter.decode_send(subject.send, response, subject.context);
            seen.success = result.has_value();
            if (result) {
                seen.handle = result->handle;
                seen.ids = texts_of(result->handle);
            }
            if (!result) seen.error = result.error();
            return seen;
        });
    };
    auto const decode_verify = [&subject](HttpResponse const& response) {
        return guarded([&] {
            Seen seen;
            auto const result =
                subject.adapter.decode_verify(subject.verify, response, subject.context);
            seen.success = result && result->approved();
            if (seen.success) seen.ids = {result->user_id};
            if (!result) seen.error = result.error();
            return seen;
        });
    };
    OperationCheck send_check(
        "send",
        subject,
        subject.send_answers,
        decode_send,
        send->body,
        identities_of(subject.send, subject.adapter.vendor().name),
        failures
    );
    run_checks_of_every_operation(send_check);
    check_handle_before_answer(send_check);
    OperationCheck verify_check(
        "verify",
        subject,
        subject.verify_answers,
        decode_verify,
        verify->body,
        identities_of(subject.verify.handle),
        failures
    );
    run_checks_of_every_operation(verify_check);
    check_hints(subject, failures);
    check_echoes(subject, failures);
    return failures;
}

}  // namespace otp::testing
