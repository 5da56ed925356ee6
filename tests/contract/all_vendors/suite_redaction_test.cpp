#include "contract/all_vendors/small_adapter.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

/// The conformance suite finds what shows secrets, or lists them nowhere.
namespace otp::conformance {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ConformanceSuite, FindsOneThatShowsWhatTheVendorSends) {
    auto const found = findings({.echoes = true});
    EXPECT_THAT(found, Contains("send: canary"));
    EXPECT_THAT(found, Contains("verify: canary"));
    EXPECT_THAT(found, Contains("send: 10 MB"));
}

TEST(ConformanceSuite, FindsOneThatKeepsWhatWasSent) {
    for (auto const& flaws :
         {Flaws{.echoes = true},
          Flaws{.keeps_ids = true},
          Flaws{.names_fields = true},
          Flaws{.guesses = true}}) {
        auto const found = findings(flaws);
        EXPECT_THAT(found, Contains("send: echo"));
        EXPECT_THAT(found, Contains("verify: echo"));
    }
}

TEST(ConformanceSuite, FindsFieldsThatTheDescriptionDoesNotHave) {
    EXPECT_THAT(findings({.hides_field = true}), Contains("send: field"));
}

TEST(ConformanceSuite, FindsFieldsThatAreNeverRead) {
    EXPECT_THAT(findings({.lists_unread_field = true}), ElementsAre("verify: field"));
}

/// What it says of secrets where the description lists none, in the adapter that hides a place.
std::vector<std::string> secrets_found(Place hidden) {
    std::vector<std::string> texts;
    for (auto const& failure : observations_of({.hides_place = hidden})) {
        texts.push_back(check_of(failure) + ": " + failure.what);
    }
    return texts;
}

TEST(ConformanceSuite, FindsSecretsWhereTheDescriptionListsNone) {
    std::string const end = ", and the description does not list the place";
    EXPECT_THAT(
        secrets_found(Place::header),
        ElementsAre("verify: sensitive place: the header X-Code has canary 1" + end)
    );
    EXPECT_THAT(
        secrets_found(Place::path),
        ElementsAre("verify: sensitive place: the path has canary 1" + end)
    );
    EXPECT_THAT(
        secrets_found(Place::member),
        ElementsAre(
            "send: sensitive place: the body of the request has canary 0" + end,
            "verify: sensitive place: the body of the request has canary 1" + end
        )
    );
    EXPECT_THAT(
        secrets_found(Place::token_form),
        ElementsAre("token: sensitive place: the body of the request has canary 2" + end)
    );
    EXPECT_THAT(
        secrets_found(Place::answer),
        ElementsAre(
            "send: sensitive place: the body of the answer has canary 0" + end,
            "verify: sensitive place: the body of the answer has canary 0" + end,
            "confirmation: sensitive place: the body of the answer has canary 0" + end
        )
    );
}

TEST(ConformanceSuite, DoesNotRepeatACanary) {
    PlainSubject plain({.echoes = true});
    plain.subject.canaries = {"a-secret-canary"};
    auto const failures = plain.observations();
    EXPECT_THAT(failures, Not(IsEmpty()));
    for (auto const& failure : failures) {
        EXPECT_THAT(failure.what, Not(HasSubstr("a-secret-canary")));
    }
}

}  // namespace
}  // namespace otp::conformance
