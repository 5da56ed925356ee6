#pragma once

#include "delivery/roster/token_source.hpp"
#include "unit/delivery/held_transport.hpp"
#include "unit/delivery/hooked_clock.hpp"
#include "unit/delivery/plain_grant.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <deque>
#include <exception>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace otp::test {

/// A source of tokens in virtual time, and those who ask it.
class TokenSourceTest : public ::testing::Test {
protected:
    using Lease = delivery::TokenSource::Lease;

    /// Somebody who asked for a token.
    struct Asker {
        [[nodiscard]] bool waits() const { return !outcome && !thrown; }
        [[nodiscard]] Lease const& lease() const { return outcome.value().value(); }
        [[nodiscard]] std::string_view token() const { return lease().token->reveal(); }
        [[nodiscard]] Error error() const { return outcome.value().error(); }

        std::optional<Result<Lease>> outcome;
        std::exception_ptr thrown;
        int ends{0};
        boost::asio::cancellation_signal cancellation;
    };

    void TearDown() override {
        grant.at_encode = nullptr;
        transport->at_request = nullptr;
        while (transport->waits()) {
            transport->fail(Error(ErrorCategory::cancelled), ExchangePhase::queued, 0);
            settle();
        }
        clock->manual.advance(std::chrono::hours(24));
        settle();
        for (auto const& asker : askers) EXPECT_EQ(asker.ends, 1);
    }

    Asker& ask(std::chrono::seconds time_limit = std::chrono::hours(1)) {
        auto& asker = askers.emplace_back();
        boost::asio::co_spawn(
            context,
            source->get(clock->now() + time_limit),
            boost::asio::bind_cancellation_slot(
                asker.cancellation.slot(),
                [&asker](std::exception_ptr thrown, std::optional<Result<Lease>> outcome) {
                    ++asker.ends;
                    asker.thrown = thrown;
                    asker.outcome = std::move(outcome);
                }
            )
        );
        settle();
        return asker;
    }
    void answer(int status, std::string body, HttpHeaders headers = {}) {
        transport->answer(status, std::move(body), std::move(headers));
        settle();
    }
    void fail(Error error, ExchangePhase phase) {
        transport->fail(std::move(error), phase, 0);
        settle();
    }
    /// Asks for a token that is not there yet, and gets this one.
    Asker& fetch(std::string token) {
        auto& asker = ask();
        answer(200, std::move(token));
        return asker;
    }
    [[nodiscard]] std::size_t fetches() const { return transport->requests.size(); }
    void advance(std::chrono::milliseconds passed) {
        clock->manual.advance(passed);
        settle();
    }
    void settle() {
        context.restart();
        context.poll();
    }

    boost::asio::io_context context{1};
    PlainGrant grant;
    std::shared_ptr<HookedClock> clock{std::make_shared<HookedClock>()};
    std::shared_ptr<HeldTransport> transport{std::make_shared<HeldTransport>()};
    std::shared_ptr<delivery::TokenSource> source{
        std::make_shared<delivery::TokenSource>(grant, transport, clock, context.get_executor())};
    std::deque<Asker> askers;
};

}  // namespace otp::test
