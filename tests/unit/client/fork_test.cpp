// What was under way when the process was forked is the parent's: in the child nothing of it is
// sent, and nothing is said about it that only the parent can know.

#include "support/other_process.hpp"
#include "unit/client/plain_vendor.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using boost::asio::execution_context;
using namespace std::chrono_literals;

/// Keeps every request until the test says how it ends.
class HeldRequests final : public Transport {
public:
    void async_exchange(HttpRequest request, Clock::TimePoint, ExchangeHandler handler) override {
        targets.emplace_back(request.target());
        handlers_.push_back(std::move(handler));
    }
    void async_check_connection(ReportHandler handler) override {
        ++checks;
        checks_.push_back(std::move(handler));
    }
    void warm_up(std::size_t count) override { warmed += count; }
    void close() noexcept override {}
    [[nodiscard]] std::size_t held() const { return handlers_.size(); }

    void end(std::size_t number, HttpExchange exchange) {
        if (auto handler = std::exchange(handlers_.at(number), nullptr)) {
            std::move(handler)(std::move(exchange));
        }
    }

    void end_checks(std::optional<Error> const& failure) {
        for (auto& handler : std::exchange(checks_, {})) {
            ConnectionReport report;
            report.failure = failure;
            std::move(handler)(std::move(report));
        }
    }

    std::vector<std::string> targets;
    std::size_t checks{0};
    std::size_t warmed{0};

private:
    std::vector<ExchangeHandler> handlers_;
    std::vector<ReportHandler> checks_;
};

HttpExchange answer(int status, std::string body) {
    return HttpExchange(HttpResponse(status, {}, std::move(body)));
}

/// As the real transport ends in the child what is the parent's.
HttpExchange left_to_parent() {
    HttpExchange exchange(Error(ErrorCategory::cancelled, "the process was forked"));
    exchange.bytes_taken = 1;
    return exchange;
}

class ForkedClient : public ::testing::TestWithParam<Threading> {
protected:
    using Sent = std::optional<Result<SendReceipt>>;

    // What is held keeps the client, which keeps the transport.
    void TearDown() override {
        for (std::size_t number = 0; number < requests->held(); ++number) {
            requests->end(number, left_to_parent());
            settle();
        }
    }

    void make_client() {
        ClientOptions options;
        options.threading = GetParam();
        options.vendors = plain_registry(conduct);
        options.transport = [this](TransportSettings const&) {
            return Result<std::shared_ptr<Transport>>(requests);
        };
        options.clock = clock;
        options.environment = nullptr;
        client.emplace(context.get_executor(), plain_config({"main"}), std::move(options));
    }
    void begin_send(Sent& into) {
        client->async_send(
            "login",
            SendOtp(PhoneNumber::parse("+12025550162").value()),
            [&into](Result<SendReceipt> sent) {
                ASSERT_FALSE(into) << "completed twice";
                into.emplace(std::move(sent));
            }
        );
    }
    void begin_send_without_token() {
        conduct->needs_token = true;
        make_client();
        begin_send(outcome);
        settle();
        ASSERT_EQ(say(outcome), "none: /token");
    }
    /// Has a token from here on.
    void send_one_before() {
        Sent before;
        begin_send(before);
        settle();
        requests->end(0, answer(200, "fake-token"));
        settle();
        requests->end(1, answer(200, "accepted"));
        settle();
        ASSERT_TRUE(before && *before);
    }
    void settle() {
        context.restart();
        context.poll();
    }

    /// What a child of this moment says.
    template <class Report>
    std::string in_child(Report const& report) {
        context.notify_fork(execution_context::fork_prepare);
        OtherProcess child([&] {
            context.notify_fork(execution_context::fork_child);
            return report();
        });
        context.notify_fork(execution_context::fork_parent);
        return child.said();
    }
    /// The outcome and all requests so far.
    std::string say(Sent const& told) const {
        std::string text;
        if (!told) {
            text = "none";
        } else if (*told) {
            text = "accepted";
        } else {
            text = std::string(to_string(told->error().category)) + ' ' +
                   std::string(to_string(told->error().delivery));
        }
        text += ":";
        for (auto const& target : requests->targets) text += ' ' + target;
        return text;
    }

    boost::asio::io_context context{1};
    std::shared_ptr<testing::ManualClock> clock{std::make_shared<testing::ManualClock>()};
    std::shared_ptr<HeldRequests> requests{std::make_shared<HeldRequests>()};
    std::shared_ptr<PlainVendorConduct> conduct{std::make_shared<PlainVendorConduct>()};
    std::optional<OtpClient> client;
    /// Of the operation that the process is forked beside.
    Sent outcome;
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    ForkedClient,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(ForkedClient, SendsNothingThatWasOnlyAskedForBefore) {
    make_client();
    begin_send(outcome);
    bool const has_begun = !requests->targets.empty();
    EXPECT_EQ(has_begun, GetParam() == Threading::single);
    auto const said = in_child([&] {
        if (has_begun) requests->end(0, left_to_parent());
        settle();
        return say(outcome);
    });
    EXPECT_EQ(said, has_begun ? "cancelled unknown: /send" : "cancelled unknown:");
    settle();
    requests->end(0, answer(200, "accepted"));
    settle();
    EXPECT_EQ(say(outcome), "accepted: /send");
}

TEST_P(ForkedClient, ChecksNoConnectionThatWasOnlyAskedForBefore) {
    make_client();
    std::optional<Result<std::vector<ConnectionReport>>> checked;
    client->async_check_connections([&](Result<std::vector<ConnectionReport>> reports) {
        ASSERT_FALSE(checked) << "completed twice";
        checked.emplace(std::move(reports));
    });
    auto const begun = requests->checks;
    EXPECT_EQ(begun, GetParam() == Threading::single ? 1U : 0U);
    auto const say_checked = [&]() -> std::string {
        if (!checked) return "none";
        auto const& error = *checked ? checked->value().at(0).failure : checked->error();
        return (error ? std::string(to_string(error->category)) : "open") + ": " +
               std::to_string(requests->checks);
    };
    EXPECT_EQ(
        in_child([&] {
            // As the real transport ends in the child what is the parent's.
            requests->end_checks(Error(ErrorCategory::cancelled, "the process was forked"));
            settle();
            return say_checked();
        }),
        "cancelled: " + std::to_string(begun)
    );
    settle();
    requests->end_checks(std::nullopt);
    settle();
    EXPECT_EQ(say_checked(), "open: 1");
}

TEST_P(ForkedClient, ChecksItsOwnConnections) {
    make_client();
    EXPECT_EQ(
        in_child([&] {
            std::string said = "none";
            client->async_check_connections([&](Result<std::vector<ConnectionReport>> reports) {
                said = reports && !reports->at(0).failure ? "open" : "failed";
            });
            settle();
            requests->end_checks(std::nullopt);
            settle();
            return said;
        }),
        "open"
    );
}

TEST_P(ForkedClient, WarmsUpNothingThatWasOnlyAskedForBefore) {
    make_client();
    client->warm_up(2);
    auto const begun = requests->warmed;
    EXPECT_EQ(
        in_child([&] {
            settle();
            return std::to_string(requests->warmed);
        }),
        std::to_string(begun)
    );
    settle();
    EXPECT_EQ(requests->warmed, 2U);
}

TEST_P(ForkedClient, DoesNotSendWithATokenThatItsParentGets) {
    begin_send_without_token();
    // The answer had come before the fork, and had not been looked at.
    EXPECT_EQ(
        in_child([&] {
            requests->end(0, answer(200, "fake-token"));
            settle();
            return say(outcome) + (outcome->error().handle ? " with handle" : "");
        }),
        "cancelled unknown: /token with handle"
    );
    requests->end(0, answer(200, "fake-token"));
    settle();
    EXPECT_EQ(say(outcome), "none: /token /send");
}

TEST_P(ForkedClient, DoesNotSayNotSentOfWhatItsParentMaySend) {
    begin_send_without_token();
    EXPECT_EQ(
        in_child([&] {
            requests->end(0, left_to_parent());
            settle();
            return say(outcome);
        }),
        "cancelled unknown: /token"
    );
    // The parent's token comes in time; in the child nobody waits for that.
    EXPECT_EQ(
        in_child([&] {
            clock->advance(1min);
            settle();
            return say(outcome);
        }),
        "deadline_exceeded unknown: /token"
    );
}

TEST_P(ForkedClient, DoesNotRepeatWithANewToken) {
    conduct->needs_token = true;
    make_client();
    send_one_before();
    begin_send(outcome);
    settle();
    ASSERT_EQ(say(outcome), "none: /token /send /send");
    EXPECT_EQ(
        in_child([&] {
            requests->end(2, answer(401, ""));
            settle();
            requests->end(3, answer(200, "another-fake-token"));
            settle();
            return say(outcome);
        }),
        "cancelled unknown: /token /send /send /token"
    );
    requests->end(2, answer(401, ""));
    settle();
    requests->end(3, answer(200, "another-fake-token"));
    settle();
    EXPECT_EQ(say(outcome), "none: /token /send /send /token /send");
}

TEST_P(ForkedClient, FetchesItsOwnTokenForItsOwnRequests) {
    begin_send_without_token();
    EXPECT_EQ(
        in_child([&] {
            Sent own;
            begin_send(own);
            settle();
            requests->end(0, left_to_parent());
            settle();
            auto said = say(own);
            requests->end(1, answer(200, "fake-token"));
            settle();
            requests->end(2, answer(200, "accepted"));
            settle();
            said += "; " + say(own) + "; " + say(outcome);
            return said;
        }),
        "none: /token /token; accepted: /token /token /send; "
        "cancelled unknown: /token /token /send"
    );
}

TEST_P(ForkedClient, FetchesItsOwnTokenWhateverComesFirst) {
    begin_send_without_token();
    EXPECT_EQ(
        in_child([&] {
            Sent first;
            Sent second;
            begin_send(first);
            settle();
            // Of the parent's failure nothing is to be seen: one fetch serves both.
            requests->end(0, left_to_parent());
            settle();
            begin_send(second);
            settle();
            requests->end(1, answer(401, ""));
            settle();
            return say(first) + "; " + say(second) + "; " + say(outcome);
        }),
        "unauthenticated not_sent: /token /token; unauthenticated not_sent: /token /token; "
        "cancelled unknown: /token /token"
    );
}

}  // namespace
}  // namespace otp::test
