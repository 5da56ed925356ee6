#pragma once

#include "inbox/message_filter.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace otp::mocks {

/// Which messages or exchanges are asked for.
struct MessageQuery {
    // Not explicit: most ask for a vendor and a recipient.
    MessageQuery(MessageFilter given = MessageFilter()) : filter(std::move(given)) {}

    MessageFilter filter;
    /// Nothing: of all sessions.
    std::optional<std::string> session{};
    /// Of messages; empty: any.
    std::string state{};
    /// A part of what they show, in lower case; empty: any.
    std::string text{};
    /// Of exchanges: the message's id; empty: any.
    std::string message{};

    [[nodiscard]] bool takes_session(std::string const& name) const {
        return !session || *session == name;
    }
};

/// Which part of a long list is asked for, counted from the newest.
struct ListWindow {
    std::size_t offset{0};
    std::size_t limit{std::numeric_limits<std::size_t>::max()};
};

/// Counts what belongs to a list, and says what stands in the window.
class WindowCounter {
public:
    explicit WindowCounter(ListWindow window) : window_(window) {}

    /// Whether the next one is to be shown.
    [[nodiscard]] bool take() {
        auto const place = total_++;
        return place >= window_.offset && place - window_.offset < window_.limit;
    }
    [[nodiscard]] std::size_t total() const noexcept { return total_; }

private:
    ListWindow window_;
    std::size_t total_{0};
};

}  // namespace otp::mocks
