#pragma once

#include <string>

namespace otp::bench {

/// The parts of an origin, `https://localhost:8443`.
struct ServerAddress {
    std::string host;
    std::string port;
    bool secure;
};

/// Throws where `url` is no URL.
[[nodiscard]] ServerAddress server_address_of(std::string const& url);

}  // namespace otp::bench
