#include "http/host_addresses.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace otp::http {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using Endpoints = NameResolver::Endpoints;

Endpoints address(char const* text) {
    return {{asio::ip::make_address(text), 443}};
}

/// Answers when the test says so.
class HeldResolver final : public NameResolver {
public:
    void async_resolve(asio::any_io_executor const&, std::string, std::uint16_t, Handler handler)
        override {
        ++lookups;
        if (fails) throw std::bad_alloc();
        held_.push_back(std::move(handler));
    }

    void answer(boost::system::error_code error, Endpoints endpoints = {}) {
        auto handler = std::move(held_.front());
        held_.erase(held_.begin());
        std::move(handler)(error, std::move(endpoints));
    }
    void answer(Endpoints endpoints) { answer({}, std::move(endpoints)); }

    [[nodiscard]] bool can_be_cancelled() const {
        return asio::get_associated_cancellation_slot(held_.front()).is_connected();
    }

    int lookups{0};
    bool fails{false};

private:
    std::vector<Handler> held_;
};

class HostAddressesTest : public testing::Test {
protected:
    using Lookup = std::shared_ptr<HostAddresses::Lookup const>;

    Lookup look_up() {
        return addresses->look_up([this] { ++told; });
    }
    void know(Endpoints endpoints) {
        auto const lookup = look_up();
        resolver->answer(std::move(endpoints));
    }
    std::shared_ptr<HostAddresses> of(char const* host) {
        return std::make_shared<HostAddresses>(context.get_executor(), resolver, clock, host, 443);
    }

    asio::io_context context;
    std::shared_ptr<HeldResolver> resolver = std::make_shared<HeldResolver>();
    std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>();
    std::shared_ptr<HostAddresses> addresses = of("api.example.com");
    int told{0};
};

TEST_F(HostAddressesTest, AnAddressNeedsNoLookup) {
    EXPECT_EQ(of("127.0.0.1")->at_hand(), address("127.0.0.1"));
    EXPECT_EQ(of("::1")->at_hand(), address("::1"));
    EXPECT_EQ(resolver->lookups, 0);
}

TEST_F(HostAddressesTest, OneLookupServesAllWhoWait) {
    EXPECT_EQ(addresses->at_hand(), std::nullopt);
    std::vector<Lookup> const lookups{look_up(), look_up(), look_up()};
    EXPECT_EQ(resolver->lookups, 1);
    EXPECT_FALSE(lookups[0]->done);
    resolver->answer(address("203.0.113.1"));
    EXPECT_EQ(told, 3);
    for (auto const& lookup : lookups) {
        EXPECT_TRUE(lookup->done);
        EXPECT_EQ(lookup->endpoints, address("203.0.113.1"));
    }
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
}

TEST_F(HostAddressesTest, ALateAnswerIsKeptAlthoughNobodyWaits) {
    look_up().reset();
    clock->advance(1h);
    resolver->answer(address("203.0.113.1"));
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    clock->advance(HostAddresses::freshness - 1ms);
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    EXPECT_EQ(resolver->lookups, 1);
}

TEST_F(HostAddressesTest, OldOnesServeWhileTheyAreLookedUpAnew) {
    know(address("203.0.113.1"));
    clock->advance(HostAddresses::freshness);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    EXPECT_EQ(resolver->lookups, 2);
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.2"));
}

TEST_F(HostAddressesTest, WithoutAnAnswerOldOnesServeForSomeMinutesOnly) {
    know(address("203.0.113.1"));
    clock->advance(HostAddresses::usefulness - 1ms);
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    resolver->answer(asio::error::host_not_found_try_again);
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    resolver->answer(asio::error::host_not_found_try_again);
    clock->advance(1ms);
    EXPECT_EQ(addresses->at_hand(), std::nullopt);
    auto const lookup = look_up();
    resolver->answer(asio::error::host_not_found_try_again);
    EXPECT_TRUE(lookup->done);
    EXPECT_EQ(lookup->error, asio::error::host_not_found_try_again);
    EXPECT_TRUE(lookup->endpoints.empty());
}

TEST_F(HostAddressesTest, AHostThatIsGoneHasNone) {
    for (auto const& gone : {boost::system::error_code(asio::error::host_not_found), {}}) {
        know(address("203.0.113.1"));
        clock->advance(HostAddresses::freshness);
        EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
        resolver->answer(gone);
        EXPECT_EQ(addresses->at_hand(), std::nullopt);
        auto const lookup = look_up();
        resolver->answer(gone);
        EXPECT_EQ(lookup->error, gone);
        EXPECT_TRUE(lookup->endpoints.empty());
    }
}

TEST_F(HostAddressesTest, WhatCannotBeConnectedToIsLookedUp) {
    know(address("203.0.113.1"));
    addresses->distrust();
    EXPECT_EQ(addresses->at_hand(), std::nullopt);
    auto const lookup = look_up();
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(lookup->endpoints, address("203.0.113.2"));
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.2"));
}

TEST_F(HostAddressesTest, WhereNobodyAnswersOldOnesAreBetterThanNone) {
    know(address("203.0.113.1"));
    addresses->distrust();
    auto const lookup = look_up();
    resolver->answer(asio::error::host_not_found_try_again);
    EXPECT_EQ(lookup->endpoints, address("203.0.113.1"));
    // They are not trusted by that.
    EXPECT_EQ(addresses->at_hand(), std::nullopt);
}

TEST_F(HostAddressesTest, AFailureIsNotKept) {
    auto const first = look_up();
    resolver->answer(asio::error::host_not_found);
    auto const second = look_up();
    EXPECT_EQ(resolver->lookups, 2);
    resolver->answer(address("203.0.113.1"));
    EXPECT_TRUE(first->endpoints.empty());
    EXPECT_EQ(second->endpoints, address("203.0.113.1"));
    EXPECT_EQ(told, 2);
}

TEST_F(HostAddressesTest, WhoIsToldMayAskAgain) {
    Lookup again;
    auto const lookup = addresses->look_up([&] { again = look_up(); });
    resolver->answer(asio::error::host_not_found);
    EXPECT_TRUE(lookup->done);
    ASSERT_NE(again, nullptr);
    EXPECT_FALSE(again->done);
    resolver->answer(address("203.0.113.1"));
    EXPECT_TRUE(again->done);
}

TEST_F(HostAddressesTest, ALookupThatCannotBeginIsNoneUnderWay) {
    resolver->fails = true;
    EXPECT_THROW(static_cast<void>(look_up()), std::bad_alloc);
    resolver->fails = false;
    know(address("203.0.113.1"));
    clock->advance(HostAddresses::freshness);
    resolver->fails = true;
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    resolver->fails = false;
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.1"));
    resolver->answer(address("203.0.113.2"));
    EXPECT_EQ(addresses->at_hand(), address("203.0.113.2"));
}

TEST_F(HostAddressesTest, AnAnswerMayOutliveThem) {
    auto const lookup = look_up();
    EXPECT_TRUE(resolver->can_be_cancelled());
    addresses->close();
    addresses.reset();
    resolver->answer(address("203.0.113.1"));
    EXPECT_FALSE(lookup->done);
    EXPECT_EQ(told, 0);
}

}  // namespace
}  // namespace otp::http
