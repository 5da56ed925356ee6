#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/success_table.hpp>

#include <boost/json/parse.hpp>

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp {
namespace {

std::string_view contradiction(
    std::string_view text, std::span<std::string_view const> documented = {}, int status = 200
) {
    auto const body = boost::json::parse(boost::json::string_view(text.data(), text.size()));
    return find_contradiction(body.as_object(), status, documented).text;
}

TEST(Contradiction, NothingSpeaksAgainstAPlainSuccess) {
    for (std::string_view const text :
         {R"({})",
          R"({"customerId":"c","verifiedAt":"2026-03-09T20:46:31Z","x":[null,{"y":false}]})",
          R"({"user_created":false,"reset_sessions":false,"message":"OTP sent"})",
          R"({"success":true,"isPhoneNumberVerified":true,"OK":true,"notExpired":true,"unlocked":true})",
          R"({"error":null,"errors":null,"code":null,"title":null})",
          R"({"failed":false,"is_expired":0,"invalid":null})",
          R"({"status":200,"statusCode":200,"STATUS-CODE":200})",
          R"({"countryCode":"x","subtitle":"x","prototype":"x","statusText":"x","facebook":false})"}) {
        EXPECT_EQ(contradiction(text), "") << text;
    }
}

TEST(Contradiction, AnErrorSpeaksAgainstItUnderAnyNameAndAtAnyDepth) {
    for (std::string_view const text :
         {R"({"error":"failed"})",
          R"({"Errors":[]})",
          R"({"ERROR_CODE":0})",
          R"({"hasError":false})",
          R"({"error":""})",
          R"({"data":{"error":"Invalid code."}})",
          R"({"a":[[{"b":{"lastErrorMessage":"x"}}]]})"}) {
        EXPECT_EQ(contradiction(text), "it names an error") << text;
    }
}

TEST(Contradiction, MembersOfErrorReports) {
    for (std::string_view const name :
         {"code",
          "detail",
          "title",
          "type",
          "traceId",
          "trace_id",
          "problem",
          "fault",
          "exception",
          "invalid_params",
          "invalidParameters",
          "invalid-fields",
          "violations",
          "failures"}) {
        auto const text = "{\"" + std::string(name) + "\":\"x\"}";
        EXPECT_EQ(contradiction(text), "it has a member of an error report") << text;
        EXPECT_EQ(contradiction("{\"a\":[" + text + "]}"), "it has a member of an error report");
    }
}

TEST(Contradiction, AMessageThatTellsOfAFailure) {
    for (std::string_view const text :
         {R"({"message":"Invalid code."})",
          R"({"Message":"OTP is NOT VALID"})",
          R"({"msg":"The code was incorrect"})",
          R"({"reason":"wrong OTP"})",
          R"({"description":"target mismatch"})",
          R"({"statusMessage":"codes do not match"})",
          R"({"response_message":"OTP expired"})",
          R"({"status_text":"Verification failed"})",
          R"({"message":"unsuccessful"})",
          R"({"message":"An error occurred"})",
          R"({"message":"Access denied"})",
          R"({"message":"rejected"})",
          R"({"message":"declined"})",
          R"({"message":"refused"})",
          R"({"message":"User not found"})",
          R"({"message":"TID does not exist"})",
          R"({"message":"Agent not allowed"})",
          R"({"message":"Limit exhausted"})",
          R"({"message":"Unable to verify"})",
          R"({"message":["Sorry.","Invalid code."]})",
          R"({"message":{"text":"Invalid code."}})",
          R"({"messages":["Invalid code."]})",
          R"({"resultMessage":"OTP not verified."})",
          R"({"userMessage":"OTP verification was not successful."})",
          R"({"message":"OTP doesn't match."})",
          R"({"message":"Could not verify the code."})",
          R"({"message":"Too many attempts."})",
          R"({"message":"OTP already used."})",
          R"({"message":"The OTP verification token has timed out."})",
          R"({"data":{"list":[{"message":"Invalid code."}]}})"}) {
        EXPECT_EQ(contradiction(text), "its message is one of a failure") << text;
    }
    for (std::string_view const text :
         {R"({"message":"OTP verification successful."})",
          R"({"message":"OTP has been sent. It is valid for 10 minutes and expires then."})",
          R"({"message":17,"reason":null,"msg":[],"description":{"text":"Thanks."}})",
          R"({"name":"Invalid","text":"wrong"})"}) {
        EXPECT_EQ(contradiction(text), "") << text;
    }
}

TEST(Contradiction, AVerdictMustBeTrue) {
    for (std::string_view const name :
         {"success",
          "Success",
          "isSuccessful",
          "succeeded",
          "verified",
          "isPhoneNumberVerified",
          "VALID",
          "approved",
          "accepted",
          "authenticated",
          "authorized",
          "confirmed",
          "passed",
          "ok",
          "is_ok"}) {
        for (std::string_view const value :
             {"false", "0", "1", "null", R"("")", R"("true")", R"("no")", "{}", "[true]"}) {
            auto const text = "{\"" + std::string(name) + "\":" + std::string(value) + '}';
            EXPECT_EQ(contradiction(text), "a verdict in it is not true") << text;
        }
    }
}

TEST(Contradiction, AFailureMustBeDenied) {
    for (std::string_view const name :
         {"failed",      "failure",    "rejected",     "denied",       "declined",
          "refused",     "isExpired",  "blocked",      "forbidden",    "invalid",
          "unverified",  "unapproved", "unsuccessful", "unauthorized", "unauthenticated",
          "unconfirmed", "unaccepted", "disapproved",  "not_verified", "nonValid"}) {
        for (std::string_view const value : {"true", "1", R"("x")", R"("")", "[]"}) {
            auto const text = "{\"" + std::string(name) + "\":" + std::string(value) + '}';
            EXPECT_EQ(contradiction(text), "it says that something failed") << text;
        }
        EXPECT_EQ(contradiction("{\"" + std::string(name) + "\":false}"), "") << name;
    }
}

TEST(Contradiction, AFailureAnywhereInAName) {
    for (std::string_view const text :
         {R"({"failureReason":"CODE_MISMATCH"})",
          R"({"rejectionReason":"x"})",
          R"({"declineReason":"x"})",
          R"({"failedChecks":["otp"]})",
          R"({"fail":true})",
          R"({"isFail":true})",
          R"({"reject":true})",
          R"({"failureCode":12})",
          R"({"codeMismatch":true})",
          R"({"isInvalidCode":true})",
          R"({"isIncorrectOtp":true})",
          R"({"isUnverifiedPhone":true})",
          R"({"invalidCode":true})",
          R"({"expiredCode":true})",
          R"({"wrongCode":true})",
          R"({"blockedUntil":"2026-03-09T20:46:31Z"})",
          R"({"locked":true})"}) {
        EXPECT_EQ(contradiction(text), "it says that something failed") << text;
    }
    EXPECT_EQ(contradiction(R"({"failedAttempts":0,"failureReason":null,"rejected":false})"), "");
    EXPECT_EQ(contradiction(R"({"isInvalidCode":false,"wrongCode":false})"), "");
}

TEST(Contradiction, AFailureThatIsDeniedIsAVerdict) {
    for (std::string_view const name : {"notExpired", "isNotInvalid", "unlocked", "unblocked"}) {
        EXPECT_EQ(contradiction("{\"" + std::string(name) + "\":true}"), "") << name;
        for (std::string_view const value : {"false", "null", "0"}) {
            auto const text = "{\"" + std::string(name) + "\":" + std::string(value) + '}';
            EXPECT_EQ(contradiction(text), "a verdict in it is not true") << text;
        }
    }
}

TEST(Contradiction, AnErrorByItsBeginning) {
    for (std::string_view const text :
         {R"({"err":"Invalid code."})",
          R"({"errmsg":5})",
          R"({"errCode":40029})",
          R"({"errno":5})"}) {
        EXPECT_EQ(contradiction(text), "it names an error") << text;
    }
}

TEST(Contradiction, VerdictsThatAreAskedForAndThoseWithOtherWords) {
    for (std::string_view const name :
         {"verify", "validated", "matched", "isMatch", "isCorrect", "isValidCode", "match"}) {
        auto const text = "{\"" + std::string(name) + "\":false}";
        EXPECT_EQ(contradiction(text), "a verdict in it is not true") << text;
        EXPECT_EQ(contradiction("{\"" + std::string(name) + "\":true}"), "") << text;
    }
    EXPECT_EQ(contradiction(R"({"verifiedAt":"x","verifiedTarget":"x","issuer":"x"})"), "");
}

TEST(Contradiction, AResultMustNotSayNo) {
    for (std::string_view const text :
         {R"({"result":false})",
          R"({"result":0})",
          R"({"result":"FAILED"})",
          R"({"result":null})",
          R"({"result":-1})",
          R"({"result":2})",
          R"({"result":0.5})",
          R"({"result":"-1"})",
          R"({"verdict":"no"})",
          R"({"verdict":null})",
          R"({"verificationResult":false})",
          R"({"outcome":"0"})"}) {
        EXPECT_EQ(contradiction(text), "its result is none of a success") << text;
    }
    EXPECT_EQ(contradiction(R"({"result":{"id":1},"verdict":1,"outcome":"1"})"), "");
    EXPECT_EQ(contradiction(R"({"result":200,"verdict":"200","outcome":"approved"})"), "");
}

TEST(Contradiction, AStateMustNotSayNo) {
    for (std::string_view const text :
         {R"({"successFlag":false})",
          R"({"verificationStatus":"REJECTED"})",
          R"({"otp_status":"expired"})",
          R"({"responseStatus":"FAILED"})",
          R"({"responseStatus":400})",
          R"({"responseStatusCode":400})",
          R"({"response_status_code":"400"})",
          R"({"otp_status":0})",
          R"({"otp_status":2.5})",
          R"({"flag":18446744073709551615})",
          R"({"a":[{"state":"denied"}]})"}) {
        EXPECT_EQ(contradiction(text), "its state is none of a success") << text;
    }
    EXPECT_EQ(
        contradiction(
            R"({"verificationStatus":"VERIFIED","state":null,"flag":true,"responseStatusCode":200})"
        ),
        ""
    );
}

TEST(Contradiction, AResultCodeMustBeThatOfASuccess) {
    for (std::string_view const name : {"resultCode", "response_code", "returnCode", "retCode"}) {
        for (std::string_view const value :
             {"400", "1", "-1", "true", R"("17")", R"("1")", R"("-1")", R"("failed")"}) {
            auto const text = "{\"" + std::string(name) + "\":" + std::string(value) + '}';
            EXPECT_EQ(contradiction(text), "its code is that of a failure") << text;
        }
        for (std::string_view const value :
             {"0", "200", "null", R"("000")", R"("200")", R"("OK")"}) {
            auto const text = "{\"" + std::string(name) + "\":" + std::string(value) + '}';
            EXPECT_EQ(contradiction(text), "") << text;
        }
    }
}

TEST(Contradiction, AStatusMustBeTheHttpStatus) {
    for (std::string_view const name : {"status", "Status", "status_code", "httpStatus"}) {
        for (std::string_view const value : {"400", "0", "201", R"("200")", "null", "200.0"}) {
            auto const text = "{\"" + std::string(name) + "\":" + std::string(value) + '}';
            EXPECT_EQ(contradiction(text), "its status is not the HTTP status") << text;
        }
    }
    EXPECT_EQ(contradiction(R"({"status":201})", {}, 201), "");
}

TEST(Contradiction, DocumentedMembersAreTheAdaptersOwn) {
    std::array<std::string_view, 1> const documented{"/status"};
    EXPECT_EQ(contradiction(R"({"status":0})", documented), "");
    EXPECT_NE(contradiction(R"({"Status":0})", documented), "");
    EXPECT_NE(contradiction(R"({"status":0,"data":{"status":0}})", documented), "");
    EXPECT_NE(contradiction(R"({"data":{"status":0},"status":0})", documented), "");
}

TEST(Contradiction, WhatTellsOfOtherThingsCountsOnlyIfItIsAnError) {
    std::array<std::string_view, 2> const documented{"/user/*", "/user/metadata/**"};
    EXPECT_EQ(
        contradiction(
            R"({"user":{"status":"active","emails":[{"verified":false}],"metadata":{"error":1}}})",
            documented
        ),
        ""
    );
    EXPECT_NE(contradiction(R"({"user":{"emails":[{"error":"x"}]}})", documented), "");
    EXPECT_NE(contradiction(R"({"user":{},"verified":false})", documented), "");
    EXPECT_NE(contradiction(R"({"username":{"verified":false}})", documented), "");
}

TEST(Contradiction, NamesThatMatterAreKnownByThemselves) {
    for (std::string_view const name :
         {"error_type", "Status", "verified", "code", "expired", "message"}) {
        EXPECT_TRUE(may_contradict(name)) << name;
    }
    for (std::string_view const name : {"", "phone_id", "user_created", "ok_then"}) {
        EXPECT_FALSE(may_contradict(name)) << name;
    }
}

struct Answer {
    HttpResponse const& response;
    boost::json::object const* body;
    bool named{true};
};

TEST(SuccessTable, NeedsTheStatusEachPredicateAndNoContradiction) {
    static constexpr std::array statuses{200, 204};
    static constexpr std::array<std::string_view, 1> documented{"/code"};
    static constexpr std::array predicates{SuccessPredicate<Answer>{
        "names another one",
        [](Answer const& answer) { return answer.named; },
        "https://x.example"}};
    SuccessTable<Answer> const table{statuses, predicates, documented};
    auto const body = boost::json::parse(R"({"code":1})").as_object();
    auto const failed = boost::json::parse(R"({"code":1,"detail":"x"})").as_object();
    HttpResponse const ok(200, {}, "");
    HttpResponse const empty(204, {}, "");
    HttpResponse const created(201, {}, "");
    EXPECT_EQ(problem_of(Answer{ok, &body}, table).text, "");
    EXPECT_EQ(problem_of(Answer{empty, nullptr}, table).text, "");
    EXPECT_EQ(
        problem_of(Answer{created, &body}, table).text, "its status is not the documented one"
    );
    EXPECT_EQ(problem_of(Answer{ok, &body, false}, table).text, "names another one");
    EXPECT_EQ(problem_of(Answer{ok, &failed}, table).text, "it has a member of an error report");
}

}  // namespace
}  // namespace otp
