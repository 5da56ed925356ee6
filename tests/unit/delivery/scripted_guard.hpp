#pragma once

#include "delivery/guard/guard.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace otp::test {

/// Lets begin what the test says, at once or later, and keeps what it is told.
class ScriptedGuard final : public delivery::Guard {
public:
    struct Question {
        std::string target;
        /// One of them is null.
        SendOtp const* send;
        VerifyOtp const* check;
        Clock::TimePoint deadline;
    };

    std::optional<Verdict> reserve(
        Request const& request, Clock::TimePoint deadline, Handler handler
    ) noexcept override {
        auto const* const* const send = std::get_if<SendOtp const*>(&request.asked);
        auto const* const* const check = std::get_if<VerifyOtp const*>(&request.asked);
        questions.push_back(
            {std::string(request.target),
             send != nullptr ? *send : nullptr,
             check != nullptr ? *check : nullptr,
             deadline}
        );
        if (at_question) at_question();
        if (says_at_once) return says_at_once();
        waiting.emplace(std::move(handler));
        auto slot = boost::asio::get_associated_cancellation_slot(*waiting);
        if (slot.is_connected()) {
            slot.assign([this](boost::asio::cancellation_type type) { cancelled = type; });
        }
        return std::nullopt;
    }

    /// The verdict that is waited for.
    void say(Verdict verdict) {
        if (!waiting) throw std::logic_error("nobody waits");
        auto handler = std::move(*waiting);
        waiting.reset();
        boost::asio::get_associated_cancellation_slot(handler).clear();
        std::move(handler)(std::move(verdict));
    }

    /// One whose settlement is kept.
    [[nodiscard]] Verdict reservation() { return std::make_unique<Kept>(*this); }

    std::vector<Question> questions;
    std::vector<delivery::Settlement> settlements;
    /// Reservations that nobody settled.
    int let_go{0};

    std::function<void()> at_question;
    /// Nothing: the verdict has to be waited for.
    std::function<Verdict()> says_at_once;
    std::optional<Handler> waiting;
    /// How the wait was cancelled.
    boost::asio::cancellation_type cancelled{boost::asio::cancellation_type::none};

private:
    class Kept final : public delivery::Reservation {
    public:
        explicit Kept(ScriptedGuard& guard) : guard_(guard) {}
        ~Kept() override {
            if (!settled_) ++guard_.let_go;
        }
        void settle(delivery::Settlement const& settlement) noexcept override {
            settled_ = true;
            guard_.settlements.push_back(settlement);
        }

    private:
        ScriptedGuard& guard_;
        bool settled_{false};
    };
};

}  // namespace otp::test
