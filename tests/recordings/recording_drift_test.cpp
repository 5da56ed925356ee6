#include "recordings/recorded_call.hpp"

#include <otp/testing/recording_drift.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

using otp::test::instance_for;
using otp::test::recordings_folder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Differences shapes(std::string_view recorded, std::string_view answered) {
    RecordedResponse response;
    if (!recorded.empty()) response.body.emplace<boost::json::value>(boost::json::parse(recorded));
    return compare_shapes(response, HttpResponse(200, {}, std::string(answered)));
}

TEST(Shapes, are_the_same_whatever_the_values) {
    EXPECT_THAT(shapes(R"({"a":1,"b":"x","c":true})", R"({"c":false,"b":"","a":2.5})"), IsEmpty());
    EXPECT_THAT(shapes(R"({"a":null,"l":[{"x":1}]})", R"({"a":"x","l":[]})"), IsEmpty());
    EXPECT_THAT(shapes("", ""), IsEmpty());
}

TEST(Shapes, differ_by_members_types_and_kind) {
    EXPECT_THAT(
        shapes(R"({"a":1,"b":{"c/d":"x"},"l":[{"x":1}]})", R"({"a":"1","b":{"new":[]},"l":[{}]})"),
        ElementsAre(
            "body /a is a text and was a number",
            "body /b/c~1d is missing",
            "body /b/new is new, a list",
            "body /l/0/x is missing"
        )
    );
    EXPECT_THAT(shapes("{}", "[]"), ElementsAre("body is a list and was an object"));
    EXPECT_THAT(shapes("{}", ""), ElementsAre("body is missing"));
    EXPECT_THAT(shapes("{}", "<html>"), ElementsAre("body is not JSON any more"));
    EXPECT_THAT(shapes("", "{}"), ElementsAre("body is new"));
    RecordedResponse refused;
    refused.status = 404;
    EXPECT_THAT(
        compare_shapes(refused, HttpResponse(200, {}, "")), ElementsAre("status is 200 and was 404")
    );
}

/// Asks a script in place of Stytch.
class Drift : public ::testing::Test {
protected:
    static std::vector<Recording> recorded(std::vector<std::string> const& names) {
        std::vector<Recording> recordings;
        for (auto const& name : names) {
            recordings.push_back(load_recording(recordings_folder("stytch") / (name + ".json")));
        }
        return recordings;
    }

    static HttpResponse answer_of(std::string const& name) {
        return recorded({name}).front().response.to_response();
    }

    void answer(HttpResponse response) { script->add(ScriptedStep(std::move(response))); }

    DriftReport find(std::vector<Recording> const& recordings) {
        Recipient to;
        to.phone = PhoneNumber::parse("+12025550199").value();
        DriftQuestion question(
            instance_for("stytch", {}), std::move(to), OtpCode::parse("000000").value()
        );
        question.transport = scripted_transport_factory(script);
        return find_drift(recordings, std::move(question));
    }

    std::shared_ptr<Script> script = std::make_shared<Script>();
};

TEST_F(Drift, sends_equal_requests_once_to_the_given_recipient) {
    answer(answer_of("send_sms_ok"));
    answer(answer_of("verify_404_wrong_code"));
    auto const report = find(recorded(
        {"send_400_invalid_phone_number", "send_sms_ok", "verify_404_wrong_code", "verify_ok"}
    ));
    ASSERT_THAT(report.findings, SizeIs(2));
    EXPECT_FALSE(report.has_drift());
    EXPECT_TRUE(report.has_compared());
    EXPECT_EQ(report.findings[0].nearest, "send_sms_ok");
    EXPECT_THAT(
        report.findings[0].recordings, ElementsAre("send_400_invalid_phone_number", "send_sms_ok")
    );
    EXPECT_EQ(report.findings[1].nearest, "verify_404_wrong_code");
    EXPECT_EQ(report.findings[1].http_status, 404);
    auto const seen = script->requests();
    ASSERT_THAT(seen, SizeIs(2));
    EXPECT_EQ(seen[0].request.body, R"({"phone_number":"+12025550199"})");
    EXPECT_THAT(seen[0].request.headers[0].value, Not(HasSubstr("*")));
    // With the handle that the send gave.
    EXPECT_THAT(seen[1].request.body, HasSubstr("phone-number-test-0000"));
    EXPECT_THAT(seen[1].request.body, HasSubstr(R"("code":"000000")"));
}

TEST_F(Drift, tells_what_has_changed) {
    answer(HttpResponse(200, {}, R"({"status_code":"200","request_id":"x","user_id":"y"})"));
    auto const report = find(recorded({"send_sms_ok", "send_429_too_many_requests"}));
    ASSERT_THAT(report.findings, SizeIs(1));
    EXPECT_TRUE(report.has_drift());
    EXPECT_EQ(report.findings[0].nearest, "send_sms_ok");
    EXPECT_THAT(
        report.findings[0].differences,
        ElementsAre("body /phone_id is missing", "body /status_code is a text and was a number")
    );
}

TEST_F(Drift, a_vendor_that_does_not_answer_is_no_vendor_as_recorded) {
    script->add(ScriptedStep(HttpExchange(Error(ErrorCategory::connect_failed, "refused"))));
    auto const report = find(recorded({"send_sms_ok"}));
    EXPECT_TRUE(report.has_drift());
    EXPECT_THAT(report.findings[0].differences, ElementsAre("there is no answer: refused"));
}

TEST_F(Drift, what_cannot_be_filled_is_not_sent) {
    auto const report = find(recorded({"send_email_ok", "verify_ok"}));
    ASSERT_THAT(report.findings, SizeIs(2));
    for (auto const& finding : report.findings) EXPECT_NE(finding.not_sent, "");
    EXPECT_FALSE(report.has_compared());
    EXPECT_THAT(script->requests(), IsEmpty());
}

TEST(MayBeLive, unless_it_is_known_not_to_be) {
    auto const vendors = VendorRegistry::built_in();
    auto instance = instance_for("stytch", {});
    EXPECT_TRUE(may_be_live(instance, vendors));
    instance.environment = "test";
    EXPECT_FALSE(may_be_live(instance, vendors));
    auto nameless = instance_for("spherepay", {});
    EXPECT_TRUE(may_be_live(nameless, vendors));
    nameless.base_url = "http://127.0.0.1:8080";
    EXPECT_FALSE(may_be_live(nameless, vendors));
    nameless.base_url = "https://127.0.0.1.example.com";
    EXPECT_TRUE(may_be_live(nameless, vendors));
}

}  // namespace
}  // namespace otp::testing
