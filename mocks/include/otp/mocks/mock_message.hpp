#pragma once

#include <otp/mocks/mock_time.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace otp::mocks {

/// A message that a mock vendor "delivered".
struct MockMessage {
    /// `message-12`: `number` in it.
    std::string id;
    std::string vendor;
    /// `sms`, `email`, `whatsapp`.
    std::string channel;
    /// Phone number (E.164) or email address; SpherePay: the customer id, because the vendor alone
    /// knows the address.
    std::string to;
    std::string code;
    MockTime sent_at;
    /// `pending`, `verified`, `expired`, `superseded`, `locked`.
    std::string state;
    /// Counted from 1, over all sessions.
    std::uint64_t number{0};
    MockTime expires_at{};
    std::size_t wrong_attempts{0};
    /// The wrong try with this number locks the code; nothing: any number of tries.
    std::optional<std::size_t> max_attempts{};
    /// Of an email.
    std::optional<std::string> subject{};
    /// As the person would read it.
    std::string text{};
    /// The session in which it was sent; empty for the one without a name.
    std::string session{};
    /// The exchange that sent it (`MockExchange::id`), while it is kept.
    std::optional<std::string> exchange{};
};

}  // namespace otp::mocks
