#include "config/no_proxy.hpp"

#include "model/ascii.hpp"
#include "model/whole_number.hpp"

#include <algorithm>
#include <utility>

namespace otp::config {

namespace {

constexpr std::size_t ipv4_bits = 32;
constexpr std::size_t ipv6_bits = 128;
constexpr std::size_t bits_of_byte = 8;

bool separates_entries(char c) {
    return c == ',' || model::is_white_space(c);
}

template <class Number>
std::optional<Number> read_number(std::string_view text, Number highest) {
    auto const number = model::read_whole_number<Number>(text);
    return number && *number <= highest ? number : std::nullopt;
}

/// `address` with zeros behind its first `bits` bits.
model::IpAddress masked(model::IpAddress address, std::size_t bits) {
    for (std::size_t byte = 0; byte < address.size(); ++byte) {
        auto const begin = byte * bits_of_byte;
        auto const kept = std::min(bits - std::min(bits, begin), bits_of_byte);
        address[byte] &= static_cast<unsigned char>(0xFF00U >> kept);
    }
    return address;
}

struct HostAndPort {
    std::string_view host;
    std::optional<std::string_view> port;
};

/// The colons of an IPv6 address without brackets separate no port.
HostAndPort split(std::string_view text) {
    auto const brackets_end = text.starts_with('[') ? text.find(']') : text.npos;
    auto const colon = text.find(':', brackets_end == text.npos ? 0 : brackets_end);
    bool const is_last = colon != text.npos && text.find(':', colon + 1) == text.npos;
    if (!is_last) return {text, std::nullopt};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

Checked<NoProxy> NoProxy::parse(std::string_view text) {
    NoProxy list;
    while (true) {
        auto const begin = std::find_if_not(text.begin(), text.end(), separates_entries);
        auto const end = std::find_if(begin, text.end(), separates_entries);
        if (begin == end) return list;
        auto entry = parse_entry(std::string_view(begin, end));
        if (!entry) {
            return Mistake{
                "has an entry that cannot be understood, the " +
                std::to_string(list.entries_.size() + 1) +
                ". of its list: an entry is *, a host (example.com), what is below one "
                "(.example.com, *.example.com), an address, or a network (192.0.2.0/24); a host or "
                "an address may end in a colon and a port"};
        }
        list.entries_.push_back(std::move(*entry));
        text = std::string_view(end, text.end());
    }
}

std::optional<NoProxy::Entry> NoProxy::parse_entry(std::string_view text) {
    if (text == "*") return Entry{Everything{}, std::nullopt};
    if (text.find('/') != text.npos) {
        auto const network = parse_network(text);
        if (!network) return std::nullopt;
        return Entry{*network, std::nullopt};
    }
    auto const parts = split(text);
    auto hosts = parse_host(parts.host);
    if (!hosts) return std::nullopt;
    Entry entry{std::move(*hosts), std::nullopt};
    // Go takes an empty port for none.
    if (parts.port && !parts.port->empty()) {
        entry.port = read_number<std::uint16_t>(*parts.port, 65535);
        if (!entry.port || *entry.port == 0) return std::nullopt;
    }
    return entry;
}

std::optional<NoProxy::Network> NoProxy::parse_network(std::string_view text) {
    auto const slash = text.find('/');
    auto const address = model::read_ip_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    bool const is_ipv4 = text.substr(0, slash).find(':') == text.npos;
    auto const size = is_ipv4 ? ipv4_bits : ipv6_bits;
    auto const bits = read_number<std::size_t>(text.substr(slash + 1), size);
    if (!bits) return std::nullopt;
    auto const all_bits = ipv6_bits - size + *bits;
    return Network{masked(*address, all_bits), all_bits};
}

std::optional<std::variant<NoProxy::Everything, NoProxy::Domain, NoProxy::Network>>
NoProxy::parse_host(std::string_view text) {
    bool const has_star = text.starts_with("*.");
    bool const below_only = has_star || text.starts_with('.');
    if (below_only) text.remove_prefix(has_star ? 2 : 1);
    auto const host = Host::parse(text);
    if (!host) return std::nullopt;
    if (!host->is_address()) return Domain{host->text(), !below_only};
    if (below_only) return std::nullopt;
    return Network{*model::read_ip_address(host->text()), ipv6_bits};
}

std::optional<std::size_t> NoProxy::find(Host const& host, std::uint16_t port) const {
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        auto const& entry = entries_[index];
        if (entry.port && *entry.port != port) continue;
        if (std::visit([&](auto const& hosts) { return covers(hosts, host); }, entry.hosts)) {
            return index + 1;
        }
    }
    return std::nullopt;
}

bool NoProxy::covers(Domain const& domain, Host const& host) {
    std::string_view const name = host.text();
    if (name == domain.name) return domain.includes_itself;
    return name.ends_with(domain.name) && name.size() > domain.name.size() &&
           name[name.size() - domain.name.size() - 1] == '.';
}

bool NoProxy::covers(Network const& network, Host const& host) {
    auto const address = model::read_ip_address(host.text());
    // ::/0 is every IPv6 address, and no IPv4 address, although that can be mapped into it.
    return address && model::is_ipv4(*address) == model::is_ipv4(network.address) &&
           masked(*address, network.bits) == network.address;
}

}  // namespace otp::config
