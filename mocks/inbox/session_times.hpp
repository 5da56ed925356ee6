#pragma once

#include <otp/mocks/mock_time.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {

/// What the clocks of all sessions show at one moment.
class SessionTimes {
public:
    // Not explicit: most have one clock.
    SessionTimes(MockTime everywhere)
        : ask_([everywhere](std::string_view) { return everywhere; }) {}
    explicit SessionTimes(std::function<MockTime(std::string_view session)> ask)
        : ask_(std::move(ask)) {}

    /// Asks once for many of the same session in a row.
    [[nodiscard]] MockTime of(std::string_view session) const {
        if (!asked_ || session != last_) {
            now_ = ask_(session);
            last_ = session;
            asked_ = true;
        }
        return now_;
    }

private:
    std::function<MockTime(std::string_view)> ask_;
    mutable bool asked_{false};
    mutable std::string last_;
    mutable MockTime now_{};
};

}  // namespace otp::mocks
