#pragma once

#include <optional>
#include <string>

namespace otp::mocks {

/// The body of a response that has no end yet, piece by piece: server-sent events. Each one takes a
/// thread of the server for as long as it lasts. One thread asks at a time; whoever feeds it may be
/// another one.
class ResponseStream {
public:
    virtual ~ResponseStream() = default;

    /// Blocks until there is more, for a second or so at most. An empty piece is not sent: there is
    /// nothing yet, and the server looks whether the client is still there. Nothing: the end, after
    /// which nobody asks again. Whoever feeds it has to end it before the server is destroyed, or
    /// that takes as long as this.
    [[nodiscard]] virtual std::optional<std::string> next() = 0;
};

}  // namespace otp::mocks
