// All operations share one access token, and a refused one is renewed once.

#include "unit/client/client_fixture.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::ElementsAre;

class SharedToken : public ClientOfPlainVendor, public ::testing::WithParamInterface<Threading> {
protected:
    SharedToken() {
        threading = GetParam();
        conduct->needs_token = true;
    }
    /// The tokens of all sends so far.
    [[nodiscard]] std::vector<std::string> used_tokens() const {
        std::vector<std::string> all;
        for (auto const& seen : script->requests()) {
            if (seen.request.target() == "/send") all.push_back(seen.request.headers.at(0).value);
        }
        return all;
    }
    [[nodiscard]] std::size_t fetches() const {
        auto const all = targets();
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), "/token"));
    }
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    SharedToken,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(SharedToken, IsFetchedOnceForTwentySends) {
    script->add(
        testing::ScriptedStep(HttpResponse(200, {}, "fake-token")).after(std::chrono::seconds(1))
    );
    std::vector<Sent> outcomes(20);
    for (auto& outcome : outcomes) {
        answer(200, "accepted");
        begin_send(outcome);
    }
    settle();
    EXPECT_THAT(targets(), ElementsAre("/token"));
    clock->advance(std::chrono::seconds(1));
    settle();
    for (auto const& outcome : outcomes) EXPECT_TRUE(outcome && *outcome);
    EXPECT_EQ(fetches(), 1U);
    EXPECT_EQ(used_tokens(), std::vector<std::string>(20, "Bearer fake-token"));
}

TEST_P(SharedToken, ThatCannotBeFetchedFailsAllThatWait) {
    answer(403, "");
    std::vector<Sent> outcomes(3);
    for (auto& outcome : outcomes) begin_send(outcome);
    settle();
    for (auto const& outcome : outcomes) {
        ASSERT_TRUE(outcome && !*outcome);
        EXPECT_EQ(outcome->error().delivery, Delivery::not_sent);
    }
    EXPECT_THAT(targets(), ElementsAre("/token"));
}

TEST_P(SharedToken, IsOfOneInstance) {
    instances = {"mail_only", "main"};
    conduct->only_channels = {{"mail_only", Channel::email}, {"main", Channel::sms}};
    for (auto const channel : {Channel::sms, Channel::email}) {
        answer(200, "fake-token");
        answer(200, "accepted");
        auto request = send_request();
        request.channel = channel;
        ASSERT_TRUE(*send(std::move(request)));
    }
    EXPECT_EQ(fetches(), 2U);
}

TEST_P(SharedToken, ThatIsRevokedIsRenewedOnce) {
    answer(200, "fake-token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());
    answer(401, "");
    answer(200, "fake-token-2");
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT(targets(), ElementsAre("/token", "/send", "/send", "/token", "/send"));
    EXPECT_THAT(
        used_tokens(),
        ElementsAre("Bearer fake-token-1", "Bearer fake-token-1", "Bearer fake-token-2")
    );
    ASSERT_EQ((*sent)->attempts.size(), 2U);
    EXPECT_EQ((*sent)->attempts[0].failure, ErrorCategory::unauthenticated);
    EXPECT_EQ((*sent)->attempts[0].decision, Decision::renew_token);
    EXPECT_FALSE((*sent)->attempts[1].failure);
}

TEST_P(SharedToken, ThatIsRefusedASecondTimeEndsTheSend) {
    answer(200, "fake-token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());
    answer(401, "");
    answer(200, "fake-token-2");
    answer(401, "");
    auto const sent = send();
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(sent->error().delivery, Delivery::not_sent);
    EXPECT_EQ(sent->error().http_status, 401);
    EXPECT_EQ(sent->error().attempts.size(), 2U);
    EXPECT_THAT(targets(), ElementsAre("/token", "/send", "/send", "/token", "/send"));
    EXPECT_EQ(script->remaining(), 0U);
}

TEST_P(SharedToken, ThatHasJustBeenFetchedIsNotRenewed) {
    answer(200, "fake-token-1");
    answer(401, "");
    auto const sent = send();
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().category, ErrorCategory::unauthenticated);
    EXPECT_THAT(targets(), ElementsAre("/token", "/send"));
}

}  // namespace
}  // namespace otp::test
