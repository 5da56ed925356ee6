#include <otp/seam/transport.hpp>

#include <gtest/gtest.h>
#include <optional>

namespace otp {
namespace {

/// Counts what a derived class is asked for.
class CountingTransport final : public Transport {
public:
    void async_exchange(
        HttpRequest /*request*/, Clock::TimePoint /*deadline*/, ExchangeHandler /*handler*/
    ) override {
        ++exchanges;
    }
    void close() noexcept override {}

    int exchanges{0};
};

TEST(Transport, WarmsNothingUpUnlessItKnowsHow) {
    CountingTransport transport;
    Transport& base = transport;
    base.warm_up(8);
    EXPECT_EQ(transport.exchanges, 0);
}

TEST(Transport, HasNoConnectionsUnlessItSaysSo) {
    CountingTransport const transport;
    Transport const& base = transport;
    EXPECT_EQ(base.connections(), std::nullopt);
}

TEST(HttpExchange, ProvesNothingUntilItIsTold) {
    HttpExchange const exchange(HttpResponse(204, {}, ""));
    EXPECT_EQ(exchange.outcome->status, 204);
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_FALSE(exchange.reused_connection);
}

TEST(HttpExchange, IsDoneIfItWasAnswered) {
    EXPECT_EQ(HttpExchange(HttpResponse(503, {}, "")).phase, ExchangePhase::done);
    EXPECT_EQ(HttpExchange(Error(ErrorCategory::timeout)).phase, ExchangePhase::queued);
}

}  // namespace
}  // namespace otp
