#pragma once

#include <otp/seam/name_resolver.hpp>

#include <boost/system/error_code.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace otp::platform {

/// What a lookup found, or why there is nothing.
struct FoundAddresses {
    boost::system::error_code error{};
    NameResolver::Endpoints endpoints{};
};

/// Asks the machine (`getaddrinfo`), which blocks for as long as its name servers take. Errors:
/// those of Asio's resolver, and `no_data` where a name exists and has no address.
///
/// What it says of `localhost` is put right by `kept_on_machine`.
[[nodiscard]] FoundAddresses ask_machine(std::string const& host, std::uint16_t port) noexcept;

/// Whether RFC 6761 6.3 keeps the name for the machine itself: `localhost`, and what ends in
/// `.localhost`, in any case and with or without a final dot.
[[nodiscard]] bool is_localhost(std::string_view host);

/// An answer about `localhost`. Such a name never means another machine (RFC 6761 6.3), and plain
/// `http` is allowed to it for that reason: other addresses are left out, and where none is left,
/// it is ::1 and 127.0.0.1.
[[nodiscard]] FoundAddresses kept_on_machine(FoundAddresses found, std::uint16_t port);

}  // namespace otp::platform
