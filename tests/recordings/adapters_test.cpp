#include "recordings/recording_parameter.hpp"

#include <otp/error.hpp>
#include <otp/testing/request_match.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <charconv>
#include <chrono>
#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Every adapter against every recording of its vendor: the request that it makes is the recorded
/// one, and it makes of the response what the recording's `expect` says.
namespace otp::test {
namespace {

namespace json = boost::json;
using ::testing::IsEmpty;

std::string text(json::value const& value) {
    return json::value_to<std::string>(value);
}

/// `2026-05-22T10:35:00.000Z`, exactly this form.
std::chrono::sys_time<std::chrono::milliseconds> instant(std::string const& iso) {
    auto const number = [&iso](std::size_t begin, std::size_t size) {
        int value = -1;
        std::from_chars(iso.data() + begin, iso.data() + begin + size, value);
        return value;
    };
    using namespace std::chrono;
    year_month_day const date(
        year(number(0, 4)),
        month(static_cast<unsigned>(number(5, 2))),
        day(static_cast<unsigned>(number(8, 2)))
    );
    return sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) + seconds(number(17, 2)) +
           milliseconds(number(20, 3));
}

void expect_error(Error const& error, json::object const& expect) {
    SCOPED_TRACE(error);
    ASSERT_TRUE(expect.contains("category")) << "this should have succeeded";
    EXPECT_EQ(to_string(error.category), text(expect.at("category")));
    EXPECT_EQ(to_string(error.delivery), text(expect.at("delivery")));
    EXPECT_EQ(error.vendor_code, text(expect.at("vendor_code")));
    if (auto const* const id = expect.if_contains("request_id")) {
        EXPECT_EQ(error.request_id, text(*id));
    }
    std::optional<std::chrono::milliseconds> retry_after;
    if (auto const* const wait = expect.if_contains("retry_after_ms")) {
        retry_after = std::chrono::milliseconds(wait->to_number<int>());
    }
    EXPECT_EQ(error.retry_after, retry_after);
    if (auto const* const pointers = expect.if_contains("violations")) {
        std::vector<std::string> found;
        for (auto const& violation : error.violations) found.push_back(violation.pointer);
        EXPECT_EQ(found, json::value_to<std::vector<std::string>>(*pointers));
    }
}

void expect_receipt(
    SendReceipt const& receipt, std::string_view vendor, json::object const& expect
) {
    ASSERT_TRUE(expect.contains("ok")) << "this should have failed";
    EXPECT_EQ(receipt.handle.instance(), recorded_instance);
    EXPECT_EQ(receipt.handle.vendor(), vendor);
    EXPECT_EQ(to_string(receipt.handle.channel()), text(expect.at("channel")));
    for (auto const& [name, value] : expect.at("references").as_object()) {
        EXPECT_EQ(receipt.handle.reference(std::string_view(name)), text(value)) << name;
    }
    EXPECT_EQ(receipt.request_id, text(expect.at("request_id")));
    auto const& expires_at = expect.at("expires_at");
    EXPECT_EQ(receipt.expires_at.has_value(), !expires_at.is_null());
    if (receipt.expires_at && !expires_at.is_null()) {
        EXPECT_EQ(*receipt.expires_at, instant(text(expires_at)));
    }
    auto const& test_code = expect.at("test_code");
    EXPECT_EQ(receipt.test_code.has_value(), !test_code.is_null());
    if (receipt.test_code && !test_code.is_null()) {
        EXPECT_EQ(receipt.test_code->reveal(), text(test_code));
    }
}

/// The handle that is made before the answer has everything but what only the answer knows.
void expect_same_handle_before_the_answer(
    ProviderAdapter const& adapter, SendOtp const& send, SendReceipt const& receipt
) {
    auto const early = adapter.handle_before_answer(send, recorded_context());
    // A check with Stytch needs the id of the answer.
    ASSERT_EQ(early.has_value(), adapter.vendor().name != "stytch");
    if (!early) return;
    auto complete = *early;
    auto const answered = receipt.handle.reference("otp_ref_id");
    if (!answered.empty()) complete.set_reference("otp_ref_id", answered);
    EXPECT_EQ(complete.to_json(), receipt.handle.to_json());
}

void expect_verification(Verification const& verification, json::object const& expect) {
    ASSERT_TRUE(expect.contains("outcome")) << "this should have failed";
    EXPECT_EQ(to_string(verification.outcome), text(expect.at("outcome")));
    if (auto const* const code = expect.if_contains("vendor_code")) {
        EXPECT_EQ(verification.vendor_code, text(*code));
    }
    if (auto const* const id = expect.if_contains("request_id")) {
        EXPECT_EQ(verification.request_id, text(*id));
    }
    if (auto const* const id = expect.if_contains("user_id")) {
        EXPECT_EQ(verification.user_id, text(*id));
    }
    auto const* const session = expect.if_contains("session");
    bool const wants_session = session && session->is_object();
    EXPECT_EQ(verification.session.has_value(), wants_session);
    if (verification.session && wants_session) {
        EXPECT_EQ(verification.session->token.reveal(), text(session->at("token")));
        EXPECT_EQ(verification.session->jwt.reveal(), text(session->at("jwt")));
    }
}

class AdapterReplayTest : public ::testing::TestWithParam<RecordingFile> {};

TEST_P(AdapterReplayTest, MakesTheRequestAndUnderstandsTheResponse) {
    auto const& vendor = GetParam().vendor;
    auto const recording = testing::load_recording(GetParam().file);
    auto const adapter = adapter_for(vendor, recording.input);
    auto const response = recording.response.to_response();
    auto const context = recorded_context();
    auto const operation = operation_of(recording);

    if (operation == "send") {
        auto const send = send_from(recording.input);
        auto const request = adapter->encode_send(send, context);
        ASSERT_TRUE(request) << request.error();
        EXPECT_THAT(testing::compare(recording, *request), IsEmpty());
        auto const receipt = adapter->decode_send(send, response, context);
        if (receipt) {
            expect_receipt(*receipt, vendor, recording.expect);
            expect_same_handle_before_the_answer(*adapter, send, *receipt);
        } else {
            expect_error(receipt.error(), recording.expect);
        }
    } else if (operation == "verify") {
        auto const verify = verify_from(vendor, recording.input);
        auto const request = adapter->encode_verify(verify, context);
        ASSERT_TRUE(request) << request.error();
        EXPECT_THAT(testing::compare(recording, *request), IsEmpty());
        auto const verification = adapter->decode_verify(verify, response, context);
        if (verification) {
            expect_verification(*verification, recording.expect);
        } else {
            expect_error(verification.error(), recording.expect);
        }
    } else if (operation == "confirm") {
        auto const verify = verify_from(vendor, recording.input);
        HttpResponse const nothing_said(200, {{"content-length", "0"}}, "");
        auto const request = adapter->encode_confirmation(verify, nothing_said, context);
        ASSERT_TRUE(request);
        EXPECT_THAT(testing::compare(recording, *request), IsEmpty());
        auto const verification = adapter->decode_confirmation(verify, response, context);
        if (verification) {
            expect_verification(*verification, recording.expect);
        } else {
            expect_error(verification.error(), recording.expect);
        }
    } else {
        ASSERT_EQ(operation, "token");
        ASSERT_NE(adapter->token_grant(), nullptr);
        EXPECT_THAT(testing::compare(recording, adapter->token_grant()->encode()), IsEmpty());
        auto const token = adapter->token_grant()->decode(response);
        if (!token) return expect_error(token.error(), recording.expect);
        ASSERT_TRUE(recording.expect.contains("ok")) << "this should have failed";
        EXPECT_EQ(token->token.reveal(), text(recording.expect.at("token")));
        std::optional<std::chrono::seconds> lifetime;
        if (auto const& seconds = recording.expect.at("expires_in"); !seconds.is_null()) {
            lifetime = std::chrono::seconds(seconds.to_number<int>());
        }
        EXPECT_EQ(token->expires_in, lifetime);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Shipped, AdapterReplayTest, ::testing::ValuesIn(all_recordings()), test_name
);

}  // namespace
}  // namespace otp::test
