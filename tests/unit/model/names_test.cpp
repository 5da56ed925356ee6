#include <otp/channel.hpp>
#include <otp/decision.hpp>
#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/instance_health.hpp>
#include <otp/observer.hpp>
#include <otp/route_config.hpp>
#include <otp/verify_otp.hpp>

#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace otp {
namespace {

constexpr int category_count = static_cast<int>(ErrorCategory::internal) + 1;

/// Each enumerator's name, from the first to `last`; a forgotten one shows as a repeated name.
template <class Enumeration>
std::set<std::string_view> names_up_to(Enumeration last) {
    std::set<std::string_view> names;
    for (int value = 0; value <= static_cast<int>(last); ++value) {
        names.insert(to_string(static_cast<Enumeration>(value)));
    }
    return names;
}

TEST(Delivery, HasStableNames) {
    EXPECT_EQ(
        names_up_to(Delivery::accepted),
        (std::set<std::string_view>{"not_sent", "unknown", "accepted"})
    );
    EXPECT_EQ(to_string(Delivery::not_sent), "not_sent");
    EXPECT_EQ(to_string(Delivery::unknown), "unknown");
    EXPECT_EQ(to_string(Delivery::accepted), "accepted");
}

TEST(Delivery, OfARefusalIsCertainOnlyFor4xxAndForWhatIsToBeMadeElsewhere) {
    for (int status = 0; status < 700; ++status) {
        bool const certain = status == 307 || status == 308 || status / 100 == 4;
        EXPECT_EQ(delivery_of_refusal(status), certain ? Delivery::not_sent : Delivery::unknown)
            << status;
    }
    EXPECT_EQ(delivery_of_refusal(-1), Delivery::unknown);
}

TEST(Channel, HasStableNamesThatAreReadBack) {
    EXPECT_EQ(to_string(Channel::sms), "sms");
    EXPECT_EQ(to_string(Channel::email), "email");
    EXPECT_EQ(to_string(Channel::whatsapp), "whatsapp");
    for (auto const channel : {Channel::sms, Channel::email, Channel::whatsapp}) {
        EXPECT_EQ(parse_channel(to_string(channel)), channel);
    }
}

TEST(Channel, IsNotGuessed) {
    for (auto const* const text : {"", "SMS", "sms ", "phone", "unknown", "whats_app"}) {
        EXPECT_EQ(parse_channel(text), std::nullopt) << text;
    }
}

TEST(Decision, HasStableNames) {
    EXPECT_EQ(to_string(Decision::finish), "finish");
    EXPECT_EQ(to_string(Decision::retry), "retry");
    EXPECT_EQ(to_string(Decision::renew_token), "renew_token");
    EXPECT_EQ(to_string(Decision::next_instance), "next_instance");
    EXPECT_EQ(to_string(Decision::skip), "skip");
    EXPECT_EQ(to_string(Decision::confirm), "confirm");
}

constexpr int reason_count = static_cast<int>(DecisionReason::failed_here) + 1;

TEST(DecisionReason, HasStableNames) {
    std::vector<std::string_view> names;
    for (int value = 0; value < reason_count; ++value) {
        names.push_back(to_string(static_cast<DecisionReason>(value)));
    }
    EXPECT_THAT(
        names,
        testing::ElementsAre(
            "not_sent",
            "throttled",
            "account_refused",
            "vendor_failed",
            "retry_documented",
            "failover_allowed",
            "token_refused",
            "needs_confirmation",
            "cannot_serve",
            "resting",
            "breaker_open",
            "isolated",
            "succeeded",
            "refused",
            "may_have_been_sent",
            "no_instance_left",
            "attempts_used_up",
            "budget_empty",
            "deadline_too_near",
            "deadline_exceeded",
            "cancelled",
            "failed_here"
        )
    );
}

TEST(DecisionReason, HasADescriptionEach) {
    std::set<std::string_view> descriptions;
    for (int value = 0; value < reason_count; ++value) {
        auto const text = describe(static_cast<DecisionReason>(value));
        ASSERT_FALSE(text.empty()) << value;
        EXPECT_NE(text.back(), '.') << text;
        EXPECT_EQ(text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), text.npos) << text;
        EXPECT_NE(text, "an unknown reason") << value;
        descriptions.insert(text);
    }
    EXPECT_EQ(descriptions.size(), static_cast<std::size_t>(reason_count));
    EXPECT_EQ(describe(DecisionReason::not_sent), "the request did not reach the vendor");
    EXPECT_EQ(describe(DecisionReason::failed_here), "something failed on this machine");
}

TEST(BreakerState, HasStableNames) {
    EXPECT_EQ(to_string(BreakerState::closed), "closed");
    EXPECT_EQ(to_string(BreakerState::open), "open");
    EXPECT_EQ(to_string(BreakerState::half_open), "half_open");
    EXPECT_EQ(to_string(BreakerState::isolated), "isolated");
}

TEST(OperationKind, HasStableNames) {
    EXPECT_EQ(to_string(OperationKind::send), "send");
    EXPECT_EQ(to_string(OperationKind::verify), "verify");
}

TEST(RouteStrategy, HasStableNames) {
    EXPECT_EQ(to_string(RouteStrategy::in_order), "in_order");
    EXPECT_EQ(to_string(RouteStrategy::round_robin), "round_robin");
    EXPECT_EQ(to_string(RouteStrategy::weighted), "weighted");
}

TEST(OnUnknown, HasStableNames) {
    EXPECT_EQ(to_string(OnUnknown::stop), "stop");
    EXPECT_EQ(to_string(OnUnknown::retry_if_documented), "retry_if_documented");
    EXPECT_EQ(to_string(OnUnknown::failover), "failover");
}

TEST(ExchangePhase, HasStableNames) {
    EXPECT_EQ(to_string(ExchangePhase::queued), "queued");
    EXPECT_EQ(to_string(ExchangePhase::resolving), "resolving");
    EXPECT_EQ(to_string(ExchangePhase::connecting), "connecting");
    EXPECT_EQ(to_string(ExchangePhase::tunnelling), "tunnelling");
    EXPECT_EQ(to_string(ExchangePhase::handshaking), "handshaking");
    EXPECT_EQ(to_string(ExchangePhase::writing), "writing");
    EXPECT_EQ(to_string(ExchangePhase::waiting), "waiting");
    EXPECT_EQ(to_string(ExchangePhase::reading), "reading");
    EXPECT_EQ(to_string(ExchangePhase::done), "done");
}

TEST(Outcome, HasStableNames) {
    using Outcome = Verification::Outcome;
    EXPECT_EQ(to_string(Outcome::approved), "approved");
    EXPECT_EQ(to_string(Outcome::wrong_code), "wrong_code");
    EXPECT_EQ(to_string(Outcome::expired), "expired");
    EXPECT_EQ(to_string(Outcome::too_many_attempts), "too_many_attempts");
    EXPECT_EQ(to_string(Outcome::rejected), "rejected");
}

TEST(Outcome, OnlyApprovedIsApproved) {
    using Outcome = Verification::Outcome;
    EXPECT_TRUE(Verification(Outcome::approved).approved());
    for (auto const outcome :
         {Outcome::wrong_code, Outcome::expired, Outcome::too_many_attempts, Outcome::rejected}) {
        EXPECT_FALSE(Verification(outcome).approved()) << to_string(outcome);
    }
}

TEST(ErrorCategory, HasTheDocumentedNames) {
    std::set<std::string_view> const documented{
        "invalid_request",
        "invalid_recipient",
        "recipient_not_found",
        "recipient_conflict",
        "recipient_throttled",
        "destination_blocked",
        "blocked_by_fraud_guard",
        "unsupported",
        "config_invalid",
        "unauthenticated",
        "permission_denied",
        "quota_exhausted",
        "rate_limited",
        "unavailable",
        "provider_error",
        "bad_response",
        "connect_failed",
        "tls_failed",
        "timeout",
        "connection_lost",
        "circuit_open",
        "deadline_exceeded",
        "cancelled",
        "no_route",
        "internal"};
    EXPECT_EQ(names_up_to(ErrorCategory::internal), documented);
    EXPECT_EQ(documented.size(), static_cast<std::size_t>(category_count));
    EXPECT_EQ(to_string(ErrorCategory::rate_limited), "rate_limited");
    EXPECT_EQ(to_string(ErrorCategory::internal), "internal");
}

TEST(ErrorCategory, HasADescriptionEach) {
    std::set<std::string_view> descriptions;
    for (int value = 0; value < category_count; ++value) {
        auto const text = describe(static_cast<ErrorCategory>(value));
        ASSERT_FALSE(text.empty()) << value;
        EXPECT_NE(text.back(), '.') << text;
        EXPECT_FALSE(std::isupper(static_cast<unsigned char>(text.front()))) << text;
        EXPECT_NE(text, "an unknown error") << value;
        descriptions.insert(text);
    }
    EXPECT_EQ(descriptions.size(), static_cast<std::size_t>(category_count));
}

}  // namespace
}  // namespace otp
