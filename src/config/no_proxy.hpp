#pragma once

#include "config/checked.hpp"
#include "model/ip_address.hpp"

#include <otp/host.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace otp::config {

/// The hosts that are reached without a proxy: what `NO_PROXY` holds, as Go's net/http/httpproxy
/// understands it. Entries are separated by commas, blanks, tabs and line ends:
///
/// - `*`: every host;
/// - `example.com`: this host and all below it; `.example.com` or `*.example.com`: those below it;
/// - `192.0.2.1`, `2001:db8::7`, `[2001:db8::7]`: an address;
/// - `192.0.2.0/24`, `2001:db8::/32`: a network.
///
/// All but the first and the last may end in `:` and a port, and then count for that port only.
/// Names compare without regard to case and a final dot. An address that a name stands for is not
/// looked up.
class NoProxy {
public:
    /// The mistake names the first entry that is none of these by its place, from 1, and quotes
    /// nothing of it: it might be a password that went astray.
    [[nodiscard]] static Checked<NoProxy> parse(std::string_view text);

    /// The place of the first entry, from 1, that covers `host` at `port`; nothing if none does.
    [[nodiscard]] std::optional<std::size_t> find(Host const& host, std::uint16_t port) const;

private:
    struct Everything {};
    struct Domain {
        std::string name;
        bool includes_itself;
    };
    /// An address is a network of one.
    struct Network {
        model::IpAddress address;
        std::size_t bits;
    };
    struct Entry {
        std::variant<Everything, Domain, Network> hosts;
        /// Nothing: every port.
        std::optional<std::uint16_t> port;
    };

    [[nodiscard]] static std::optional<Entry> parse_entry(std::string_view text);
    [[nodiscard]] static std::optional<Network> parse_network(std::string_view text);
    [[nodiscard]] static std::optional<std::variant<Everything, Domain, Network>> parse_host(
        std::string_view text
    );

    [[nodiscard]] static bool covers(Everything, Host const&) { return true; }
    [[nodiscard]] static bool covers(Domain const& domain, Host const& host);
    [[nodiscard]] static bool covers(Network const& network, Host const& host);

    std::vector<Entry> entries_;
};

}  // namespace otp::config
