#pragma once

#include "wire/exchange.hpp"

#include <otp/mocks/mock_time.hpp>

#include <optional>
#include <string>

namespace otp::mocks {

/// A message that a vendor sends.
struct SentMessage {
    /// `sms`, `email`, `whatsapp`.
    std::string channel;
    std::string to;
    /// What the vendor's verify call names: a target, a user id, a method id. A new message
    /// replaces the pending one with the same key.
    std::string key;
    std::string code;
    MockTime expires_at;
};

/// A code that is of no more use, because it was approved or tried too often: the newest one that
/// was sent for `key`.
struct SettledCode {
    enum class End { verified, locked };
    std::string key;
    End end;
};

/// What a vendor answers to a request, and what it reports to those who watch: a real vendor would
/// send the message, and keep the rest to itself.
struct VendorAnswer {
    // Not explicit: a refusal is a response and nothing else.
    VendorAnswer(MockResponse given);
    VendorAnswer(MockResponse given, SentMessage reported);
    VendorAnswer(MockResponse given, std::optional<SettledCode> reported);

    MockResponse response;
    std::optional<SentMessage> sent;
    std::optional<SettledCode> settled;
};

}  // namespace otp::mocks
