#pragma once

#include "simulator/scenario.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otp::testing::simulator {

/// What the simulator's id of a message says, so that another process can check its code.
struct MessageId {
    /// The how-many-eth of its recipient, from 0.
    std::size_t number{0};
    UtcTime sent_at{};
    UtcTime expires_at{};
};

/// `sim-0-kqz5x1c0-kqz63hhs`: number and times in milliseconds, to the base 36.
[[nodiscard]] std::string to_text(MessageId const& id);

/// Nothing for any other text.
[[nodiscard]] std::optional<MessageId> parse_message_id(std::string_view text);

/// The digits that a seed and a message come to: the same everywhere, and as far as anybody can see
/// no others' (it is no cryptography).
[[nodiscard]] std::string digits_of(std::string_view text, int length);

}  // namespace otp::testing::simulator
