#pragma once

#include <string>

namespace otp::mocks {

/// What a request is about, as far as it can be read, whether the vendor obeys it or not.
struct RequestSubject {
    enum class Step {
        send,
        verify,
        token,  ///< A grant of an access token.
        other,
    };

    Step step{Step::other};
    /// The recipient as messages name it; empty if neither the request nor what the vendor
    /// remembers of its key tells it.
    std::string to{};
    /// What a verify names, as `SentMessage::key`; empty if it cannot be read.
    std::string key{};
};

}  // namespace otp::mocks
