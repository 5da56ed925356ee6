// Hints are fitted to each instance that is asked, from what the caller wished, and told of per
// attempt.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class HintsOfARequest : public ClientOfPlainVendor {
protected:
    HintsOfARequest() {
        conduct->hints["main"].expires_in = HonouredHints::ExpiryRange{1min, 5min};
        conduct->hints["main"].device_of_verify.ip_address = true;
    }

    static SendOtp send_for(std::chrono::minutes expiry) {
        auto request = send_request();
        request.expires_in = expiry;
        return request;
    }
    [[nodiscard]] Verified verify_from(std::string address) {
        VerificationHandle handle(instances.front(), "plain", Channel::sms);
        VerifyOtp request(std::move(handle), OtpCode::parse("481592").value());
        request.client.ip_address = std::move(address);
        Verified outcome;
        client().async_verify(std::move(request), [&outcome](Result<Verification> verified) {
            outcome.emplace(std::move(verified));
        });
        settle();
        return outcome;
    }
    /// The header `name` of a request.
    [[nodiscard]] std::string header_of(std::size_t number, std::string_view name) const {
        auto const seen = script->requests();
        for (auto const& header : seen.at(number).request.headers) {
            if (header.name == name) return header.value;
        }
        return "none";
    }
    /// `wish: what was asked for`, of each hint.
    static std::vector<std::string> told(Attempt const& attempt) {
        std::vector<std::string> all;
        for (auto const& hint : attempt.hints) {
            all.push_back(hint.name + ' ' + hint.wanted + ": " + hint.used.value_or("nothing"));
        }
        return all;
    }
};

TEST_F(HintsOfARequest, AreFitted) {
    answer(200, "accepted");
    auto const sent = send(send_for(8min));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ(header_of(0, "Code-Life"), "5");
    EXPECT_THAT(told((*sent)->attempts.at(0)), ElementsAre("expires_in 8m: 5m"));
}

TEST_F(HintsOfARequest, ThatAVendorDoesNotKnowAreLeftOut) {
    conduct->hints.clear();
    answer(200, "accepted");
    auto const sent = send(send_for(8min));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ(header_of(0, "Code-Life"), "none");
    EXPECT_THAT(told((*sent)->attempts.at(0)), ElementsAre("expires_in 8m: nothing"));
}

TEST_F(HintsOfARequest, ThatAreNotThereAreNotInvented) {
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ(header_of(0, "Code-Life"), "none");
    EXPECT_THAT((*sent)->attempts.at(0).hints, IsEmpty());
}

TEST_F(HintsOfARequest, AreFittedToEachInstanceAnew) {
    instances = {"short", "shorter", "long"};
    conduct->hints["short"].expires_in = HonouredHints::ExpiryRange{1min, 5min};
    conduct->hints["shorter"].expires_in = HonouredHints::ExpiryRange{1min, 2min};
    conduct->hints["long"].expires_in = HonouredHints::ExpiryRange{1min, 10min};
    conduct->only_channels = {{"short", Channel::email}, {"shorter", Channel::email}};
    answer(200, "accepted");
    auto request = send_for(8min);
    request.channel = Channel::sms;
    auto const sent = send(std::move(request));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ(header_of(0, "Code-Life"), "8");
    ASSERT_EQ((*sent)->attempts.size(), 3U);
    EXPECT_THAT(told((*sent)->attempts[0]), ElementsAre("expires_in 8m: 5m"));
    EXPECT_THAT(told((*sent)->attempts[1]), ElementsAre("expires_in 8m: 2m"));
    EXPECT_THAT(told((*sent)->attempts[2]), ElementsAre("expires_in 8m: 8m"));
}

TEST_F(HintsOfARequest, AreThereWithATokenToo) {
    conduct->needs_token = true;
    answer(200, "fake-token-1");
    answer(200, "accepted");
    auto const first = send(send_for(8min));
    ASSERT_TRUE(first && *first);
    EXPECT_EQ(header_of(1, "Code-Life"), "5");
    EXPECT_THAT(told((*first)->attempts.at(0)), ElementsAre("expires_in 8m: 5m"));
}

TEST_F(HintsOfARequest, AreToldOfInEachAttemptAtTheSameInstance) {
    conduct->needs_token = true;
    answer(200, "fake-token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());
    answer(401, "");
    answer(200, "fake-token-2");
    answer(200, "accepted");
    auto const sent = send(send_for(8min));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ(header_of(2, "Code-Life"), "5");
    EXPECT_EQ(header_of(4, "Code-Life"), "5");
    ASSERT_EQ((*sent)->attempts.size(), 2U);
    EXPECT_THAT(told((*sent)->attempts[0]), ElementsAre("expires_in 8m: 5m"));
    EXPECT_THAT(told((*sent)->attempts[1]), ElementsAre("expires_in 8m: 5m"));
}

TEST_F(HintsOfARequest, ThatCannotBeMeantAreRefusedBeforeAnythingIsSent) {
    conduct->needs_token = true;
    auto const sent = send(send_for(0min));
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().category, ErrorCategory::invalid_request);
    EXPECT_EQ(sent->error().delivery, Delivery::not_sent);
    ASSERT_EQ(sent->error().violations.size(), 1U);
    EXPECT_EQ(sent->error().violations[0].pointer, "/expires_in");
    EXPECT_THAT(told(sent->error().attempts.at(0)), ElementsAre("expires_in 0m: nothing"));
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(HintsOfARequest, ThatCannotBeMeantAreNoReasonToAskTheNextInstance) {
    instances = {"main", "other"};
    auto const sent = send(send_for(0min));
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().instance, "main");
    EXPECT_EQ(sent->error().attempts.size(), 1U);
}

TEST_F(HintsOfARequest, OfACheckAreFitted) {
    answer(200, "approved");
    auto const verified = verify_from("203.0.113.7:4711");
    ASSERT_TRUE(verified && *verified);
    EXPECT_EQ(header_of(0, "Person"), "203.0.113.7");
    ASSERT_EQ((*verified)->attempts.at(0).hints.size(), 1U);
    EXPECT_EQ((*verified)->attempts.at(0).hints[0].name, "client.ip_address");
    EXPECT_TRUE((*verified)->attempts.at(0).hints[0].used);
}

TEST_F(HintsOfARequest, OfACheckThatAVendorDoesNotKnowAreLeftOut) {
    conduct->hints.clear();
    answer(200, "approved");
    auto const verified = verify_from("203.0.113.7");
    ASSERT_TRUE(verified && *verified);
    EXPECT_EQ(header_of(0, "Person"), "none");
    ASSERT_EQ((*verified)->attempts.at(0).hints.size(), 1U);
    EXPECT_FALSE((*verified)->attempts.at(0).hints[0].used);
}

TEST_F(HintsOfARequest, OfACheckAreToldOfOnceWhereItIsAskedAbout) {
    conduct->confirms = true;
    answer(200, "");
    answer(200, "verified");
    auto const verified = verify_from("203.0.113.7");
    ASSERT_TRUE(verified && *verified);
    ASSERT_EQ((*verified)->attempts.size(), 2U);
    EXPECT_EQ((*verified)->attempts[0].hints.size(), 1U);
    EXPECT_THAT((*verified)->attempts[1].hints, IsEmpty());
}

}  // namespace
}  // namespace otp::test
