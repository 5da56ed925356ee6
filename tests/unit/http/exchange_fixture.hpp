#pragma once

#include "unit/http/scripted_dispatcher.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace otp::http {

/// One exchange, ten seconds to its deadline and five to its first byte, and all around it under
/// the hand of a test.
class ExchangeTest : public ::testing::Test {
protected:
    static constexpr std::string_view target = "/v1/send";
    static constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    /// Makes it and has it begin.
    void begin(bool repeatable = false) {
        make(repeatable);
        exchange->begin();
    }
    void make(bool repeatable = false) {
        HttpRequest request(HttpMethod::post, target);
        request.repeatable = repeatable;
        if (commit_within) request.commit_deadline = clock->now() + *commit_within;
        exchange = std::make_shared<Exchange>(
            dispatcher,
            std::move(request),
            clock->now() + std::chrono::seconds(10),
            boost::asio::bind_cancellation_slot(
                cancellation.slot(),
                [this, kept_alive = token](auto got) {
                    ++completions;
                    result.emplace(std::move(got));
                    when_complete();
                }
            )
        );
        token.reset();
    }
    void start_on_new() { exchange->start(connection, false, clock->now()); }
    void start_on_kept() { exchange->start(connection, true, clock->now()); }
    /// The connection for a second attempt.
    void start_on_another() { exchange->start(other_connection, false, clock->now()); }
    /// A kept connection is dead before it takes anything.
    void lose_untouched() {
        far_end.room = 0;
        far_end.without_room = IoStatus::failed;
        start_on_kept();
    }
    void comes(std::string_view text) {
        far_end.sends(text);
        tell(*connection);
    }
    void ends() {
        far_end.ends();
        tell(*connection);
    }
    void turn() {
        context.restart();
        for (int i = 0; i < 100 && context.poll_one() > 0; ++i) continue;
    }
    void advance(std::chrono::milliseconds time) {
        clock->time.advance(time);
        turn();
    }
    [[nodiscard]] Error error() const { return result->outcome.error(); }
    [[nodiscard]] HttpResponse const& response() const { return *result->outcome; }

    boost::asio::io_context context{1};
    std::shared_ptr<ScriptedClock> clock = std::make_shared<ScriptedClock>();
    std::shared_ptr<ScriptedDispatcher> dispatcher =
        std::make_shared<ScriptedDispatcher>(context, clock);
    ConnectionMaker maker{};
    FarEnd far_end{};
    std::shared_ptr<Connection> connection = maker.make(far_end);
    FarEnd other_far_end{};
    std::shared_ptr<Connection> other_connection = maker.make(other_far_end);

    /// The time for its first byte to leave, from when it is made.
    std::optional<std::chrono::milliseconds> commit_within{};
    boost::asio::cancellation_signal cancellation{};
    /// Lives as long as the handler.
    std::shared_ptr<int> token = std::make_shared<int>();
    std::weak_ptr<int> handler_lives = token;
    std::function<void()> when_complete = [] {};
    std::shared_ptr<Exchange> exchange{};
    int completions{0};
    std::optional<HttpExchange> result{};
};

}  // namespace otp::http
