#pragma once

// A vendor that the SDK does not know: the fictional "Pigeon Post". `POST /messages` with
// {"to": "+12025550162", "language": "fr", "bird": "grey"} sends a code and answers 201
// {"message": "feather-17"}; `POST /checks` with {"message": "feather-17", "code": "4711"} checks
// it and answers 200 {"message": "feather-17", "valid": true}. A refusal has a 4xx and
// {"error": "strange_ring", "text": "…"}.

#include <otp/adapter/adapter.hpp>

#include <memory>
#include <string>
#include <utility>

namespace pigeon {

using namespace otp;
using namespace otp::adapter;
using Value = NeededMember::Value;

inline VendorDescription const& description() {
    static VendorDescription const pigeon{
        .name = "pigeon",
        .title = "Pigeon Post",
        .channels = {Channel::sms},
        .recipient = "a phone number",
        .credentials = {{"ring"}},
        .options = {{"bird", "The colour of the bird; grey if it is not given."}},
        .hints = {.locales = {{{Channel::sms}, {"en", "fr"}}}},
        .sensitive = {{"x-ring"}, {"/to", "/code", "/message"}, {}, {"/message"}},
        .expiry = "not told",
        .documentation_url = "https://pigeon.example/docs"};
    return pigeon;
}

inline constexpr ErrorRule errors[] = {
    {"no_such_roof", ErrorCategory::invalid_recipient, "/to/phone"},
    {"strange_ring", ErrorCategory::unauthenticated},
    {"wrong_code", ErrorCategory::provider_error, {}, Verification::Outcome::wrong_code}};

class Adapter final : public ConfiguredAdapter {
public:
    explicit Adapter(InstanceSettings& settings)
        : ConfiguredAdapter(description(), settings.base_url("https://pigeon.example")),
          ring_(settings.credential("ring")),
          bird_(settings.option_text("bird").value_or("grey")) {}

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        if (!send.to.phone) {
            return field_error(ErrorCategory::unsupported, "/to/phone", "is missing");
        }
        JsonWriter body;
        body.add_text("to", send.to.phone->reveal());
        body.add_text_if("language", send.locale);
        body.add_text("bird", bird_);
        return json_post("/messages", std::move(body), {{"x-ring", std::string(ring_.reveal())}});
    }

    Result<SendReceipt> decode_send(
        SendOtp const&, HttpResponse const& answer, AttemptContext const& context
    ) const override {
        if (!is_success_status(answer.status)) return refusal(answer, context).error;
        JsonMemory memory;
        auto const body = read_success(answer, {201, {{"message", Value::id}}}, context, memory);
        if (!body) return body.error();
        VerificationHandle handle(std::string(context.instance), "pigeon", Channel::sms);
        handle.set_reference("message", *string_member(*body, "message"));
        return SendReceipt(std::move(handle));
    }

    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const&)
        const override {
        JsonWriter body;
        body.add_text("message", verify.handle.reference("message"));
        body.add_text("code", verify.code.reveal());
        return json_post("/checks", std::move(body), {{"x-ring", std::string(ring_.reveal())}});
    }

    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& answer, AttemptContext const& context
    ) const override {
        if (!is_success_status(answer.status)) return refusal(answer, context).verification();
        auto const message = verify.handle.reference("message");
        FlatSuccess const success{
            200, {{"message", Value::same, message}, {"valid", Value::truth}}, true};
        JsonMemory memory;
        auto const body = read_success(answer, success, context, memory);
        if (!body) return body.error();
        return verification_of(Verification::Outcome::approved, answer);
    }

private:
    static Refusal refusal(HttpResponse const& answer, AttemptContext const& context) {
        return read_refusal(answer, {.code = "error", .message = "text"}, errors, context);
    }

    Secret ring_;
    std::string bird_;
};

inline Result<std::unique_ptr<ProviderAdapter>> make_adapter(InstanceConfig const& instance) {
    InstanceSettings settings(instance, description());
    auto adapter = std::make_unique<Adapter>(settings);
    if (!settings.ok()) return settings.error();
    return std::unique_ptr<ProviderAdapter>(std::move(adapter));
}

}  // namespace pigeon
