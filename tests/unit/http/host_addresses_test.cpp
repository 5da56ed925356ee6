#include "http/connect/host_addresses.hpp"

#include "http/connect/address_order.hpp"
#include "unit/http/held_resolver.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstddef>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace otp::http {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using boost::system::error_code;
using Addresses = HostAddresses::Addresses;
using Endpoints = NameResolver::Endpoints;
using Wait = std::shared_ptr<HostAddresses::Wait const>;

/// What was found, or nothing.
Endpoints endpoints_of(Addresses const& addresses) {
    return addresses ? *addresses : Endpoints();
}

class HostAddressesTest : public ::testing::Test {
protected:
    Wait look_up() {
        return addresses->look_up([this] { ++told; });
    }
    Addresses know(Endpoints endpoints) {
        auto const wait = look_up();
        resolver->answer(std::move(endpoints));
        return wait->addresses();
    }
    Endpoints at_hand() { return endpoints_of(addresses->at_hand()); }
    std::shared_ptr<HostAddresses> of(char const* host) {
        return std::make_shared<HostAddresses>(context.get_executor(), resolver, clock, host, 443);
    }

    asio::io_context context;
    std::shared_ptr<HeldResolver> resolver = std::make_shared<HeldResolver>();
    std::shared_ptr<otp::testing::ManualClock> clock =
        std::make_shared<otp::testing::ManualClock>();
    std::shared_ptr<HostAddresses> addresses = of("api.example.com");
    int told{0};
};

TEST_F(HostAddressesTest, AnAddressNeedsNoLookup) {
    for (auto const* const text : {"127.0.0.1", "::1", "2001:db8::7"}) {
        auto const literal = of(text);
        EXPECT_EQ(endpoints_of(literal->at_hand()), address(text));
        literal->distrust(literal->at_hand());
        clock->advance(24h);
        EXPECT_EQ(endpoints_of(literal->at_hand()), address(text));
    }
    EXPECT_EQ(resolver->questions, 0);
}

TEST_F(HostAddressesTest, TheResolverIsAskedForTheHostAndThePort) {
    auto const wait = look_up();
    EXPECT_EQ(resolver->last_host, "api.example.com");
    EXPECT_EQ(resolver->last_port, 443);
}

TEST_F(HostAddressesTest, OneLookupServesAThousandWhoWait) {
    EXPECT_EQ(addresses->at_hand(), nullptr);
    std::vector<Wait> waits;
    for (int i = 0; i < 1000; ++i) waits.push_back(look_up());
    EXPECT_EQ(resolver->questions, 1);
    EXPECT_FALSE(waits[0]->is_done());
    resolver->answer(address("203.0.113.1"));
    EXPECT_EQ(told, 1000);
    for (auto const& wait : waits) {
        EXPECT_TRUE(wait->is_done());
        EXPECT_EQ(wait->error(), error_code());
        EXPECT_EQ(endpoints_of(wait->addresses()), address("203.0.113.1"));
    }
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
}

TEST_F(HostAddressesTest, ALateAnswerIsKeptAlthoughNobodyWaits) {
    look_up().reset();
    clock->advance(50s);
    look_up().reset();
    EXPECT_EQ(resolver->questions, 1);
    resolver->answer(address("203.0.113.1"));
    EXPECT_EQ(told, 0) << "who has gone is not told";
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
    clock->advance(HostAddresses::freshness - 1ms);
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
    EXPECT_EQ(resolver->questions, 1);
}

TEST_F(HostAddressesTest, OldOnesServeWhileTheyAreLookedUpAnew) {
    know(address("203.0.113.1"));
    clock->advance(HostAddresses::freshness);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(at_hand(), address("203.0.113.1"));
    EXPECT_EQ(resolver->questions, 2);
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(at_hand(), address("203.0.113.2"));
    clock->advance(HostAddresses::freshness - 1ms);
    EXPECT_EQ(at_hand(), address("203.0.113.2"));
    EXPECT_EQ(resolver->questions, 2);
}

TEST_F(HostAddressesTest, OldOnesServeForAnHourAtMost) {
    know(address("203.0.113.1"));
    clock->advance(HostAddresses::usefulness - 1ms);
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
    clock->advance(1ms);
    EXPECT_EQ(addresses->at_hand(), nullptr);
    EXPECT_EQ(addresses->last_resort(), nullptr);
    auto const wait = look_up();
    resolver->answer(asio::error::host_not_found_try_again);
    EXPECT_TRUE(wait->is_done());
    EXPECT_EQ(wait->error(), asio::error::host_not_found_try_again);
    EXPECT_EQ(wait->addresses(), nullptr);
}

TEST_F(HostAddressesTest, AFailureDoesNotThrowAwayOldOnes) {
    know(address("203.0.113.1"));
    clock->advance(HostAddresses::freshness);
    for (auto const failure :
         {error_code(asio::error::host_not_found_try_again),
          error_code(asio::error::host_not_found),
          error_code()}) {
        auto const questions = resolver->questions;
        EXPECT_EQ(at_hand(), address("203.0.113.1"));
        EXPECT_EQ(resolver->questions, questions + 1) << "each one tries again";
        resolver->answer(failure);
        EXPECT_EQ(at_hand(), address("203.0.113.1"));
        resolver->answer(failure);
    }
}

TEST_F(HostAddressesTest, AFailureIsNotKept) {
    auto const first = look_up();
    resolver->answer(asio::error::host_not_found);
    EXPECT_EQ(first->error(), asio::error::host_not_found);
    auto const second = look_up();
    EXPECT_EQ(resolver->questions, 2);
    resolver->answer(address("203.0.113.1"));
    EXPECT_EQ(first->addresses(), nullptr);
    EXPECT_EQ(endpoints_of(second->addresses()), address("203.0.113.1"));
    EXPECT_EQ(told, 2);
}

TEST_F(HostAddressesTest, WhereNothingIsKnownOnlyALookupAsks) {
    EXPECT_EQ(addresses->at_hand(), nullptr);
    EXPECT_EQ(resolver->questions, 0);
}

TEST_F(HostAddressesTest, WhatComesWithAFailureIsNotBelieved) {
    auto const wait = look_up();
    resolver->answer(asio::error::host_not_found_try_again, address("203.0.113.1"));
    EXPECT_TRUE(wait->is_done());
    EXPECT_EQ(wait->addresses(), nullptr);
    EXPECT_EQ(addresses->at_hand(), nullptr);
}

TEST_F(HostAddressesTest, TheyAreInTheOrderOfAttempts) {
    Endpoints found;
    for (auto const* const text : {"2001:db8::1", "2001:db8::2", "203.0.113.1"}) {
        found.push_back(address(text).front());
    }
    auto const expected = order_of_attempts(found);
    ASSERT_NE(expected, found);
    EXPECT_EQ(endpoints_of(know(found)), expected);
}

TEST_F(HostAddressesTest, WhatCannotBeConnectedToIsLookedUpBeforeItIsUsedAgain) {
    addresses->distrust(know(address("203.0.113.1")));
    EXPECT_EQ(addresses->at_hand(), nullptr);
    auto const wait = look_up();
    EXPECT_EQ(resolver->questions, 2);
    EXPECT_EQ(endpoints_of(addresses->last_resort()), address("203.0.113.1"));
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(endpoints_of(wait->addresses()), address("203.0.113.2"));
    EXPECT_EQ(at_hand(), address("203.0.113.2"));
}

TEST_F(HostAddressesTest, WhatCannotBeLookedUpIsTriedAgainAndTrustedWhenItWorks) {
    auto const old = know(address("203.0.113.1"));
    addresses->distrust(old);
    auto const wait = look_up();
    resolver->answer(asio::error::host_not_found_try_again);
    EXPECT_EQ(wait->addresses(), old);
    EXPECT_EQ(addresses->at_hand(), nullptr) << "not trusted by that alone";
    addresses->trust(old);
    EXPECT_EQ(addresses->at_hand(), old);
}

TEST_F(HostAddressesTest, WhatHasBeenReplacedIsNotJudgedAnyMore) {
    auto const old = know(address("203.0.113.1"));
    auto const renewed = know(address("203.0.113.2"));
    addresses->distrust(old);
    EXPECT_EQ(addresses->at_hand(), renewed);
    addresses->distrust(renewed);
    addresses->trust(old);
    EXPECT_EQ(addresses->at_hand(), nullptr);
}

TEST_F(HostAddressesTest, WhoIsToldMayAskAgain) {
    Wait again;
    auto const wait = addresses->look_up([&] { again = look_up(); });
    resolver->answer(asio::error::host_not_found);
    EXPECT_TRUE(wait->is_done());
    ASSERT_NE(again, nullptr);
    EXPECT_FALSE(again->is_done());
    resolver->answer(address("203.0.113.1"));
    EXPECT_TRUE(again->is_done());
}

TEST_F(HostAddressesTest, ALookupThatNeverEndsIsGivenUp) {
    auto const first = look_up();
    resolver->listen_to_cancellation();
    clock->advance(HostAddresses::time_limit - 1ms);
    auto const second = look_up();
    EXPECT_EQ(resolver->questions, 1);
    clock->advance(1ms);
    auto const third = look_up();
    EXPECT_EQ(resolver->questions, 2);
    EXPECT_EQ(resolver->cancelled, 1);
    // What the one that was given up says now is not believed.
    resolver->answer(asio::error::operation_aborted);
    EXPECT_FALSE(first->is_done());
    EXPECT_FALSE(third->is_done());
    auto const fourth = look_up();
    EXPECT_EQ(resolver->questions, 2);
    resolver->answer(address("203.0.113.1"));
    for (auto const& wait : {first, second, third, fourth}) EXPECT_TRUE(wait->is_done());
    EXPECT_EQ(told, 4);
}

TEST_F(HostAddressesTest, AnAddressFromALookupThatWasGivenUpServes) {
    auto const first = look_up();
    clock->advance(HostAddresses::time_limit);
    auto const second = look_up();
    ASSERT_EQ(resolver->held(), 2U);
    resolver->answer(address("203.0.113.1"));
    EXPECT_TRUE(first->is_done());
    EXPECT_TRUE(second->is_done());
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(at_hand(), address("203.0.113.2"));
}

TEST_F(HostAddressesTest, ALookupThatCannotBeginIsNoneUnderWay) {
    resolver->fails = true;
    EXPECT_THROW(static_cast<void>(look_up()), std::bad_alloc);
    resolver->fails = false;
    know(address("203.0.113.1"));
    EXPECT_EQ(told, 1) << "who was thrown at is not told";
    clock->advance(HostAddresses::freshness);
    resolver->fails = true;
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
    resolver->fails = false;
    EXPECT_EQ(at_hand(), address("203.0.113.1"));
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(at_hand(), address("203.0.113.2"));
}

TEST_F(HostAddressesTest, AResolverMayAnswerInsideTheCall) {
    resolver->answers_at_once = true;
    auto const wait = look_up();
    EXPECT_TRUE(wait->is_done());
    EXPECT_EQ(endpoints_of(wait->addresses()), address("203.0.113.1"));
    addresses->distrust(wait->addresses());
    auto const next = look_up();
    EXPECT_TRUE(next->is_done());
    EXPECT_EQ(resolver->questions, 2);
}

TEST_F(HostAddressesTest, AnAnswerMayOutliveThem) {
    auto const wait = look_up();
    resolver->listen_to_cancellation();
    addresses->close();
    EXPECT_EQ(resolver->cancelled, 1);
    addresses.reset();
    resolver->answer(address("203.0.113.1"));
    EXPECT_FALSE(wait->is_done());
    EXPECT_EQ(told, 0);
}

TEST_F(HostAddressesTest, ALookupDoesNotKeepAContextRunning) {
    auto const wait = look_up();
    context.run();  // Would not return if the executor counted.
    auto const counted =
        asio::prefer(resolver->last_executor, asio::execution::outstanding_work.tracked);
    context.restart();
    context.run();
    // What is there to be run, is run there.
    bool ran = false;
    asio::post(counted, [&] { ran = true; });
    EXPECT_FALSE(ran);
    context.restart();
    context.run();
    EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace otp::http
