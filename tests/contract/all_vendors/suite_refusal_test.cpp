#include "contract/all_vendors/small_adapter.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

/// The conformance suite finds each adapter that reads refusals and failures carelessly.
namespace otp::conformance {
namespace {

using ::testing::Contains;

TEST(ConformanceSuite, FindsOneThatTrustsTheStatus) {
    auto const found = findings({.trusts_status = true});
    for (auto const* const check :
         {"send: garbage",
          "verify: garbage",
          "send: truncated body",
          "verify: spoilt member",
          "send: missing member",
          "verify: repeated member",
          "send: hostile member",
          "verify: error in a 200",
          "send: 10 MB"}) {
        EXPECT_THAT(found, Contains(check));
    }
}

TEST(ConformanceSuite, FindsOneThatReadsNoJson) {
    auto const found = findings({.lenient_parser = true});
    EXPECT_THAT(found, Contains("send: truncated body"));
    EXPECT_THAT(found, Contains("verify: repeated member"));
    EXPECT_THAT(found, Contains("verify: hostile member"));
}

TEST(ConformanceSuite, FindsWrongDeliveries) {
    EXPECT_THAT(findings({.not_sent_after_5xx = true}), Contains("send: garbage"));
    EXPECT_THAT(findings({.not_sent_after_3xx = true}), Contains("send: garbage"));
    EXPECT_THAT(findings({.accepted_in_errors = true}), Contains("verify: documented answer"));
}

TEST(ConformanceSuite, FindsOneThatBlamesTheCaller) {
    EXPECT_THAT(findings({.blames_caller = true}), Contains("send: unknown code"));
}

TEST(ConformanceSuite, FindsOneThatThrows) {
    EXPECT_THAT(findings({.throws = true}), Contains("send: 10 MB"));
}

TEST(ConformanceSuite, FindsOneThatIgnoresRetryAfter) {
    EXPECT_THAT(findings({.ignores_retry_after = true}), Contains("send: Retry-After"));
    EXPECT_THAT(findings({.reads_one_retry_after = true}), Contains("send: Retry-After"));
}

TEST(ConformanceSuite, FindsAnOutcomeMadeOfAServersFailure) {
    EXPECT_THAT(findings({.outcome_after_5xx = true}), Contains("verify: garbage"));
}

TEST(ConformanceSuite, FindsAnOutcomeMadeOfARedirect) {
    EXPECT_THAT(findings({.outcome_after_3xx = true}), Contains("verify: refusal of a redirect"));
}

TEST(ConformanceSuite, FindsOneThatBelievesAFailingServer) {
    auto const found = findings({.believes_failing_server = true});
    EXPECT_THAT(found, Contains("send: refusal of a failing server"));
    EXPECT_THAT(found, Contains("verify: refusal of a failing server"));
}

TEST(ConformanceSuite, FindsOneThatBelievesAGateway) {
    EXPECT_THAT(findings({.believes_gateway = true}), Contains("send: a gateway's page"));
    EXPECT_THAT(findings({.blames_throttled = true}), Contains("verify: a gateway's page"));
}

}  // namespace
}  // namespace otp::conformance
