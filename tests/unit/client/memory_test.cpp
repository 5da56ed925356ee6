// Where memory is missing at the beginning of an operation, its caller hears of it, once; and with
// one thread a further operation lies where one before it lay.

#include "unit/client/client_fixture.hpp"
#include "unit/client/counted_memory.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/post.hpp>

#include <gmock/gmock.h>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using ::testing::HasSubstr;

/// Answers every request alike, with as little memory as that takes.
class FrugalTransport final : public Transport {
public:
    explicit FrugalTransport(asio::any_io_executor executor) : executor_(std::move(executor)) {}
    void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler handler) override {
        handler_.emplace(std::move(handler));
        asio::post(executor_, [this] { end(); });
    }
    void close() noexcept override {}

private:
    void end() {
        auto handler = std::move(*handler_);
        handler_.reset();
        std::move(handler)(HttpExchange(HttpResponse(200, {}, "accepted")));
    }
    asio::any_io_executor executor_;
    std::optional<ExchangeHandler> handler_;
};

class MemoryOfOperations : public ::testing::TestWithParam<Threading> {
protected:
    void make_client() {
        ClientOptions options;
        options.threading = GetParam();
        options.vendors = plain_registry(std::make_shared<PlainVendorConduct>());
        options.clock = std::make_shared<testing::ManualClock>();
        options.environment = nullptr;
        options.transport = [](TransportSettings const& settings) {
            return Result<std::shared_ptr<Transport>>(
                std::make_shared<FrugalTransport>(settings.executor)
            );
        };
        client.emplace(context.get_executor(), plain_config({"main"}), std::move(options));
    }
    static SendOtp request() { return SendOtp(PhoneNumber::parse("+12025550162").value()); }
    void settle() {
        context.restart();
        context.poll();
    }
    /// The largest block that a send asks for.
    std::size_t largest_of_a_send() {
        bool sent = false;
        forget_allocations();
        client->async_send("login", request(), [&sent](Result<SendReceipt> const& outcome) {
            sent = outcome.has_value();
        });
        settle();
        EXPECT_TRUE(sent);
        return largest_allocation();
    }

    asio::io_context context{1};
    std::optional<OtpClient> client;
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    MemoryOfOperations,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(MemoryOfOperations, ThatIsMissingIsToldOnce) {
    int told = 0;
    for (int allocation = 1; allocation < 1000; ++allocation) {
        SCOPED_TRACE(allocation);
        make_client();
        asio::cancellation_signal signal;
        int completions = 0;
        std::optional<Result<SendReceipt>> outcome;
        asio::any_completion_handler<OtpClient::SendSignature> handler(asio::bind_cancellation_slot(
            signal.slot(),
            [&](Result<SendReceipt> sent) {
                ++completions;
                outcome.emplace(std::move(sent));
            }
        ));
        SendTarget target("login");
        auto asked = request();
        bool failed = false;
        {
            FailingAllocation const failing(allocation);
            EXPECT_NO_THROW(
                client->async_send(std::move(target), std::move(asked), std::move(handler))
            );
            EXPECT_EQ(completions, 0);
            failed = failing.has_failed();
        }
        settle();
        ASSERT_EQ(completions, 1);
        EXPECT_TRUE(failed || *outcome);
        if (!*outcome) {
            ++told;
            EXPECT_EQ(outcome->error().category, ErrorCategory::connect_failed);
            EXPECT_EQ(outcome->error().delivery, Delivery::not_sent);
            EXPECT_THAT(outcome->error().message, HasSubstr("out of memory"));
        }
        if (failed) continue;
        EXPECT_GT(told, 0);
        return;
    }
    FAIL() << "a send is begun with fewer allocations";
}

TEST_P(MemoryOfOperations, ThatIsMissingIsNotThrownByAClosedClient) {
    for (int allocation = 1; allocation < 1000; ++allocation) {
        SCOPED_TRACE(allocation);
        make_client();
        client->async_shutdown(std::chrono::seconds(1), [](boost::system::error_code) {});
        settle();
        int completions = 0;
        asio::any_completion_handler<OtpClient::SendSignature> handler(
            [&](Result<SendReceipt> const& sent) { completions += sent.has_error() ? 1 : 100; }
        );
        SendTarget target("login");
        auto asked = request();
        bool failed = false;
        {
            FailingAllocation const failing(allocation);
            EXPECT_NO_THROW(
                client->async_send(std::move(target), std::move(asked), std::move(handler))
            );
            EXPECT_NO_THROW(settle());
            failed = failing.has_failed();
        }
        settle();
        ASSERT_EQ(completions, 1);
        if (!failed) return;
    }
    FAIL() << "a send is refused with fewer allocations";
}

TEST_P(MemoryOfOperations, ThatIsMissingEndsAShutdownOnceAndTheClientAnyway) {
    for (int allocation = 1; allocation < 1000; ++allocation) {
        SCOPED_TRACE(allocation);
        make_client();
        int completions = 0;
        asio::any_completion_handler<OtpClient::ShutdownSignature> handler(
            [&](boost::system::error_code) { ++completions; }
        );
        bool failed = false;
        {
            FailingAllocation const failing(allocation);
            EXPECT_NO_THROW(client->async_shutdown(std::chrono::seconds(1), std::move(handler)));
            EXPECT_NO_THROW(settle());
            failed = failing.has_failed();
        }
        settle();
        ASSERT_EQ(completions, 1);
        std::optional<Result<SendReceipt>> sent;
        client->async_send("login", request(), [&](Result<SendReceipt> outcome) {
            sent.emplace(std::move(outcome));
        });
        settle();
        ASSERT_TRUE(sent && sent->has_error());
        EXPECT_EQ(sent->error().category, ErrorCategory::cancelled);
        if (!failed) return;
    }
    FAIL() << "a shutdown takes fewer allocations";
}

TEST_P(MemoryOfOperations, IsUsedAgainWithOneThread) {
    make_client();
    static_cast<void>(largest_of_a_send());
    auto const largest = largest_of_a_send();
    // An operation holds its request.
    EXPECT_EQ(largest >= sizeof(SendOtp), GetParam() == Threading::multiple);
}

}  // namespace
}  // namespace otp::test
