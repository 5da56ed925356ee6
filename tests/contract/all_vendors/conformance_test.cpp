#include "10npay/ten_n_pay_errors.hpp"
#include "eko/eko_errors.hpp"
#include "loyaltydog/loyaltydog_errors.hpp"
#include "recordings/recorded_call.hpp"
#include "spherepay/spherepay_errors.hpp"
#include "stytch/stytch_errors.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/conformance/conformance.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <algorithm>
#include <cctype>
#include <gmock/gmock.h>
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
using ::testing::HasSubstr;
using ::testing::Not;

/// What the suite must know of one operation.
struct Operation {
    /// Recordings of its successes. That of the first is the request under test; the others are
    /// other answers to the same request.
    std::vector<std::string> successes{};
    /// What is said of their members.
    conformance::DocumentedAnswers members{};
};

/// What the suite must know beside the recordings.
struct Vendor {
    std::string name;
    Operation send;
    Operation verify;
    /// The question after an approval; no successes if the vendor has none.
    Operation confirm{};
    /// All other successes, each answering a request of its own.
    std::vector<Operation> further_sends{};
    std::vector<Operation> further_verifies{};
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
        auto const number = std::string(rule.code);
        bodies.push_back(R"({"status":)" + number + R"(,"response_status_id":1,"message":"No"})");
        bodies.push_back(R"({"status":1,"response_status_id":)" + number + R"(,"message":"No"})");
    }
    for (auto const& rule : eko::message_rules()) {
        bodies.push_back(R"({"status":1,"message":")" + std::string(rule.code) + "\"}");
    }
    return bodies;
}

std::vector<std::string> loyaltydog_refusals() {
    std::vector<std::string> bodies;
    auto const add = [&bodies](std::string_view part) {
        auto const text = '"' + std::string(part) + '"';
        bodies.push_back(R"({"success":false,"error":)" + text + '}');
        bodies.push_back(R"({"detail":)" + text + '}');
    };
    for (auto const& rule : loyaltydog::message_rules()) add(rule.code);
    for (auto const& rule : loyaltydog::outcome_rules()) add(rule.code);
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
        auto const code = std::string(rule.code);
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
        .further_sends =
            {{.successes = {"resend_204", "send_individual_204", "send_merchant_204"},
              .members = {.empty_success = true}}},
        .further_verifies =
            {{.successes = {"verify_merchant_200"}, .members = {.empty_success = true}}},
        .identifiers = {"traceId", "type"},
        .known_refusals = ten_n_pay_refusals};
}

Vendor eko_vendor() {
    conformance::DocumentedAnswers const sent{
        .decisive = {"/status"},
        .of_one_type = {"/data"},
        .all_values_documented = {"/status", "/response_status_id"},
        .values_of_failure = {{"/response_type_id", "-1"}}};
    auto approved = sent;
    approved.decisive = {"/status", "/response_status_id", "/data", "/data/otp_verification_token"};
    return {
        .name = "eko",
        .send =
            {.successes =
                 {"send_ok", "send_ok_minus_one", "send_ok_string_numbers", "send_ok_otp_ref_id"},
             .members = sent},
        .verify = {.successes = {"verify_ok"}, .members = approved},
        .further_sends =
            {{.successes = {"send_ok_generated_reference", "send_ok_uat_otp"}, .members = sent}},
        .further_verifies = {{.successes = {"verify_ok_otp_ref_id"}, .members = approved}},
        .identifiers = {"tid"},
        .further_references = {{"otp_ref_id", "fake-otp-ref"}},
        .known_refusals = eko_refusals};
}

Vendor loyaltydog_vendor() {
    conformance::DocumentedAnswers const sent{
        .decisive = {"/success"}, .all_values_documented = {"/success"}};
    conformance::DocumentedAnswers const approved{
        .decisive = {"/success"},
        .of_one_type = {"/verifiedTarget", "/identity/id"},
        .all_values_documented = {"/success"}};
    return {
        .name = "loyaltydog",
        .send = {.successes = {"send_sms_ok", "send_ok_minimal"}, .members = sent},
        .verify = {.successes = {"verify_sms_ok", "verify_ok_minimal"}, .members = approved},
        .further_sends = {{.successes = {"send_email_ok", "send_ok_mock_code"}, .members = sent}},
        .further_verifies =
            {{.successes = {"verify_email_ok", "verify_name_ok"}, .members = approved}},
        .identifiers = {"code", "type"},
        .known_refusals = loyaltydog_refusals};
}

Vendor spherepay_vendor() {
    conformance::DocumentedAnswers const sent{.decisive = {"/customerId", "/expiresAt"}};
    conformance::DocumentedAnswers const approved{.decisive = {"/customerId", "/verifiedAt"}};
    return {
        .name = "spherepay",
        .send = {.successes = {"send_phone_ok"}, .members = sent},
        .verify = {.successes = {"verify_phone_ok"}, .members = approved},
        .further_sends = {{.successes = {"send_email_ok"}, .members = sent}},
        .further_verifies = {{.successes = {"verify_email_ok"}, .members = approved}},
        .identifiers = {"code", "error", "correlationId", "pointer"},
        .known_refusals = spherepay_refusals};
}

/// `/phone_id` or `/email_id`.
conformance::DocumentedAnswers sent_by_stytch(std::string method_id) {
    return {
        .decisive = {std::move(method_id), "/user_id", "/request_id"},
        .all_values_documented = {"/status_code"}};
}

conformance::DocumentedAnswers approved_by_stytch() {
    return {
        .decisive = {"/method_id", "/user_id", "/request_id"},
        .of_one_type = {"/session_token", "/session_jwt"},
        .all_values_documented = {"/status_code"},
        .echoed = {"/user/user_id"},
        .about_other_things = {"/user", "/session"}};
}

Vendor stytch_vendor() {
    auto with_session = approved_by_stytch();
    with_session.echoed.emplace_back("/session/user_id");
    return {
        .name = "stytch",
        .send = {.successes = {"send_sms_ok"}, .members = sent_by_stytch("/phone_id")},
        .verify = {.successes = {"verify_ok", "verify_session_ok"}, .members = with_session},
        .further_sends =
            {{.successes =
                  {"send_sms_all_fields_ok",
                   "send_sms_sandbox_ok",
                   "send_sms_user_id_ok",
                   "send_whatsapp_ok",
                   "login_or_create_sms_ok",
                   "login_or_create_sms_created_ok",
                   "login_or_create_whatsapp_ok"},
              .members = sent_by_stytch("/phone_id")},
             {.successes =
                  {"send_sms_locale_ca_ES_ok",
                   "send_sms_locale_cs_ok",
                   "send_sms_locale_de_DE_ok",
                   "send_sms_locale_en_ok",
                   "send_sms_locale_es_ok",
                   "send_sms_locale_fa_ok",
                   "send_sms_locale_fr_ok",
                   "send_sms_locale_it_ok",
                   "send_sms_locale_ja_ok",
                   "send_sms_locale_nl_ok",
                   "send_sms_locale_pl_ok",
                   "send_sms_locale_pt_br_ok",
                   "send_sms_locale_ru_ok",
                   "send_sms_locale_tr_ok",
                   "send_sms_locale_vi_ok",
                   "send_sms_locale_zh_Hans_ok"},
              .members = sent_by_stytch("/phone_id")},
             {.successes =
                  {"send_email_ok",
                   "send_email_all_fields_ok",
                   "send_email_sandbox_ok",
                   "login_or_create_email_ok"},
              .members = sent_by_stytch("/email_id")}},
        .further_verifies =
            {{.successes = {"verify_all_fields_ok", "verify_email_ok", "verify_sandbox_ok"},
              .members = approved_by_stytch()}},
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

bool is_success(testing::Recording const& recording) {
    if (recording.expect.contains("category")) return false;
    auto const* const outcome = recording.expect.if_contains("outcome");
    return outcome == nullptr || *outcome == "approved";
}

/// Everything recorded as an error of the operation, or as a code that was not approved, is a
/// refusal; so is every code that the adapter knows.
conformance::DocumentedAnswers answers(
    std::vector<testing::Recording> const& recordings,
    std::string const& name,
    Operation const& operation,
    std::vector<std::string> const& known_refusals
) {
    auto const& successes = operation.successes;
    auto found = operation.members;
    for (auto const& recording : recordings) {
        if (operation_of(recording) != name) continue;
        bool const succeeded =
            std::find(successes.begin(), successes.end(), recording.name) != successes.end();
        if (succeeded) {
            found.successes.push_back(recording.response.to_response());
        } else if (!is_success(recording) && !recording.name.starts_with("resend")) {
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

/// An adapter under test with all that it needs.
struct Subject {
    InstanceConfig instance;
    std::unique_ptr<ProviderAdapter> adapter;
    conformance::AdapterUnderTest subject;

    Subject(
        std::string_view vendor,
        InstanceConfig configured,
        json::object const& send_input,
        json::object const& verify_input
    )
        : instance(std::move(configured)),
          adapter(VendorRegistry::built_in().make_adapter(instance).value()),
          subject(*adapter, send_from(send_input), verify_from(vendor, verify_input)) {
        subject.context = recorded_context();
        subject.access_token = token_canary;
        subject.instance = &instance;
    }
};

void expect_none(std::vector<conformance::Failure> const& failures) {
    for (auto const& failure : failures) {
        ADD_FAILURE() << failure;
    }
}

class Conformance : public ::testing::TestWithParam<Vendor> {};

TEST_P(Conformance, HostileAnswersNeitherCrashNorPassForSuccess) {
#ifdef OTP_SANITIZED_TESTS
    GTEST_SKIP() << "minutes of reading answers, which the fuzz targets of the same build do";
#endif
    auto const& vendor = GetParam();
    auto const recordings = testing::load_recordings(recordings_folder(vendor.name));
    auto const send_input = load(vendor.name, vendor.send.successes.front()).input;
    auto const verify_input = load(vendor.name, vendor.verify.successes.front()).input;
    auto instance = instance_with_canaries(vendor.name, send_input);
    for (auto const& asking : vendor.confirm.successes) {
        auto options = instance_for(vendor.name, load(vendor.name, asking).input).options;
        instance.options.merge(options);
    }
    Subject under_test(vendor.name, std::move(instance), send_input, verify_input);
    auto& subject = under_test.subject;
    subject.send.to.email = EmailAddress::parse("canary.person@example.com").value();
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

    expect_none(conformance::check_conformance(subject));
}

/// Attacks each success of the operation as the answer to its own request.
void attack_further_successes(Vendor const& vendor, Operation const& operation, bool is_send) {
    std::string const name = is_send ? "send" : "verify";
    auto const recordings = testing::load_recordings(recordings_folder(vendor.name));
    auto const other = load(
        vendor.name, is_send ? vendor.verify.successes.front() : vendor.send.successes.front()
    );
    for (auto const& success : operation.successes) {
        SCOPED_TRACE(success);
        auto const input = load(vendor.name, success).input;
        Subject under_test(
            vendor.name,
            instance_with_canaries(vendor.name, input),
            is_send ? input : other.input,
            is_send ? other.input : input
        );
        auto& subject = under_test.subject;
        auto const found = answers(
            recordings,
            name,
            {.successes = {success}, .members = operation.members},
            vendor.known_refusals()
        );
        (is_send ? subject.send_answers : subject.verify_answers) = found;
        expect_none(conformance::check_successes(subject));
    }
}

TEST_P(Conformance, NoSpoiltSuccessOfAnotherRequestPassesForOne) {
    auto const& vendor = GetParam();
    for (auto const& sends : vendor.further_sends) attack_further_successes(vendor, sends, true);
    for (auto const& verifies : vendor.further_verifies) {
        attack_further_successes(vendor, verifies, false);
    }
}

/// A token is no answer to a request under test: its grants have tests of their own.
TEST_P(Conformance, AttacksEveryRecordedSuccess) {
    auto const& vendor = GetParam();
    std::vector<std::string> attacked;
    auto const add = [&attacked](Operation const& operation) {
        auto const& successes = operation.successes;
        attacked.insert(attacked.end(), successes.begin(), successes.end());
    };
    for (auto const* const operation : {&vendor.send, &vendor.verify, &vendor.confirm}) {
        add(*operation);
    }
    for (auto const* const further : {&vendor.further_sends, &vendor.further_verifies}) {
        for (auto const& operation : *further) add(operation);
    }
    std::vector<std::string> recorded;
    for (auto const& recording : testing::load_recordings(recordings_folder(vendor.name))) {
        if (operation_of(recording) == "token" || !is_success(recording)) continue;
        recorded.push_back(recording.name);
    }
    EXPECT_THAT(attacked, ::testing::UnorderedElementsAreArray(recorded));
}

/// Whoever reads it at night must not go looking for a wrong credential.
TEST_P(Conformance, APageOfAGatewayIsCalledSo) {
    auto const& vendor = GetParam();
    auto const send_input = load(vendor.name, vendor.send.successes.front()).input;
    auto const verify_input = load(vendor.name, vendor.verify.successes.front()).input;
    Subject const under_test(
        vendor.name, instance_with_canaries(vendor.name, send_input), send_input, verify_input
    );
    auto const& subject = under_test.subject;
    for (int const status : {401, 403}) {
        HttpResponse const page(
            status, {{"content-type", "text/html"}}, "<html><title>Denied</title></html>"
        );
        auto const sent = subject.adapter.decode_send(subject.send, page, subject.context);
        auto const verified = subject.adapter.decode_verify(subject.verify, page, subject.context);
        ASSERT_FALSE(sent);
        ASSERT_FALSE(verified);
        for (auto const& message : {sent.error().message, verified.error().message}) {
            EXPECT_THAT(message, HasSubstr("HTML"));
            EXPECT_THAT(message, Not(HasSubstr("credential")));
        }
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
