#include "eko/eko_errors.hpp"

#include "contract/eko/eko_fixture.hpp"

#include <algorithm>
#include <iterator>

// https://eps.eko.in/docs/error-codes, https://developers.eko.in/v3/docs/error-codes

namespace otp::eko::test {
namespace {

using enum ErrorCategory;
using Outcome = Verification::Outcome;

struct StatusRow {
    int status;
    ErrorCategory category;
    std::optional<Outcome> outcome{};
    Delivery delivery{Delivery::not_sent};
};

// What the documents say, written down a second time: a changed row of the adapter must fail here.
constexpr StatusRow status_rows[] = {
    {-2, unavailable},
    {17, recipient_conflict},
    {31, permission_denied},
    {97, invalid_request},
    {132, invalid_request},
    {168, invalid_request},
    {302, provider_error, Outcome::wrong_code},
    {303, provider_error, Outcome::expired},
    {319, config_invalid},
    {327, recipient_conflict, std::nullopt, Delivery::unknown},
    {342, recipient_conflict},
    {346, permission_denied},
    {347, quota_exhausted},
    {460, invalid_request},
    {461, invalid_request},
    {463, recipient_not_found},
    {544, unavailable},
    {585, recipient_conflict},
    {945, recipient_throttled},
    {1237, recipient_conflict},
    {1297, permission_denied},
};

TEST(EkoErrorTable, EveryRowIsTested) {
    for (auto const& rule : status_rules()) {
        auto const same = [&](StatusRow const& row) {
            return std::to_string(row.status) == rule.code;
        };
        EXPECT_EQ(std::count_if(std::begin(status_rows), std::end(status_rows), same), 1)
            << rule.code;
    }
    EXPECT_EQ(status_rules().size(), std::size(status_rows));
}

class EkoStatusRow : public testing::TestWithParam<StatusRow> {};

std::string in_status(int status) {
    return R"({"status":)" + std::to_string(status) +
           R"(,"response_status_id":1,"response_type_id":-1,"message":"As documented.","data":{}})";
}

TEST_P(EkoStatusRow, OfASend) {
    auto const& row = GetParam();
    auto const error = error_of(decode_send(200, in_status(row.status)));
    EXPECT_EQ(error.category, row.category);
    EXPECT_EQ(error.delivery, row.delivery);
    EXPECT_EQ(error.vendor_code, std::to_string(row.status));
    EXPECT_EQ(error.message, "As documented.");
    EXPECT_EQ(error.http_status, 200);
}

TEST_P(EkoStatusRow, OfASendAsText) {
    auto const& row = GetParam();
    auto const error = error_of(
        decode_send(200, R"({"status":")" + std::to_string(row.status) + R"(","data":null})")
    );
    EXPECT_EQ(error.category, row.category);
}

TEST_P(EkoStatusRow, InResponseStatusId) {
    auto const& row = GetParam();
    auto const error = error_of(
        decode_send(200, R"({"status":1,"response_status_id":)" + std::to_string(row.status) + "}")
    );
    EXPECT_EQ(error.category, row.category);
    EXPECT_EQ(error.vendor_code, std::to_string(row.status));
}

TEST_P(EkoStatusRow, OfAVerify) {
    auto const& row = GetParam();
    auto const checked = decode_verify(200, in_status(row.status));
    if (row.outcome) {
        ASSERT_TRUE(checked.has_value()) << checked.error();
        EXPECT_EQ(checked->outcome, *row.outcome);
        EXPECT_EQ(checked->vendor_code, std::to_string(row.status));
    } else {
        EXPECT_EQ(error_of(checked).category, row.category);
    }
}

INSTANTIATE_TEST_SUITE_P(All, EkoStatusRow, testing::ValuesIn(status_rows), [](auto const& tested) {
    return tested.param.status < 0 ? "minus_" + std::to_string(-tested.param.status)
                                   : std::to_string(tested.param.status);
});

struct MessageRow {
    std::string_view message;
    ErrorCategory category;
    std::optional<Outcome> outcome{};
};

constexpr MessageRow message_rows[] = {
    {"No mapping rule matched", config_invalid},
    {"Agent not allowed to do this transaction", permission_denied},
    {"Customer not allowed", permission_denied},
    {"No key for Response", invalid_request},
    {"Kindly use your production key", unauthenticated},
    {"Invalid Sender/Initiator", config_invalid},
    {"Insufficient balance", quota_exhausted},
    {"Wrong OTP", provider_error, Outcome::wrong_code},
    {"OTP expired", provider_error, Outcome::expired},
    {"OTP not found. Please make the OTP request again.", provider_error, Outcome::expired},
    {"OTP verification failed.", provider_error, Outcome::rejected},
};

TEST(EkoMessageTable, EveryRowIsTested) {
    EXPECT_EQ(message_rules().size(), std::size(message_rows));
}

TEST(EkoMessageTable, Rows) {
    for (auto const& row : message_rows) {
        auto const body = R"({"status":1,"response_status_id":1,"message":")" +
                          std::string(row.message) + R"(","data":{}})";
        auto const error = error_of(decode_send(200, body));
        EXPECT_EQ(error.category, row.category) << row.message;
        EXPECT_EQ(error.delivery, Delivery::not_sent) << row.message;
        EXPECT_EQ(error.vendor_code, "1");
        auto const checked = decode_verify(200, body);
        if (row.outcome) {
            ASSERT_TRUE(checked.has_value()) << checked.error();
            EXPECT_EQ(checked->outcome, *row.outcome) << row.message;
        } else {
            EXPECT_EQ(error_of(checked).category, row.category) << row.message;
        }
    }
}

// Seen in the wild: the text alone, without a status.
TEST(EkoMessageTable, TextWithoutStatusProvesNothing) {
    auto const error = error_of(decode_send(200, R"({"message":"No key for Response"})"));
    EXPECT_EQ(error.category, invalid_request);
    EXPECT_EQ(error.delivery, Delivery::unknown);
}

struct HttpRow {
    int status;
    ErrorCategory category;
    Delivery delivery;
};

TEST(EkoHttpTable, Rows) {
    constexpr HttpRow rows[] = {
        {400, invalid_request, Delivery::not_sent},
        {401, unauthenticated, Delivery::not_sent},
        {403, unauthenticated, Delivery::not_sent},
        {404, config_invalid, Delivery::not_sent},
        {405, config_invalid, Delivery::not_sent},
        {415, config_invalid, Delivery::not_sent},
        {429, rate_limited, Delivery::not_sent},
        {500, provider_error, Delivery::unknown},
        {502, provider_error, Delivery::unknown},
        {503, unavailable, Delivery::unknown},
    };
    for (auto const& rule : http_rules()) {
        auto const same = [&](HttpRow const& row) { return row.status == rule.http_status; };
        EXPECT_EQ(std::count_if(std::begin(rows), std::end(rows), same), 1) << rule.http_status;
    }
    for (auto const& row : rows) {
        for (std::string_view const body :
             {"", R"({"status":1,"message":"Forbidden","data":null})"}) {
            auto const error = error_of(decode_send(row.status, body));
            EXPECT_EQ(error.category, row.category) << row.status;
            EXPECT_EQ(error.delivery, row.delivery) << row.status;
            EXPECT_EQ(error.http_status, row.status);
            EXPECT_EQ(error_of(decode_verify(row.status, body)).category, row.category);
        }
    }
}

TEST(EkoHttpTable, AGatewaysPageIsNoWordOfEkos) {
    for (auto const status : {400, 401, 403, 404, 405, 415}) {
        for (std::string_view const body : {"<html></html>", "Forbidden"}) {
            auto const error = error_of(decode_send(status, body));
            EXPECT_EQ(error.category, bad_response) << status;
            EXPECT_EQ(error.delivery, Delivery::not_sent) << status;
            EXPECT_EQ(error_of(decode_verify(status, body)).category, bad_response) << status;
        }
    }
    for (auto const status : {400, 404, 405}) {
        auto const body = R"({"timestamp":"2026-03-09T20:46:31Z","status":)" +
                          std::to_string(status) + R"(,"error":"x","message":"Wrong path"})";
        auto const error = error_of(decode_send(status, body));
        EXPECT_EQ(error.category, bad_response) << body;
        EXPECT_EQ(error.vendor_code, "") << body;
        EXPECT_EQ(error_of(decode_verify(status, body)).category, bad_response) << body;
    }
    // Eko shows several bodies with these two, and not the same ones in all places.
    for (auto const status : {401, 403}) {
        EXPECT_EQ(
            error_of(decode_send(status, R"({"message":"Forbidden"})")).category, unauthenticated
        );
    }
    EXPECT_EQ(error_of(decode_send(404, R"({"message":"no Route"})")).category, bad_response);
    EXPECT_EQ(error_of(decode_send(429, "<html></html>")).category, rate_limited);
    EXPECT_EQ(error_of(decode_send(503, "<html></html>")).category, unavailable);
}

TEST(EkoErrorTable, AFailingServersNumberCountsForNothing) {
    for (auto const& row : status_rows) {
        for (auto const status : {500, 502, 503}) {
            auto const error = error_of(decode_send(status, in_status(row.status)));
            EXPECT_EQ(error.category, status == 503 ? unavailable : provider_error) << row.status;
            EXPECT_EQ(error.delivery, Delivery::unknown) << row.status;
            EXPECT_EQ(error.vendor_code, std::to_string(row.status));
            EXPECT_EQ(
                error_of(decode_verify(status, in_status(row.status))).delivery, Delivery::unknown
            );
        }
    }
}

TEST(EkoError, UnlistedStatusIsTheVendorsFault) {
    auto const error = error_of(decode_send(
        200, R"({"status":99999,"response_status_id":1,"message":"Something new","data":{}})"
    ));
    EXPECT_EQ(error.category, provider_error);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.vendor_code, "99999");
}

TEST(EkoError, DocumentedExampleOfAnUnknownInitiator) {
    auto const error = error_of(decode_send(
        200,
        R"({"status":319,"response_status_id":1,"response_type_id":-1,
            "invalid_params":{"initiator_id":"Merchant does not exist in system."},
            "message":"Invalid Sender/Initiator"})"
    ));
    EXPECT_EQ(error.category, config_invalid);
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/initiator_id");
    EXPECT_EQ(error.violations[0].message, "Merchant does not exist in system.");
}

TEST(EkoError, NoPersonalDataInErrors) {
    auto const error = error_of(decode_send(
        200,
        R"({"status":463,"response_status_id":1,"message":"User 9002336768 not found",
            "invalid_params":{"mobile":"9002336768 is not registered"}})"
    ));
    std::ostringstream printed;
    printed << error;
    EXPECT_EQ(printed.str().find("9002336768"), std::string::npos) << printed.str();
}

// The example of Eko's page on authentication. Its `/` part it; what is left is no signature.
TEST(EkoError, ARepeatedSignatureIsMasked) {
    std::string const signature = "MC6dKW278tBef+AuqL/5rW2K3WgOegF0ZHLW/FriZQw=";
    for (std::string const before : {"secret-key ", "secret-key: '", "secret-key="}) {
        auto const body = R"({"status":1,"message":")" + before + signature + R"("})";
        auto const error = error_of(decode_send(403, body));
        for (std::string const part : {"MC6dKW278tBef", "AuqL", "5rW2K3WgOegF0ZHLW"}) {
            EXPECT_EQ(error.message.find(part), std::string::npos) << error;
        }
    }
}

}  // namespace
}  // namespace otp::eko::test
