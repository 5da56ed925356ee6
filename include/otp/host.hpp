#pragma once

#include <otp/export.hpp>
#include <otp/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// The host of a URL (RFC 3986 3.2.2): a name or an address.
///
/// Spellings of one host are one host: the letters of a name become small and its final dot goes;
/// an address takes its canonical form (RFC 5952), without brackets.
class Host {
public:
    enum class Kind : std::uint8_t { name, ipv4, ipv6 };

    /// Reads a DNS name (letters, digits, `-`, `_` and dots; at most 253 characters, 63 between two
    /// dots), an IPv4 address of four decimal numbers, or an IPv6 address with or without brackets.
    ///
    /// Errors: `config_invalid`; the message is to follow the name of what was read (`has no valid
    /// host name`) and quotes nothing of it. Refused are zones (`fe80::1%eth0`), percent-encoding,
    /// and what some resolvers take for an IPv4 address and others for a name: whatever ends in a
    /// number and is no address, such as `127.1`, `0x7f.1`, `2130706433`, `0177.0.0.1`.
    [[nodiscard]] static Result<Host> parse(std::string_view text);

    /// For certificates and for people.
    [[nodiscard]] std::string const& text() const noexcept { return text_; }
    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] bool is_address() const noexcept { return kind_ != Kind::name; }

    /// As it stands in a URL, in `Host` and in `CONNECT`: an IPv6 address in brackets.
    [[nodiscard]] std::string bracketed() const;

    /// What a resolver is asked for: with the final dot, if it was written, which keeps the search
    /// domains of resolv.conf(5) away; `localhost` without it.
    [[nodiscard]] std::string lookup_name() const;

    /// Whether the host is this machine: 127.0.0.0/8, `::1`, these IPv4 addresses mapped into IPv6,
    /// and `localhost` (RFC 6761 6.3). Not `foo.localhost`, which a resolver may look for in the
    /// DNS. What `localhost` means is the resolver's word, too: whoever relies on it checks the
    /// addresses, as the transport does for plain `http`.
    [[nodiscard]] bool is_loopback() const noexcept;

    /// Whether it is the same host, with or without its final dot.
    friend bool operator==(Host const& a, Host const& b) noexcept {
        return a.kind_ == b.kind_ && a.text_ == b.text_;
    }

private:
    Host(std::string text, Kind kind, bool has_final_dot);

    std::string text_;
    Kind kind_;
    bool has_final_dot_;
};

}  // namespace otp
