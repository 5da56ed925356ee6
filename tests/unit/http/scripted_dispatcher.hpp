#pragma once

#include "http/pool/dispatcher.hpp"
#include "http/pool/http_exchange.hpp"
#include "support/scripted_clock.hpp"
#include "unit/http/scripted_connection.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::http {

/// A transport that writes down what its exchanges ask of it, and does nothing else of its own.
class ScriptedDispatcher final : public Dispatcher {
public:
    ScriptedDispatcher(boost::asio::io_context& context, std::shared_ptr<Clock> clock) {
        settings_.executor = context.get_executor();
        settings_.origin.host = "api.example.com";
        settings_.limits.first_byte_timeout = std::chrono::seconds(5);
        settings_.deadlines =
            std::make_shared<platform::DeadlineQueue>(clock, context.get_executor());
        settings_.clock = std::move(clock);
    }
    virtual ~ScriptedDispatcher() { *is_alive = false; }

    /// What was asked, in this order.
    std::vector<std::string> asked{};
    std::vector<std::shared_ptr<Connection>> given_back{};
    /// What is told of the opening for whoever waits.
    ExchangePhase opening{ExchangePhase::queued};
    std::function<std::string()> description = [] { return std::string(); };
    std::function<void()> when_serving = [] {};
    std::shared_ptr<bool> is_alive = std::make_shared<bool>(true);
    /// Whether it was destroyed inside of one of its own functions.
    std::shared_ptr<bool> was_destroyed_inside = std::make_shared<bool>(false);

    [[nodiscard]] OpenerSettings const& settings() const noexcept override { return settings_; }

private:
    void enter(Exchange&) noexcept override { asked.emplace_back("enter"); }
    void leave(Exchange&) noexcept override { asked.emplace_back("leave"); }
    void wait_first(Exchange&) noexcept override { asked.emplace_back("wait first"); }
    void serve_waiters() override {
        asked.emplace_back("serve");
        auto const is_alive_still = is_alive;
        auto const destroyed = was_destroyed_inside;
        auto const serve = when_serving;
        serve();
        if (!*is_alive_still) *destroyed = true;
    }
    [[nodiscard]] ExchangePhase opening_phase(Exchange const&) const noexcept override {
        return opening;
    }
    [[nodiscard]] std::string describe_opening(Exchange const&) const override {
        return description();
    }
    void write(HttpRequest const& request, Connection& connection) override {
        connection.write(request.target());
    }
    void give_back(std::shared_ptr<Connection> connection) override {
        asked.emplace_back("give back");
        given_back.push_back(std::move(connection));
    }
    void discard(Connection& connection) noexcept override {
        asked.emplace_back("discard");
        connection.close();
    }

    OpenerSettings settings_{};
};

}  // namespace otp::http
