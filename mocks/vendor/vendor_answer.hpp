#pragma once

#include "wire/exchange.hpp"

#include <otp/mocks/mock_time.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace otp::mocks {

/// Why a request was refused. Holds nothing of the request but the names of members, header fields
/// and query parameters.
struct Explanation {
    /// What the vendor's document demands, one sentence for people.
    std::string demands;
    /// `body`, `body /phone_number`, `header content-type`, `query`, `query x`, `path`, `method`.
    std::string broken_by;
    /// The URL of the document; empty if no document says it.
    std::string document;
};

/// A refused request's answer, and why it is refused: neither is made without the other.
class Refusal {
public:
    Refusal(MockResponse given, Explanation explained);

    MockResponse response;
    Explanation why;
};

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
    /// The wrong try with this number locks the code; nothing where no document names a number.
    std::optional<std::size_t> max_attempts{};
};

/// What a check did to the newest code that was sent for `key`: it is of no more use, because it
/// was approved or tried too often, or one more try was wrong.
struct SettledCode {
    enum class End {
        verified,
        locked,
        wrong,  ///< A wrong try that did not lock it: the code may still be used.
    };
    std::string key;
    End end;
    /// Wrong tries so far, this one among them.
    std::size_t wrong_attempts{0};
};

/// What a vendor answers to a request, and what it reports to those who watch: a real vendor would
/// send the message, and keep the rest to itself.
struct VendorAnswer {
    /// To a request that is obeyed. A refusal has its reason with it: `Refusal`.
    explicit VendorAnswer(MockResponse given);
    VendorAnswer(MockResponse given, SentMessage reported);
    VendorAnswer(MockResponse given, std::optional<SettledCode> reported);
    // Not explicit: a refusal is an answer.
    VendorAnswer(Refusal given, std::optional<SettledCode> reported = {});

    MockResponse response;
    std::optional<SentMessage> sent;
    std::optional<SettledCode> settled;
    /// Of a refused request.
    std::optional<Explanation> why;
};

}  // namespace otp::mocks
