// A client tries the ways of all its instances at once.
#include <otp/client.hpp>
#include <otp/seam/transport.hpp>
#include <otp/testing/manual_clock.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using ::testing::ElementsAre;

/// Keeps every check until the test completes it, or it is cancelled.
class HeldChecks final : public Transport {
public:
    explicit HeldChecks(std::string url) : url_(std::move(url)) {}

    void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler) override {
        FAIL() << "a request was sent";
    }
    void async_check_connection(ReportHandler handler) override {
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        ASSERT_TRUE(slot.is_connected());
        slot.assign([this](boost::asio::cancellation_type) {
            complete(Error(ErrorCategory::cancelled));
        });
        handler_.emplace(std::move(handler));
    }
    void close() noexcept override {
        if (handler_) complete(Error(ErrorCategory::cancelled));
    }

    void complete(std::optional<Error> failure = {}) {
        ConnectionReport report;
        report.origin = url_;
        report.failure = std::move(failure);
        auto handler = std::move(*handler_);
        handler_.reset();
        std::move(handler)(std::move(report));
    }
    [[nodiscard]] bool waits() const { return handler_.has_value(); }

private:
    std::string url_;
    std::optional<ReportHandler> handler_;
};

class ClientConnectionChecks : public ::testing::Test {
protected:
    using Outcome = Result<std::vector<ConnectionReport>>;

    void add(std::string name, std::string vendor, std::map<std::string, std::string> credentials) {
        InstanceConfig instance;
        instance.name = std::move(name);
        instance.vendor = std::move(vendor);
        instance.environment = instance.vendor == "10npay" ? "test" : "";
        for (auto const& [key, value] : credentials) {
            instance.credentials.emplace(key, Secret(value));
        }
        config.instances.push_back(std::move(instance));
    }
    void add_all() {
        add("b", "spherepay", {{"api_key", "fake-key"}});
        add("c", "10npay", {{"client_id", "fake-id"}, {"client_secret", "fake-secret"}});
        add("a", "loyaltydog", {{"username", "fake-user"}, {"password", "fake-password"}});
    }

    OtpClient& client() {
        if (!client_) {
            ClientOptions options;
            options.environment = nullptr;
            options.clock = std::make_shared<testing::ManualClock>();
            options.transport = [this](TransportSettings const& settings
                                ) -> Result<std::shared_ptr<Transport>> {
                if (!opens_connections) return std::shared_ptr<Transport>(new OpensNone);
                auto const made = std::make_shared<HeldChecks>(settings.base_url);
                transports.push_back(made);
                return std::shared_ptr<Transport>(made);
            };
            client_.emplace(context.get_executor(), std::move(config), std::move(options));
        }
        return *client_;
    }
    void close_client() { client_.reset(); }

    void begin() {
        client().async_check_connections(boost::asio::bind_cancellation_slot(
            cancellation.slot(),
            [this](Outcome made) {
                ASSERT_FALSE(outcome) << "completed twice";
                outcome.emplace(std::move(made));
            }
        ));
        EXPECT_FALSE(outcome) << "completed inside the call";
        settle();
    }
    void settle() {
        context.restart();
        context.poll();
    }

    /// The origins, those of token endpoints in brackets.
    std::vector<std::string> origins() const {
        std::vector<std::string> all;
        for (auto const& report : **outcome) {
            all.push_back(
                report.instance + " (" + report.vendor +
                "): " + (report.is_token_endpoint ? '[' + report.origin + ']' : report.origin)
            );
        }
        return all;
    }

    class OpensNone final : public Transport {
        void async_exchange(HttpRequest, Clock::TimePoint, ExchangeHandler) override {}
        void close() noexcept override {}
    };

    boost::asio::io_context context{1};
    ClientConfig config;
    bool opens_connections{true};
    std::vector<std::shared_ptr<HeldChecks>> transports;
    boost::asio::cancellation_signal cancellation;
    std::optional<Outcome> outcome;

private:
    std::optional<OtpClient> client_;
};

TEST_F(ClientConnectionChecks, AreOneForEachOrigin) {
    add_all();
    begin();
    int waiting = 0;
    for (auto const& transport : transports) {
        if (!transport->waits()) continue;
        ++waiting;
        EXPECT_FALSE(outcome);
        transport->complete();
        settle();
    }
    // All had begun at once. LoyaltyDog's token endpoint is at the origin of its requests.
    EXPECT_EQ(waiting, 4);
    EXPECT_EQ(transports.size(), 5U);
    ASSERT_TRUE(outcome);
    EXPECT_THAT(
        origins(),
        ElementsAre(
            "a (loyaltydog): https://api.loyalty.dog",
            "b (spherepay): https://api.spherepay.co",
            "c (10npay): https://api-test.10npay.com",
            "c (10npay): [https://auth-test.10npay.com]"
        )
    );
}

TEST_F(ClientConnectionChecks, TellWhoseFailureItIs) {
    add("b", "spherepay", {{"api_key", "fake-key"}});
    begin();
    transports.front()->complete(Error(ErrorCategory::connect_failed, "refused"));
    settle();
    auto const& failure = (*outcome)->front().failure;
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->instance, "b");
    EXPECT_EQ(failure->vendor, "spherepay");
}

TEST_F(ClientConnectionChecks, EndWhenTheyAreCancelled) {
    add_all();
    begin();
    cancellation.emit(boost::asio::cancellation_type::terminal);
    settle();
    ASSERT_TRUE(outcome);
    for (auto const& report : **outcome) {
        ASSERT_TRUE(report.failure);
        EXPECT_EQ(report.failure->category, ErrorCategory::cancelled);
    }
}

TEST_F(ClientConnectionChecks, EndWithTheClient) {
    add_all();
    begin();
    close_client();
    settle();
    ASSERT_TRUE(outcome);
    EXPECT_EQ((*outcome)->size(), 4U);
}

TEST_F(ClientConnectionChecks, AreNotBegunByAClientThatIsShutDown) {
    add_all();
    client().async_shutdown(std::chrono::seconds(0), [](boost::system::error_code) {});
    settle();
    begin();
    ASSERT_TRUE(outcome);
    ASSERT_TRUE(outcome->has_error());
    EXPECT_EQ(outcome->error().category, ErrorCategory::cancelled);
}

TEST_F(ClientConnectionChecks, HoldAShutdownUp) {
    add("b", "spherepay", {{"api_key", "fake-key"}});
    begin();
    bool down = false;
    client().async_shutdown(std::chrono::seconds(5), [&](boost::system::error_code) {
        down = true;
    });
    settle();
    EXPECT_FALSE(down);
    transports.front()->complete();
    settle();
    EXPECT_TRUE(down);
    EXPECT_TRUE(outcome);
}

TEST_F(ClientConnectionChecks, OfATransportWithoutConnectionsAreUnsupported) {
    opens_connections = false;
    add_all();
    begin();
    ASSERT_TRUE(outcome);
    for (auto const& report : **outcome) {
        ASSERT_TRUE(report.failure);
        EXPECT_EQ(report.failure->category, ErrorCategory::unsupported);
    }
}

}  // namespace
}  // namespace otp::test
