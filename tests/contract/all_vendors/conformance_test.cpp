#include "10npay/ten_n_pay_errors.hpp"
#include "eko/eko_errors.hpp"
#include "recordings/recorded_call.hpp"
#include "spherepay/spherepay_errors.hpp"
#include "stytch/stytch_errors.hpp"

#include <otp/testing/adapter_conformance.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <algorithm>
#include <cctype>
#include <gtest/gtest.h>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The conformance suite over the five vendors, with the recorded answers as its material.
namespace otp::test {
namespace {

namespace json = boost::json;

/// What the suite must know of one operation.
struct Operation {
    /// Recordings of its successes. That of the first is the request under test; the others are
    /// other answers to the same request.
    std::vector<std::string> successes{};
    /// What is said of their members.
    testing::DocumentedAnswers members{};
};

/// What the suite must know beside the recordings.
struct Vendor {
    std::string name;
    Operation send;
    Operation verify;
    /// The question after an approval; no successes if the vendor has none.
    Operation confirm{};
    /// Members of errors that hold codes, ids and links.
    std::vector<std::string> identifiers{};
    /// What the handle may hold beside what the recorded one does.
    std::vector<std::pair<std::string, std::string>> further_references{};
    /// Where a send's answer names the user; the request names him, too.
    std::string user_of_send{};
    /// Bodies of refusals with every code that the adapter knows.
    std::vector<std::string> (*known_refusals)(){[] { return std::vector<std::string>(); }};

    friend std::ostream& operator<<(std::ostream& out, Vendor const& vendor) {
        return out << vendor.name;
    }
};

std::vector<std::string> ten_n_pay_refusals() {
    std::vector<std::string> bodies;
    for (auto const& rule : ten_n_pay::error_rules()) {
        bodies.push_back(R"({"errors":{"Error":[")" + std::string(rule.code) + R"("]}})");
    }
    for (auto const& rule : ten_n_pay::field_rules()) {
        bodies.push_back(R"({"errors":{")" + std::string(rule.code) + R"(":["is refused"]}})");
    }
    return bodies;
}

std::vector<std::string> eko_refusals() {
    std::vector<std::string> bodies;
    for (auto const& rule : eko::status_rules()) {
        auto const number = std::to_string(rule.status);
        bodies.push_back(R"({"status":)" + number + R"(,"response_status_id":1,"message":"No"})");
        bodies.push_back(R"({"status":1,"response_status_id":)" + number + R"(,"message":"No"})");
    }
    for (auto const& rule : eko::message_rules()) {
        bodies.push_back(R"({"status":1,"message":")" + std::string(rule.part) + "\"}");
    }
    return bodies;
}

std::vector<std::string> spherepay_refusals() {
    std::vector<std::string> bodies;
    for (auto const& rule : spherepay::error_rules()) {
        auto const code = std::string(rule.code);
        bodies.push_back(R"({"status":400,"detail":"No","code":")" + code + "\"}");
        bodies.push_back(R"({"error":")" + code + R"(","message":"No"})");
    }
    return bodies;
}

std::vector<std::string> stytch_refusals() {
    std::vector<std::string> bodies;
    for (auto const& rule : stytch::error_rules()) {
        auto const code = std::string(rule.error_type);
        bodies.push_back(R"({"status_code":400,"error_type":")" + code + "\"}");
        bodies.push_back(R"({"error":")" + code + R"(","error_description":"No"})");
    }
    return bodies;
}

Vendor ten_n_pay_vendor() {
    return {
        .name = "10npay",
        .send =
            {.successes = {"send_204", "send_200_empty_object"},
             .members = {.empty_success = true}},
        .verify =
            {.successes = {"verify_200_empty", "verify_200_empty_object"},
             .members = {.empty_success = true}},
        .confirm =
            {.successes = {"confirm_verified"},
             .members = {.decisive = {"/isPhoneNumberVerified"}}},
        .identifiers = {"traceId", "type"},
        .known_refusals = ten_n_pay_refusals};
}

Vendor eko_vendor() {
    return {
        .name = "eko",
        .send =
            {.successes =
                 {"send_ok", "send_ok_minus_one", "send_ok_string_numbers", "send_ok_otp_ref_id"},
             .members =
                 {.decisive = {"/status"},
                  .of_one_type = {"/data"},
                  .all_values_documented = {"/status", "/response_status_id"},
                  .values_of_failure = {{"/response_type_id", "-1"}}}},
        .verify =
            {.successes = {"verify_ok"},
             .members =
                 {.decisive =
                      {"/status", "/response_status_id", "/data", "/data/otp_verification_token"},
                  .of_one_type = {"/data"},
                  .all_values_documented = {"/status", "/response_status_id"},
                  .values_of_failure = {{"/response_type_id", "-1"}}}},
        .identifiers = {"tid"},
        .further_references = {{"otp_ref_id", "fake-otp-ref"}},
        .known_refusals = eko_refusals};
}

Vendor loyaltydog_vendor() {
    return {
        .name = "loyaltydog",
        .send =
            {.successes = {"send_sms_ok", "send_ok_minimal"},
             .members = {.decisive = {"/success"}, .all_values_documented = {"/success"}}},
        .verify =
            {.successes = {"verify_sms_ok", "verify_ok_minimal"},
             .members =
                 {.decisive = {"/success"},
                  .of_one_type = {"/verifiedTarget", "/identity/id"},
                  .all_values_documented = {"/success"}}},
        .identifiers = {"code", "type"}};
}

Vendor spherepay_vendor() {
    return {
        .name = "spherepay",
        .send =
            {.successes = {"send_phone_ok"},
             .members = {.decisive = {"/customerId", "/expiresAt"}}},
        .verify =
            {.successes = {"verify_phone_ok"},
             .members = {.decisive = {"/customerId", "/verifiedAt"}}},
        .identifiers = {"code", "error", "correlationId", "pointer"},
        .known_refusals = spherepay_refusals};
}

Vendor stytch_vendor() {
    return {
        .name = "stytch",
        .send =
            {.successes = {"send_sms_ok"},
             .members =
                 {.decisive = {"/phone_id", "/user_id", "/request_id"},
                  .all_values_documented = {"/status_code"}}},
        .verify =
            {.successes = {"verify_ok", "verify_session_ok"},
             .members =
                 {.decisive = {"/method_id", "/user_id", "/request_id"},
                  .of_one_type = {"/session_token", "/session_jwt"},
                  .all_values_documented = {"/status_code"},
                  .echoed = {"/user/user_id", "/session/user_id"},
                  .about_other_things = {"/user", "/session"}}},
        .identifiers = {"error_type", "error", "request_id", "error_url", "error_uri"},
        .user_of_send = "/user_id",
        .known_refusals = stytch_refusals};
}

std::vector<Vendor> vendors() {
    return {
        ten_n_pay_vendor(), eko_vendor(), loyaltydog_vendor(), spherepay_vendor(), stytch_vendor()};
}

/// Credentials as long as real ones, because errors mask only what looks like a token.
constexpr std::string_view secret_canary = "Q7w8E9r1T2y3U4i5O6p7A8s9D1f2G3h4";
constexpr std::string_view token_canary = "Z1x2C3v4B5n6M7q8W9e1R2t3Y4u5I6o7";

InstanceConfig instance_with_canaries(std::string_view vendor, json::object const& input) {
    auto instance = instance_for(vendor, input);
    for (auto& [name, value] : instance.credentials) {
        if (name != "project_id") value = Secret(secret_canary);
    }
    return instance;
}

/// Everything recorded as an error of the operation, or as a code that was not approved, is a
/// refusal; so is every code that the adapter knows.
testing::DocumentedAnswers answers(
    std::vector<testing::Recording> const& recordings,
    std::string const& name,
    Operation const& operation,
    std::vector<std::string> const& known_refusals
) {
    auto const& successes = operation.successes;
    auto found = operation.members;
    for (auto const& recording : recordings) {
        if (operation_of(recording) != name) continue;
        auto const* const outcome = recording.expect.if_contains("outcome");
        bool const refused =
            recording.expect.contains("category") || (outcome && *outcome != "approved");
        bool const succeeded =
            std::find(successes.begin(), successes.end(), recording.name) != successes.end();
        if (succeeded) {
            found.successes.push_back(recording.response.to_response());
        } else if (refused && !recording.name.starts_with("resend")) {
            found.refusals.push_back(recording.response.to_response());
        }
    }
    EXPECT_EQ(found.successes.size(), successes.size());
    for (auto const& body : known_refusals) {
        found.refusals.emplace_back(400, HttpHeaders{{"content-type", "application/json"}}, body);
    }
    return found;
}

testing::Recording load(std::string_view vendor, std::string const& name) {
    return testing::load_recording(recordings_folder(vendor) / (name + ".json"));
}

class Conformance : public ::testing::TestWithParam<Vendor> {};

TEST_P(Conformance, HostileAnswersNeitherCrashNorPassForSuccess) {
    auto const& vendor = GetParam();
    auto const recordings = testing::load_recordings(recordings_folder(vendor.name));
    auto const send_input = load(vendor.name, vendor.send.successes.front()).input;
    auto const verify_input = load(vendor.name, vendor.verify.successes.front()).input;
    auto instance = instance_with_canaries(vendor.name, send_input);
    for (auto const& asking : vendor.confirm.successes) {
        auto options = instance_for(vendor.name, load(vendor.name, asking).input).options;
        instance.options.merge(options);
    }
    auto const adapter = VendorRegistry::built_in().make_adapter(instance).value();

    testing::AdapterUnderTest subject(
        *adapter, send_from(send_input), verify_from(vendor.name, verify_input)
    );
    subject.send.to.email = EmailAddress::parse("canary.person@example.com").value();
    subject.context = recorded_context();
    subject.context.access_token = token_canary;
    subject.instance = &instance;
    subject.send_answers = answers(recordings, "send", vendor.send, vendor.known_refusals());
    subject.verify_answers = answers(recordings, "verify", vendor.verify, vendor.known_refusals());
    subject.confirmation_answers = answers(recordings, "confirm", vendor.confirm, {});
    for (auto const& [name, text] : vendor.further_references) {
        subject.verify.handle.set_reference(name, text);
    }
    if (!vendor.user_of_send.empty()) {
        auto const body = json::parse(subject.send_answers.successes.front().body);
        subject.send.to.user_ids[vendor.name] =
            json::value_to<std::string>(body.at_pointer(vendor.user_of_send));
    }
    subject.identifiers = vendor.identifiers;
    subject.canaries = {
        std::string(secret_canary),
        std::string(token_canary),
        "canary.person@example.com",
        std::string(subject.verify.code.reveal()),
    };
    if (subject.send.to.phone) {
        subject.canaries.emplace_back(subject.send.to.phone->reveal());
        subject.canaries.emplace_back(subject.send.to.phone->reveal().substr(3));
    }

    for (auto const& failure : testing::check_conformance(subject)) {
        ADD_FAILURE() << failure.check << ": " << failure.what.substr(0, 300);
    }
}

INSTANTIATE_TEST_SUITE_P(
    AllVendors,
    Conformance,
    ::testing::ValuesIn(vendors()),
    [](auto const& parameter) { return parameter.param.name; }
);

TEST(ConformanceSet, HasEveryBuiltInVendor) {
    std::vector<std::string> tested;
    for (auto const& vendor : vendors()) tested.push_back(vendor.name);
    std::vector<std::string> built_in;
    auto const registry = VendorRegistry::built_in();
    for (auto const* const vendor : registry.vendors()) built_in.push_back(vendor->name);
    EXPECT_EQ(tested, built_in);
}

}  // namespace
}  // namespace otp::test
