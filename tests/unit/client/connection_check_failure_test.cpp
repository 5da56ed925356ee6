// A check of connections ends once, and with all reports, whatever its transports do.

#include "unit/client/counted_memory.hpp"
#include "unit/client/plain_vendor.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using ::testing::HasSubstr;

/// Longer than what a string holds without memory of its own.
std::string const first_name = "an-instance-with-a-long-name-1";
std::string const second_name = "an-instance-with-a-long-name-2";

/// Does what the test says with a check.
class CheckedTransport final : public Transport {
public:
    void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler) override {
        FAIL() << "a request was sent";
    }
    void async_check_connection(ReportHandler handler) override {
        if (conduct) conduct();
        if (ends_at_once) return std::move(handler)(ConnectionReport());
        held.emplace(std::move(handler));
    }
    void close() noexcept override {}

    void end() {
        auto handler = std::move(*held);
        held.reset();
        std::move(handler)(ConnectionReport());
    }

    std::function<void()> conduct;
    bool ends_at_once{true};
    std::optional<ReportHandler> held;
};

class ConnectionCheckFailure : public ::testing::TestWithParam<Threading> {
protected:
    using Outcome = Result<std::vector<ConnectionReport>>;

    void make_client() {
        ClientOptions options;
        options.threading = GetParam();
        options.vendors = plain_registry(std::make_shared<PlainVendorConduct>());
        options.clock = std::make_shared<testing::ManualClock>();
        options.environment = nullptr;
        options.transport = [this](TransportSettings const& settings) {
            auto const& made = settings.instance.name == first_name ? first : second;
            return Result<std::shared_ptr<Transport>>(made);
        };
        client.emplace(
            context.get_executor(), plain_config({first_name, second_name}), std::move(options)
        );
    }
    auto keep() {
        return [this](Outcome made) {
            ++completions;
            outcome.emplace(std::move(made));
        };
    }
    void settle() {
        context.restart();
        context.poll();
    }

    asio::io_context context{1};
    std::shared_ptr<CheckedTransport> first{std::make_shared<CheckedTransport>()};
    std::shared_ptr<CheckedTransport> second{std::make_shared<CheckedTransport>()};
    std::optional<OtpClient> client;
    std::optional<Outcome> outcome;
    int completions{0};
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    ConnectionCheckFailure,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(ConnectionCheckFailure, LeavesTheOrderOfTheReports) {
    second->ends_at_once = false;
    first->ends_at_once = false;
    make_client();
    client->async_check_connections(keep());
    settle();
    second->end();
    settle();
    EXPECT_FALSE(outcome);
    first->end();
    settle();
    ASSERT_TRUE(outcome && *outcome);
    ASSERT_EQ((*outcome)->size(), 2U);
    EXPECT_EQ((**outcome)[0].instance, first_name);
    EXPECT_EQ((**outcome)[1].instance, second_name);
    EXPECT_FALSE((**outcome)[0].failure);
    EXPECT_EQ((**outcome)[0].vendor, "plain");
}

TEST_P(ConnectionCheckFailure, IsNoneIfOneTransportIsFasterThanTheCall) {
    second->ends_at_once = false;
    make_client();
    client->async_check_connections(keep());
    settle();
    EXPECT_FALSE(outcome);
    second->end();
    settle();
    EXPECT_TRUE(outcome && *outcome);
    EXPECT_EQ(completions, 1);
}

TEST_P(ConnectionCheckFailure, OfATransportThatThrowsIsInItsReport) {
    first->conduct = [] { throw std::bad_alloc(); };
    make_client();
    client->async_check_connections(keep());
    settle();
    ASSERT_TRUE(outcome && *outcome);
    ASSERT_EQ((*outcome)->size(), 2U);
    auto const& failure = (**outcome)[0].failure;
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->category, ErrorCategory::connect_failed);
    EXPECT_EQ(failure->message, "checking a connection failed: out of memory");
    EXPECT_EQ(failure->instance, first_name);
    EXPECT_EQ(failure->vendor, "plain");
    EXPECT_FALSE((**outcome)[1].failure);
    EXPECT_EQ(completions, 1);
}

TEST_P(ConnectionCheckFailure, OfAllTransportsIsInEachReport) {
    first->conduct = [] { throw std::runtime_error("thrown by the test"); };
    second->conduct = first->conduct;
    make_client();
    client->async_check_connections(keep());
    settle();
    ASSERT_TRUE(outcome && *outcome);
    for (auto const& report : **outcome) {
        ASSERT_TRUE(report.failure);
        EXPECT_EQ(report.failure->category, ErrorCategory::internal);
    }
    EXPECT_EQ(completions, 1);
}

TEST_P(ConnectionCheckFailure, ForWantOfMemoryIsToldOnce) {
    for (int allocation = 1; allocation < 1000; ++allocation) {
        SCOPED_TRACE(allocation);
        make_client();
        outcome.reset();
        completions = 0;
        asio::cancellation_signal signal;
        asio::any_completion_handler<OtpClient::CheckSignature> handler(
            asio::bind_cancellation_slot(signal.slot(), keep())
        );
        bool failed = false;
        context.restart();
        {
            FailingAllocation const failing(allocation);
            EXPECT_NO_THROW(client->async_check_connections(std::move(handler)));
            EXPECT_EQ(completions, 0);
            EXPECT_NO_THROW(context.poll());
            failed = failing.has_failed();
        }
        settle();
        ASSERT_EQ(completions, 1);
        if (outcome->has_error()) {
            EXPECT_EQ(outcome->error().category, ErrorCategory::connect_failed);
            EXPECT_THAT(outcome->error().message, HasSubstr("out of memory"));
        } else {
            ASSERT_EQ((*outcome)->size(), 2U);
            for (auto const& report : **outcome) {
                if (!report.failure) {
                    EXPECT_FALSE(report.instance.empty());
                } else {
                    EXPECT_EQ(report.failure->category, ErrorCategory::connect_failed);
                    EXPECT_THAT(report.failure->message, HasSubstr("out of memory"));
                }
            }
        }
        if (!failed) return;
    }
    FAIL() << "connections are checked with fewer allocations";
}

}  // namespace
}  // namespace otp::test
