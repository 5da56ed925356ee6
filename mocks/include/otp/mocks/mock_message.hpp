#pragma once

#include <otp/mocks/mock_time.hpp>

#include <string>

namespace otp::mocks {

/// A message that a mock vendor "delivered".
struct MockMessage {
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
};

}  // namespace otp::mocks
