#pragma once

#include <cstdint>
#include <string>

namespace otp::mocks {

/// A socket that listens. The owner closes it.
struct ListeningSocket {
    int descriptor;
    std::uint16_t port;
};

/// Listens on a numeric address or a name; port 0 takes a free one. Throws
/// `boost::system::system_error` with the system's reason.
[[nodiscard]] ListeningSocket listen_on(std::string const& host, std::uint16_t port);

}  // namespace otp::mocks
