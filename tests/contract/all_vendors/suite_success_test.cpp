#include "contract/all_vendors/small_adapter.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

/// The conformance suite passes a careful adapter, and finds each that takes for a success what is
/// none.
namespace otp::conformance {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ConformanceSuite, PassesACarefulAdapter) {
    EXPECT_THAT(findings({}), IsEmpty());
}

TEST(ConformanceSuite, FindsOneThatBelievesAYesBesideANo) {
    for (auto const flaws :
         {Flaws{.ignores_contradictions = true},
          Flaws{.top_level_only = true},
          Flaws{.exact_names_only = true},
          Flaws{.trusts_known_names = true}}) {
        EXPECT_THAT(findings(flaws, observe_successes), Contains("send: contradiction"));
        EXPECT_THAT(findings(flaws, observe_successes), Contains("verify: contradiction"));
    }
}

TEST(ConformanceSuite, FindsOneThatKnowsAllNamesOfANo) {
    EXPECT_THAT(
        findings({.knows_all_names = true}, observe_successes),
        ElementsAre("verify: undocumented refusal")
    );
}

TEST(ConformanceSuite, FindsOneThatBelievesARefusalsWords) {
    auto const found = findings({.trusts_words = true}, observe_successes);
    EXPECT_THAT(found, Contains("send: mixed answer"));
    EXPECT_THAT(found, Contains("verify: mixed answer"));
}

TEST(ConformanceSuite, FindsOneThatLosesWhatItCannotRead) {
    auto const found = findings({.takes_any_type = true}, observe_successes);
    EXPECT_THAT(found, Contains("send: type of an optional member"));
    EXPECT_THAT(found, Contains("verify: type of an optional member"));
}

TEST(ConformanceSuite, FindsOneThatTakesAnAnswerForSomebodyElse) {
    for (auto const flaws : {Flaws{.ignores_identity = true}, Flaws{.compares_beginning = true}}) {
        EXPECT_THAT(findings(flaws, observe_successes), Contains("send: another identity"));
        EXPECT_THAT(findings(flaws, observe_successes), Contains("verify: another identity"));
    }
}

TEST(ConformanceSuite, FindsOneThatTakesAnyNumber) {
    EXPECT_THAT(
        findings({.takes_every_level = true}, observe_successes),
        Contains("send: undocumented value")
    );
}

TEST(ConformanceSuite, FindsOneThatMendsIds) {
    EXPECT_THAT(findings({.mends_ids = true}, observe_successes), Contains("verify: id"));
}

TEST(ConformanceSuite, FindsOneThatTakesEveryStatusOfTheClass) {
    auto const found = findings({.takes_every_2xx = true}, observe_successes);
    EXPECT_THAT(found, Contains("send: another 2xx"));
    EXPECT_THAT(found, Contains("verify: another 2xx"));
}

TEST(ConformanceSuite, FindsOneThatLooksAtTheBodyAlone) {
    auto const found = findings({.takes_every_status = true}, observe_successes);
    EXPECT_THAT(found, Contains("send: success with a failing status"));
    EXPECT_THAT(found, Contains("verify: success with a failing status"));
}

TEST(ConformanceSuite, FindsOneThatLooksForTheSuccessInTheAnswer) {
    auto const found = findings({.unwraps = true}, observe_successes);
    EXPECT_THAT(found, Contains("send: wrapped success"));
    EXPECT_THAT(found, Contains("verify: wrapped success"));
}

TEST(ConformanceSuite, FindsAHandleThatIsNotTheReceipts) {
    EXPECT_THAT(findings({.other_handle = true}), Contains("send: handle before the answer"));
}

TEST(ConformanceSuite, FindsOneThatTakesAnyEmptiness) {
    auto const found = findings({.empty_success = true});
    EXPECT_THAT(found, Contains("send: empty answer"));
    EXPECT_THAT(found, Contains("verify: empty answer"));
}

TEST(SuccessChecks, PassACarefulAdapter) {
    EXPECT_THAT(findings({}, observe_successes), IsEmpty());
}

TEST(SuccessChecks, FindWhatIsWrongWithSuccesses) {
    auto const of_body = findings({.lenient_parser = true}, observe_successes);
    for (auto const* const operation : {"send", "verify", "confirmation"}) {
        for (std::string const check :
             {"truncated body",
              "spoilt member",
              "repeated member",
              "hostile member",
              "contradiction",
              "mixed answer",
              "type of an optional member",
              "undocumented value",
              "another identity"}) {
            EXPECT_THAT(of_body, Contains(operation + (": " + check)));
        }
    }
    EXPECT_THAT(
        findings({.takes_every_2xx = true}, observe_successes), Contains("send: another 2xx")
    );
    EXPECT_THAT(findings({.mends_ids = true}, observe_successes), Contains("verify: id"));
    EXPECT_THAT(findings({.keeps_ids = true}, observe_successes), Contains("verify: echo"));
    EXPECT_THAT(
        findings({.other_handle = true}, observe_successes),
        ElementsAre("send: handle before the answer")
    );
    EXPECT_THAT(findings({.asks_by_post = true}, observe_successes), Contains("verify: question"));
}

TEST(SuccessChecks, LeaveRefusalsAlone) {
    EXPECT_THAT(findings({.believes_failing_server = true}, observe_successes), IsEmpty());
}

}  // namespace
}  // namespace otp::conformance
