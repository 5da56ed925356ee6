// Whose fault a failure is, for each category, and what follows from it.

#include "delivery/decide/fault.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <optional>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;
using Verdict = Breaker::Verdict;

constexpr auto last_category = ErrorCategory::internal;

Error error_of(ErrorCategory category, Delivery delivery = Delivery::not_sent) {
    Error error(category, "", delivery);
    error.phase = ExchangePhase::done;
    error.http_status = 400;
    return error;
}

TEST(Fault, OfWhatWasNotSentIsThatOfItsCategory) {
    std::map<ErrorCategory, Fault> const faults{
        {ErrorCategory::invalid_request, Fault::request},
        {ErrorCategory::invalid_recipient, Fault::request},
        {ErrorCategory::recipient_not_found, Fault::request},
        {ErrorCategory::recipient_conflict, Fault::request},
        {ErrorCategory::recipient_throttled, Fault::request},
        {ErrorCategory::destination_blocked, Fault::cannot_serve},
        {ErrorCategory::blocked_by_fraud_guard, Fault::request},
        {ErrorCategory::unsupported, Fault::cannot_serve},
        {ErrorCategory::config_invalid, Fault::account},
        {ErrorCategory::unauthenticated, Fault::account},
        {ErrorCategory::permission_denied, Fault::account},
        {ErrorCategory::quota_exhausted, Fault::account},
        {ErrorCategory::rate_limited, Fault::busy},
        {ErrorCategory::unavailable, Fault::busy},
        {ErrorCategory::provider_error, Fault::vendor},
        {ErrorCategory::bad_response, Fault::vendor},
        {ErrorCategory::connect_failed, Fault::network},
        {ErrorCategory::tls_failed, Fault::network},
        {ErrorCategory::timeout, Fault::network},
        {ErrorCategory::connection_lost, Fault::network},
        {ErrorCategory::circuit_open, Fault::vendor},
        {ErrorCategory::deadline_exceeded, Fault::ended},
        {ErrorCategory::cancelled, Fault::ended},
        {ErrorCategory::no_route, Fault::ended},
        {ErrorCategory::internal, Fault::ended}};
    for (int value = 0; value <= static_cast<int>(last_category); ++value) {
        auto const category = static_cast<ErrorCategory>(value);
        ASSERT_TRUE(faults.contains(category)) << to_string(category);
        auto const fault = faults.at(category);
        EXPECT_EQ(fault_of(error_of(category), FailedIn::exchange), fault) << to_string(category);
        // What may have been sent is that first of all, unless nothing could follow anyway.
        auto const open = fault == Fault::ended ? Fault::ended : Fault::unknown;
        EXPECT_EQ(fault_of(error_of(category, Delivery::unknown), FailedIn::exchange), open)
            << to_string(category);
    }
}

TEST(Fault, OfAConnectionIsTheNetworks) {
    // 408 and 421 (RFC 9110), and too many requests under way here.
    for (int const status : {408, 421, 0}) {
        auto error = error_of(ErrorCategory::unavailable);
        error.http_status = status;
        EXPECT_EQ(fault_of(error, FailedIn::exchange), Fault::network) << status;
        EXPECT_FALSE(asks_for_rest(error)) << status;
        EXPECT_EQ(verdict_of(error, Fault::network, 1h), Verdict::none) << status;
    }
}

TEST(Fault, OfEncodingIsTheVendorsLimitOrTheRequests) {
    for (int value = 0; value <= static_cast<int>(last_category); ++value) {
        auto const category = static_cast<ErrorCategory>(value);
        bool const others_may_serve =
            category == ErrorCategory::unsupported || category == ErrorCategory::invalid_recipient;
        EXPECT_EQ(
            fault_of(error_of(category), FailedIn::encoding),
            others_may_serve ? Fault::cannot_serve : Fault::request
        ) << to_string(category);
    }
}

TEST(Fault, GivesTheReasonToGoOn) {
    EXPECT_EQ(reason_to_go_on(Fault::network), DecisionReason::not_sent);
    EXPECT_EQ(reason_to_go_on(Fault::cannot_serve), DecisionReason::cannot_serve);
    EXPECT_EQ(reason_to_go_on(Fault::busy), DecisionReason::throttled);
    EXPECT_EQ(reason_to_go_on(Fault::account), DecisionReason::account_refused);
    EXPECT_EQ(reason_to_go_on(Fault::vendor), DecisionReason::vendor_failed);
    EXPECT_EQ(reason_to_go_on(Fault::unknown), DecisionReason::failover_allowed);
}

TEST(Verdict, TheCallersFaultsAreGoodNewsOfTheVendor) {
    for (auto const category :
         {ErrorCategory::invalid_request,
          ErrorCategory::invalid_recipient,
          ErrorCategory::recipient_not_found,
          ErrorCategory::recipient_conflict,
          ErrorCategory::recipient_throttled,
          ErrorCategory::destination_blocked,
          ErrorCategory::blocked_by_fraud_guard,
          ErrorCategory::unsupported}) {
        auto const error = error_of(category);
        EXPECT_EQ(verdict_of(error, fault_of(error, FailedIn::exchange), 1h), Verdict::good)
            << to_string(category);
    }
}

TEST(Verdict, TheVendorsAndTheAccountsFaultsCount) {
    for (auto const category :
         {ErrorCategory::config_invalid,
          ErrorCategory::unauthenticated,
          ErrorCategory::permission_denied,
          ErrorCategory::quota_exhausted,
          ErrorCategory::unavailable,
          ErrorCategory::provider_error,
          ErrorCategory::bad_response,
          ErrorCategory::timeout,
          ErrorCategory::connection_lost}) {
        auto const error = error_of(category);
        EXPECT_EQ(verdict_of(error, fault_of(error, FailedIn::exchange), 1h), Verdict::failed)
            << to_string(category);
    }
}

TEST(Verdict, OthersSayNothing) {
    for (auto const category :
         {ErrorCategory::rate_limited,
          ErrorCategory::circuit_open,
          ErrorCategory::cancelled,
          ErrorCategory::no_route,
          ErrorCategory::internal}) {
        auto const error = error_of(category);
        EXPECT_EQ(verdict_of(error, fault_of(error, FailedIn::exchange), 1h), Verdict::none)
            << to_string(category);
    }
}

TEST(Verdict, OfADeadlineDependsOnWhetherTheVendorHadTime) {
    struct Case {
        std::optional<ExchangePhase> phase;
        std::chrono::milliseconds elapsed;
        Verdict verdict;
    };
    for (auto const& [phase, elapsed, verdict] :
         {Case{ExchangePhase::waiting, 1000ms, Verdict::failed},
          Case{ExchangePhase::reading, 5s, Verdict::failed},
          Case{ExchangePhase::waiting, 999ms, Verdict::none},
          Case{ExchangePhase::writing, 5s, Verdict::none},
          Case{ExchangePhase::connecting, 5s, Verdict::none},
          Case{std::nullopt, 999ms, Verdict::none},
          // A token did not come.
          Case{std::nullopt, 1000ms, Verdict::failed}}) {
        auto error = error_of(ErrorCategory::deadline_exceeded, Delivery::unknown);
        error.phase = phase;
        EXPECT_EQ(verdict_of(error, Fault::ended, elapsed), verdict) << elapsed.count();
    }
}

TEST(Verdict, OfAConnectionDependsOnHowFarItCame) {
    struct Case {
        std::optional<ExchangePhase> phase;
        Verdict of_lost;
        Verdict of_refused;
    };
    for (auto const& [phase, of_lost, of_refused] :
         {Case{std::nullopt, Verdict::failed, Verdict::none},
          Case{ExchangePhase::queued, Verdict::none, Verdict::could_not_connect},
          Case{ExchangePhase::resolving, Verdict::could_not_connect, Verdict::could_not_connect},
          Case{ExchangePhase::connecting, Verdict::could_not_connect, Verdict::could_not_connect},
          Case{ExchangePhase::tunnelling, Verdict::could_not_connect, Verdict::could_not_connect},
          Case{ExchangePhase::handshaking, Verdict::could_not_connect, Verdict::could_not_connect},
          Case{ExchangePhase::writing, Verdict::failed, Verdict::could_not_connect},
          Case{ExchangePhase::waiting, Verdict::failed, Verdict::could_not_connect}}) {
        for (auto const category : {ErrorCategory::timeout, ErrorCategory::connection_lost}) {
            auto error = error_of(category);
            error.phase = phase;
            EXPECT_EQ(verdict_of(error, Fault::network, 1h), of_lost) << to_string(category);
        }
        for (auto const category : {ErrorCategory::connect_failed, ErrorCategory::tls_failed}) {
            auto error = error_of(category);
            error.phase = phase;
            EXPECT_EQ(verdict_of(error, Fault::network, 1h), of_refused) << to_string(category);
        }
    }
}

TEST(AsksForRest, AThrottledAccountAndAnOutage) {
    EXPECT_TRUE(asks_for_rest(error_of(ErrorCategory::rate_limited)));
    auto error = error_of(ErrorCategory::unavailable, Delivery::unknown);
    error.http_status = 503;
    EXPECT_TRUE(asks_for_rest(error));
    for (auto const category :
         {ErrorCategory::recipient_throttled,
          ErrorCategory::provider_error,
          ErrorCategory::timeout,
          ErrorCategory::quota_exhausted}) {
        EXPECT_FALSE(asks_for_rest(error_of(category))) << to_string(category);
    }
}

}  // namespace
}  // namespace otp::delivery
