#include "delivery/roster/token_source.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::delivery {
namespace {

/// Asks for a token, and takes the body for one.
class PlainGrant final : public TokenGrant {
public:
    explicit PlainGrant(std::optional<std::chrono::seconds> lifetime = {}) : lifetime_(lifetime) {}

    [[nodiscard]] std::string const& base_url() const noexcept override { return base_url_; }
    [[nodiscard]] HttpRequest encode() const override {
        return HttpRequest(HttpMethod::post, "/token");
    }
    [[nodiscard]] Result<AccessToken> decode(HttpResponse const& response) const override {
        if (response.status != 200) {
            Error error(ErrorCategory::unauthenticated, "the vendor refused the credentials");
            error.http_status = response.status;
            return error;
        }
        return AccessToken(Secret(response.body), lifetime_);
    }

private:
    std::string base_url_{"https://vendor.example.com"};
    std::optional<std::chrono::seconds> lifetime_;
};

/// Answers every request with the same exchange.
class OneAnswer final : public Transport {
public:
    OneAnswer(boost::asio::any_io_executor executor, HttpExchange exchange)
        : executor_(std::move(executor)), exchange_(std::move(exchange)) {}

    void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler handler) override {
        ++requests;
        boost::asio::post(
            executor_,
            [exchange = exchange_, handler = std::move(handler)]() mutable {
                std::move(handler)(std::move(exchange));
            }
        );
    }
    void close() noexcept override {}

    int requests{0};

private:
    boost::asio::any_io_executor executor_;
    HttpExchange exchange_;
};

class TokenSourceTest : public testing::Test {
protected:
    Result<TokenSource::Lease> fetch(HttpExchange answer, TokenGrant const& grant) {
        transport_ = std::make_shared<OneAnswer>(context_.get_executor(), std::move(answer));
        source_ = std::make_shared<TokenSource>(
            grant, transport_, Clock::system(), context_.get_executor()
        );
        return get();
    }
    Result<TokenSource::Lease> get() {
        std::optional<std::optional<Result<TokenSource::Lease>>> lease;
        boost::asio::co_spawn(
            context_,
            source_->get(Clock::TimePoint::max()),
            [&](std::exception_ptr, std::optional<Result<TokenSource::Lease>> got) {
                lease.emplace(std::move(got));
            }
        );
        context_.restart();
        context_.run();
        return std::move(lease.value().value());
    }

    boost::asio::io_context context_{1};
    std::shared_ptr<OneAnswer> transport_;
    std::shared_ptr<TokenSource> source_;
};

TEST_F(TokenSourceTest, TellsInWhichPhaseTheTokenRequestFailed) {
    PlainGrant const grant;
    for (auto const phase : {ExchangePhase::connecting, ExchangePhase::waiting}) {
        HttpExchange failed(Error(ErrorCategory::timeout, "too late"));
        failed.phase = phase;
        auto const lease = fetch(std::move(failed), grant);
        ASSERT_TRUE(lease.has_error());
        EXPECT_EQ(lease.error().phase, phase);
        EXPECT_EQ(lease.error().delivery, Delivery::not_sent);
    }
    HttpExchange refused(HttpResponse(401, {}, "{}"));
    refused.phase = ExchangePhase::done;
    EXPECT_EQ(fetch(std::move(refused), grant).error().phase, ExchangePhase::done);
}

TEST_F(TokenSourceTest, KeepsATokenOfAnyLifetime) {
    for (auto const lifetime :
         {std::chrono::seconds::max(), std::chrono::seconds(std::chrono::hours(24 * 365 * 300))}) {
        PlainGrant const grant(lifetime);
        ASSERT_TRUE(fetch(HttpExchange(HttpResponse(200, {}, "token")), grant));
        auto const kept = get();
        ASSERT_TRUE(kept);
        EXPECT_TRUE(kept->was_cached);
        EXPECT_EQ(transport_->requests, 1);
    }
}

/// Never answers.
class Silence final : public Transport {
public:
    void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler handler) override {
        handlers_.push_back(std::move(handler));
    }
    /// What waits for an answer holds the source.
    void close() noexcept override { handlers_.clear(); }

private:
    std::vector<ExchangeHandler> handlers_;
};

TEST(TokenSource, LetsAWaiterGoWhoCancels) {
    PlainGrant const grant;
    boost::asio::io_context context(1);
    auto const source = std::make_shared<TokenSource>(
        grant, std::make_shared<Silence>(), Clock::system(), context.get_executor()
    );
    boost::asio::cancellation_signal signal;
    bool done = false;
    boost::asio::co_spawn(
        context,
        source->get(Clock::TimePoint::max()),
        boost::asio::bind_cancellation_slot(
            signal.slot(),
            [&](std::exception_ptr, std::optional<Result<TokenSource::Lease>>) { done = true; }
        )
    );
    context.poll();
    ASSERT_FALSE(done);
    signal.emit(boost::asio::cancellation_type::terminal);
    context.poll();
    EXPECT_TRUE(done);
    source->close();
}

}  // namespace
}  // namespace otp::delivery
