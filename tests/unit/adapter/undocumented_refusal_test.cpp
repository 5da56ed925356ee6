#include <otp/adapter/success_table.hpp>
#include <otp/adapter/undocumented_refusal.hpp>

#include <boost/json/parse.hpp>

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp {
namespace {

std::string_view refusal(std::string_view text, std::span<std::string_view const> documented = {}) {
    auto const body = boost::json::parse(boost::json::string_view(text.data(), text.size()));
    return find_undocumented_refusal(body.as_object(), documented).text;
}

void expect_everywhere(std::string const& member, std::string_view problem) {
    EXPECT_EQ(refusal('{' + member + '}'), problem) << member;
    EXPECT_EQ(refusal(R"({"data":{)" + member + "}}"), problem) << member;
    EXPECT_EQ(refusal(R"({"data":[[{)" + member + "}]]}"), problem) << member;
}

TEST(UndocumentedRefusal, WhatAVendorMayAddOneDayIsNone) {
    for (std::string_view const text :
         {R"({})",
          R"({"x":null,"y":[],"z":{},"list":[null,1,"x",{"w":true}]})",
          R"({"attempts":0,"remaining":3,"ratio":0.5,"isNewUser":true})",
          R"({"country":"NO","language":"no","locale":"no","nationality":"NO"})",
          R"({"region":"no","currency":"NOK"})",
          R"({"token":"fail1invalid","refreshToken":"b2f4failA9","kind":"sms","plan":"notary"})",
          R"({"verifiedAt":"2026-03-09T20:46:31Z","verifiedTarget":"x","validUntil":null})",
          R"({"message":null,"note":"","warnings":[],"info":{}})",
          R"({"pendingToken":null,"mfaFactors":[],"reviewCount":3,"challenge":""})",
          R"({"pending":false,"mfaRequired":false,"expired":false,"isLocked":false})",
          R"({"isVerified":true,"phoneNumberVerified":true,"verifiedPhone":true,"isMatch":true})",
          R"({"all_codes_valid":true,"OK":true,"granted":true,"access":"granted"})",
          R"({"result":"approved","outcome":{"x":1},"decision":"ALLOW","verdict":1})",
          R"({"unlocked":true,"unique":true,"unit":true,"distinct":true})",
          R"({"greeting":"Welcome to our shop, all is well"})"}) {
        EXPECT_EQ(refusal(text), "") << text;
    }
}

TEST(UndocumentedRefusal, AFalseUnderAnyName) {
    for (std::string const name : {"matches", "check", "granted", "allowed", "done", "x"}) {
        expect_everywhere('"' + name + "\":false", "a member that is not documented says no");
        expect_everywhere('"' + name + "\":[false]", "a member that is not documented says no");
    }
}

TEST(UndocumentedRefusal, AVerdictThatIsDenied) {
    for (std::string const name :
         {"noMatch",
          "nomatch",
          "cannotBeVerified",
          "notYetVerified",
          "codeNoLongerValid",
          "unableToVerify",
          "doesntMatch",
          "insufficientMatch",
          "mustBeVerified",
          "neverVerified",
          "unvalidated",
          "disapproved_code",
          "isNoLongerValid",
          "is_no_match",
          "isValidationSkipped",
          "isCorrectCodeMissing",
          "bypassed",
          "previouslyVerified",
          "kycVerified"}) {
        auto const problem = refusal("{\"" + name + "\":true}");
        EXPECT_EQ(problem, "a member that is not documented says no") << name;
    }
}

TEST(UndocumentedRefusal, BadNewsThatIsTrue) {
    for (std::string const name :
         {"tooManyAttempts",
          "alreadyUsed",
          "notFound",
          "noSuchCode",
          "badCode",
          "limitReached",
          "exceeded",
          "rateLimited",
          "lockout",
          "revoked",
          "unrecognized",
          "notAllowed",
          "malformed",
          "dryRun",
          "simulated",
          "verificationSkipped"}) {
        expect_everywhere('"' + name + "\":true", "a member that is not documented says no");
    }
}

TEST(UndocumentedRefusal, AVerdictThatIsNotTrue) {
    for (std::string const member :
         {R"("granted":null)",
          R"("granted":0)",
          R"("authorised":0)",
          R"("pass":0)",
          R"("completed":"x")",
          R"("access":"none")",
          R"("done":1)"}) {
        expect_everywhere(member, "a verdict in it is not true");
    }
}

TEST(UndocumentedRefusal, AResultThatIsNoneOfASuccess) {
    for (std::string const member :
         {R"("verdict":"bad")",
          R"("outcome":"unmatched")",
          R"("outcome":"negative")",
          R"("checkResult":"no match")",
          R"("decision":"later")",
          R"("result":"")"}) {
        expect_everywhere(member, "its result is none of a success");
    }
    EXPECT_NE(refusal(R"({"otp_status":"used"})"), "");
}

TEST(UndocumentedRefusal, ANameThatCannotBeRead) {
    for (std::string const name : {"e r r o r", "\xEF\xBD\x85rror", "erro\xCC\x81r"}) {
        expect_everywhere('"' + name + "\":\"x\"", "it has a name that cannot be read");
        EXPECT_EQ(refusal("{\"" + name + "\":null}"), "") << name;
    }
}

TEST(UndocumentedRefusal, WhatIsDoneOfSomethingMore) {
    for (std::string_view const text :
         {R"({"mfaVerified":true,"challengePassed":true,"reviewApproved":true})",
          R"({"isOTPVerified":true,"isOtp2Verified":true,"isSMSVerified":true})",
          R"({"isphoneverified":true,"smsDispatched":true,"isDefault":true,"preview":"x"})",
          R"({"last_access":"2026-11-26T10:00:00Z","userInfo":{"a":1},"pendingPoints":10})",
          R"({"pending":0,"mfa_required":false,"failed":false})"}) {
        EXPECT_EQ(refusal(text), "") << text;
    }
    for (std::string_view const text :
         {R"({"mfaCompleted":false})",
          R"({"challenge_done":false})",
          R"({"review_complete":0})",
          R"({"mfa_required":1})",
          R"({"requires_2fa":1})",
          R"({"pending":1})",
          R"({"granted":"0"})",
          R"({"access":"200"})"}) {
        EXPECT_NE(refusal(text), "") << text;
    }
}

TEST(UndocumentedRefusal, ASentenceWithAWordOfRefusal) {
    for (std::string const text :
         {"Account suspended", "Access revoked", "Verification pending", "Login forbidden"}) {
        expect_everywhere(R"("summary":")" + text + '"', "a text that is not documented says no");
    }
}

TEST(UndocumentedRefusal, ANameThatIsTooLong) {
    auto const name = std::string(129, 'x');
    EXPECT_EQ(refusal("{\"" + name + "\":1}"), "it has a name that cannot be read");
    EXPECT_EQ(refusal("{\"" + name.substr(1) + "\":1}"), "");
}

TEST(UndocumentedRefusal, ANegativeNumber) {
    for (std::string const value : {"-1", "-200", "-9223372036854775808"}) {
        expect_everywhere("\"rc\":" + value, "a member that is not documented is negative");
    }
    EXPECT_EQ(refusal(R"({"rc":-0.0,"big":18446744073709551615,"latitude":-33.9})"), "");
}

TEST(UndocumentedRefusal, AMessageIsNoGoodNewsThatAnybodyKnows) {
    for (std::string const name :
         {"message",     "Message",     "user_message", "msg",       "reason",   "description",
          "note",        "Notes",       "notice",       "comment",   "remark",   "remarks",
          "info",        "information", "explanation",  "warning",   "warnings", "issues",
          "problems",    "details",     "statusText",   "mensaje",   "Fehler",   "resultado",
          "faultString", "stackTrace",  "problemType",  "reasonCode"}) {
        for (std::string const value :
             {R"("Código inválido")", R"("OK")", R"(["x"])", R"({"text":"x"})", "true", "17"}) {
            expect_everywhere('"' + name + "\":" + value, "it has a text that may mean anything");
        }
    }
}

TEST(UndocumentedRefusal, WhatAsksForSomethingMore) {
    for (std::string const name :
         {"pending",
          "isPending",
          "challenge",
          "challenge_id",
          "requires_2fa",
          "mfaPending",
          "kycRequired",
          "needsReview",
          "stepUp",
          "two_factor",
          "underReview",
          "on_hold"}) {
        for (std::string const value : {"true", R"("x")", R"({"id":1})", R"(["x"])"}) {
            expect_everywhere('"' + name + "\":" + value, "it asks for something more");
        }
    }
}

TEST(UndocumentedRefusal, AVerdictWithoutItsTimeOrTarget) {
    for (std::string const name :
         {"verified_at", "verifiedOn", "approvedTime", "confirmed-date", "verifiedTarget"}) {
        expect_everywhere('"' + name + "\":null", "a verdict in it is missing");
    }
}

TEST(UndocumentedRefusal, AWordOfRefusal) {
    for (std::string const word : {"deny",         "denied",
                                   "block",        "BLOCKED",
                                   "failed",       "Reject",
                                   "declined",     "pending",
                                   "PENDING",      "no",
                                   "No",           "false",
                                   "ko",           "n",
                                   "invalid",      "expired",
                                   "NOT_VERIFIED", "pending-review",
                                   "CODE.TIMEOUT", "verificationFailed",
                                   "suspended",    "revoked",
                                   "locked",       "cancelled"}) {
        expect_everywhere(R"("standing":")" + word + '"', "a text that is not documented says no");
        EXPECT_NE(refusal(R"({"steps":["sms",")" + word + R"("]})"), "") << word;
    }
    expect_everywhere(
        R"("summary":"The code was invalid")", "a text that is not documented says no"
    );
    expect_everywhere(R"("summary":"E17 has expired")", "a text that is not documented says no");
    for (std::string_view const text :
         {R"({"decision":"allow"})", R"({"action":"continue"})", R"({"validation":"passed"})"}) {
        EXPECT_EQ(refusal(text), "") << text;
    }
}

TEST(UndocumentedRefusal, DocumentedMembersAreTheAdaptersOwn) {
    static constexpr std::array<std::string_view, 5> documented{
        "/message", "/reset", "/data", "/data/decision", "/user/**"};
    EXPECT_EQ(
        refusal(
            R"({"message":"Invalid","reset":false,"data":{"decision":"deny"},
                "user":{"blocked":false,"list":[{"note":"x"}]}})",
            documented
        ),
        ""
    );
    for (std::string_view const text :
         {R"({"Message":"x"})",
          R"({"reset":{"x":false}})",
          R"({"data":{"reset":false}})",
          R"({"decision":"deny"})",
          R"({"data":[{"decision":"deny"}]})",
          R"({"user":false})",
          R"({"username":{"x":false}})"}) {
        EXPECT_NE(refusal(text, documented), "") << text;
    }
}

struct Answer {
    HttpResponse const& response;
    boost::json::object const* body;
};

TEST(UndocumentedRefusal, IsLookedForWhereATableTellsAllMembers) {
    static constexpr std::array statuses{200};
    static constexpr std::array<std::string_view, 1> members{"/id"};
    SuccessTable<Answer> const of_send{statuses, {}, {}};
    SuccessTable<Answer> const of_verify{statuses, {}, {}, members};
    HttpResponse const ok(200, {}, "");
    auto const odd = boost::json::parse(R"({"id":-1,"granted":false})").as_object();
    auto const plain = boost::json::parse(R"({"id":-1,"granted":true})").as_object();
    auto const failed = boost::json::parse(R"({"granted":false,"success":false})").as_object();
    EXPECT_EQ(problem_of(Answer{ok, &odd}, of_send).text, "");
    EXPECT_EQ(problem_of(Answer{ok, &plain}, of_verify).text, "");
    EXPECT_EQ(
        problem_of(Answer{ok, &odd}, of_verify).text, "a member that is not documented says no"
    );
    EXPECT_EQ(problem_of(Answer{ok, &failed}, of_verify).text, "a verdict in it is not true");
    EXPECT_EQ(problem_of(Answer{ok, nullptr}, of_verify).text, "");
}

}  // namespace
}  // namespace otp
