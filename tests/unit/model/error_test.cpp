#include <otp/error.hpp>
#include <otp/result.hpp>

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>
#include <sstream>

namespace otp {
namespace {

using namespace std::chrono_literals;

std::string printed(Error const& error) {
    std::ostringstream out;
    out << error;
    return out.str();
}

Error full_error() {
    Error error(ErrorCategory::rate_limited, "slow down", Delivery::not_sent);
    error.instance = "main";
    error.vendor = "stytch";
    error.vendor_code = "too_many_requests";
    error.http_status = 429;
    error.request_id = "request-id-test-1";
    error.documentation_url = "https://stytch.com/docs/api/errors/429";
    error.violations = {{"/to/phone", "is throttled"}, {"/a~1b", "x"}};
    error.retry_after = 1500ms;
    error.phase = ExchangePhase::done;
    error.stop = DecisionReason::attempts_used_up;
    error.handle.emplace("main", "stytch", Channel::sms);
    error.handle->set_reference("target", "+12025550162");
    return error;
}

TEST(Error, WithoutAMessageSpeaksInItsCategorysWords) {
    Error const error(ErrorCategory::timeout, {}, Delivery::unknown);
    EXPECT_EQ(printed(error), "timeout, unknown: the vendor did not answer in time");
    EXPECT_EQ(to_json(error).at("message"), "the vendor did not answer in time");
}

TEST(Error, IsNotSentUnlessSaidOtherwise) {
    EXPECT_EQ(Error(ErrorCategory::internal).delivery, Delivery::not_sent);
}

TEST(Error, AsJsonHasTheMembersOfTheProgramsErrorObject) {
    EXPECT_EQ(
        boost::json::serialize(to_json(full_error())),
        R"({"category":"rate_limited","delivery":"not_sent","instance":"main","vendor":"stytch",)"
        R"("vendor_code":"too_many_requests","http_status":429,"phase":"done","message":"slow down",)"
        R"("request_id":"request-id-test-1","url":"https://stytch.com/docs/api/errors/429",)"
        R"("violations":[{"pointer":"/to/phone","message":"is throttled"},)"
        R"({"pointer":"/a~1b","message":"x"}],"retry_after_ms":1500,"stop":"attempts_used_up"})"
    );
}

TEST(Error, AsJsonSaysNullForWhatIsNotThere) {
    EXPECT_EQ(
        boost::json::serialize(to_json(Error(ErrorCategory::no_route, "none"))),
        R"({"category":"no_route","delivery":"not_sent","instance":null,"vendor":null,)"
        R"("vendor_code":null,"http_status":null,"phase":null,"message":"none",)"
        R"("request_id":null,"url":null,"violations":[],"retry_after_ms":null,"stop":null})"
    );
}

TEST(Error, AsJsonKeepsARetryAfterOfZero) {
    Error error(ErrorCategory::rate_limited);
    error.retry_after = 0ms;
    EXPECT_EQ(to_json(error).at("retry_after_ms"), 0);
}

TEST(Attempt, AsJsonWhenItFailed) {
    Attempt attempt;
    attempt.instance = "main";
    attempt.vendor = "eko";
    attempt.failure = ErrorCategory::provider_error;
    attempt.delivery = Delivery::unknown;
    attempt.http_status = 500;
    attempt.vendor_code = "E-7";
    attempt.phase = ExchangePhase::reading;
    attempt.request_id = "id";
    attempt.latency = 12500us;
    attempt.decision = Decision::next_instance;
    attempt.reason = DecisionReason::failover_allowed;
    attempt.waited_before = 25ms;
    attempt.hints = {{"locale", "en-US", "en"}, {"reference", "order-1", std::nullopt}};
    EXPECT_EQ(
        boost::json::serialize(to_json(attempt)),
        R"({"instance":"main","vendor":"eko","failure":"provider_error","outcome":null,"delivery":"unknown",)"
        R"("http_status":500,"vendor_code":"E-7","phase":"reading","request_id":"id","latency_ms":12,"waited_ms":25,)"
        R"("decision":"next_instance","reason":"failover_allowed",)"
        R"("hints":[{"name":"locale","wanted":"en-US","used":"en"},)"
        R"({"name":"reference","wanted":"order-1","used":null}]})"
    );
}

TEST(Attempt, AsJsonWhenItWasAccepted) {
    Attempt attempt;
    attempt.instance = "main";
    attempt.vendor = "eko";
    attempt.delivery = Delivery::accepted;
    attempt.latency = 1600us;
    EXPECT_EQ(
        boost::json::serialize(to_json(attempt)),
        R"({"instance":"main","vendor":"eko","failure":null,"outcome":null,"delivery":"accepted",)"
        R"("http_status":null,"vendor_code":null,"phase":null,"request_id":null,"latency_ms":2,"waited_ms":0,)"
        R"("decision":"finish","reason":"succeeded",)"
        R"("hints":[]})"
    );
}

TEST(Attempt, AsJsonOfAnAnsweredCheckSaysNothingOfADelivery) {
    Attempt attempt;
    attempt.outcome = VerificationOutcome::wrong_code;
    attempt.delivery = Delivery::accepted;
    auto const json = to_json(attempt);
    EXPECT_EQ(json.at("outcome"), "wrong_code");
    EXPECT_TRUE(json.at("delivery").is_null());
    EXPECT_TRUE(json.at("failure").is_null());
}

TEST(FieldError, NamesTheFieldInMessageAndViolation) {
    auto const error = field_error(ErrorCategory::unsupported, "/channel", "must be sms");
    EXPECT_EQ(error.category, ErrorCategory::unsupported);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.message, "/channel must be sms");
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/channel");
    EXPECT_EQ(error.violations[0].message, "must be sms");
}

TEST(FieldErrors, OfOneFieldAreItsError) {
    auto const error = field_errors(ErrorCategory::unsupported, {{"/channel", "must be sms"}});
    EXPECT_EQ(error.category, ErrorCategory::unsupported);
    EXPECT_EQ(error.message, "/channel must be sms");
    ASSERT_EQ(error.violations.size(), 1U);
}

TEST(FieldErrors, OfSeveralFieldsCountThem) {
    auto const error =
        field_errors(ErrorCategory::invalid_request, {{"/code", "is short"}, {"/to", "is not"}});
    EXPECT_EQ(error.message, "2 fields cannot be used");
    ASSERT_EQ(error.violations.size(), 2U);
    EXPECT_EQ(error.violations[1].pointer, "/to");
}

TEST(ErrorException, SaysWhatTheErrorSaysAndCarriesIt) {
    ErrorException const exception(full_error());
    EXPECT_STREQ(exception.what(), printed(full_error()).c_str());
    EXPECT_EQ(exception.error().http_status, 429);
}

TEST(Result, ThrowsItsErrorWhenTheValueIsAskedFor) {
    Result<int> const failed(full_error());
    try {
        [[maybe_unused]] auto const value = failed.value();
        FAIL() << "value() of a failed result returned";
    } catch (ErrorException const& exception) {
        EXPECT_EQ(exception.error().category, ErrorCategory::rate_limited);
        EXPECT_EQ(exception.error().vendor_code, "too_many_requests");
    }
    EXPECT_EQ(Result<int>(7).value(), 7);
}

}  // namespace
}  // namespace otp
