#include "success/success_checks.hpp"

#include <otp/verify_otp.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace otp::conformance {
namespace {

constexpr Check name_of_check{"handle before the answer", Cause::other_handle};

/// The receipt's handle may hold what only the answer knows, and nothing else may differ.
void expect_beginning_of(
    OperationCheck& check,
    std::string const& input,
    VerificationHandle const& early,
    VerificationHandle const& given
) {
    if (early.instance() != given.instance() || early.vendor() != given.vendor() ||
        early.channel() != given.channel()) {
        check.fail({name_of_check, input}, "instance, vendor or channel is not the receipt's");
    }
    auto const json = early.to_json();
    for (auto const& reference : json.at("references").as_object()) {
        std::string const name(reference.key());
        if (given.reference(name) != std::string_view(reference.value().as_string())) {
            check.fail({name_of_check, input}, "reference " + name + " is not the receipt's");
        }
    }
}

}  // namespace

void check_handle_before_answer(OperationCheck& check) {
    auto const& subject = check.subject();
    auto const early = subject.adapter.handle_before_answer(subject.send, subject.context);
    if (!early) return;
    VerifyOtp verify(*early, subject.verify.code.clone());
    verify.client = subject.verify.client;
    verify.vendor_fields = subject.verify.vendor_fields;
    auto const request = subject.adapter.encode_verify(verify, subject.context);
    if (!request) check.fail({name_of_check, "a verify with it"}, "is refused");

    auto const& successes = check.answers().successes;
    for (std::size_t index = 0; index < successes.size(); ++index) {
        auto const input = "success " + std::to_string(index);
        auto const seen = check.see({name_of_check, input}, successes[index]);
        if (seen.handle) expect_beginning_of(check, input, *early, *seen.handle);
    }
}

}  // namespace otp::conformance
