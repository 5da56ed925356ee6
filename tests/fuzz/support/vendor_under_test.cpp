#include "fuzz/support/vendor_under_test.hpp"

#include "recordings/recorded_call.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/vendor_registry.hpp>

#include <string_view>
#include <utility>

namespace otp::fuzz {
namespace {

/// In place of the recordings' codes, which are so simple that they are found anywhere.
constexpr std::string_view fuzz_code = "481592";

void add(std::vector<Canary>& canaries, Canary canary) {
    if (is_distinct(canary)) canaries.push_back(std::move(canary));
}

/// A reference or id may be a number, an address or something else.
Canary canary_of(std::string_view text) {
    if (text.find('@') != text.npos) return address_canary(text);
    auto const digits = text.starts_with('+') ? text.substr(1) : text;
    bool const is_number = digits.find_first_not_of("0123456789") == digits.npos;
    return is_number ? digits_canary(text) : opaque_canary(text);
}

void add_recipient(std::vector<Canary>& canaries, Recipient const& to, std::string_view vendor) {
    if (to.phone) add(canaries, digits_canary(to.phone->reveal()));
    if (to.email) add(canaries, address_canary(to.email->reveal()));
    if (auto const id = to.user_ids.find(vendor); id != to.user_ids.end()) {
        add(canaries, canary_of(id->second));
    }
}

void add_handle(std::vector<Canary>& canaries, VerificationHandle const& handle) {
    for (auto const* const name : {"customer_id", "target", "user_id", "mobile", "method_id"}) {
        add(canaries, canary_of(handle.reference(std::string_view(name))));
    }
}

}  // namespace

AttemptContext RecordedRequest::context() const {
    auto context = test::recorded_context();
    if (send) context.sent = SentTexts(*send, &instance);
    if (verify) context.sent = SentTexts(*verify, &instance);
    return context;
}

VendorUnderTest::VendorUnderTest(Oracle oracle) : oracle_(oracle) {
    for (auto& recording : testing::load_recordings(test::recordings_folder(oracle.vendor))) {
        recordings_.emplace(recording.name, std::move(recording));
    }
}

RecordedRequest const* VendorUnderTest::request_of(std::string const& recording) {
    auto const found = recordings_.find(recording);
    if (found == recordings_.end()) return nullptr;
    auto& request = requests_[recording];
    if (request) return request.get();

    auto input = found->second.input;
    request = std::make_unique<RecordedRequest>();
    request->instance = test::instance_for(oracle_.vendor, input);
    request->adapter = VendorRegistry::built_in().make_adapter(request->instance).value();
    auto const operation = test::operation_of(found->second);
    if (operation == "send") {
        request->send = test::send_from(input);
        add_recipient(request->canaries, request->send->to, oracle_.vendor);
    } else if (operation == "verify" || operation == "confirm") {
        request->is_confirmation = operation == "confirm";
        input["code"] = fuzz_code;
        request->verify.emplace(test::verify_from(oracle_.vendor, input));
        add(request->canaries, digits_canary(fuzz_code));
        add_handle(request->canaries, request->verify->handle);
    }
    for (auto const& [name, secret] : request->instance.credentials) {
        add(request->canaries, canary_of(secret.reveal()));
    }
    return request.get();
}

}  // namespace otp::fuzz
