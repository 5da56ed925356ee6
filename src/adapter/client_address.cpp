#include "adapter/client_address.hpp"

#include "model/address_scope.hpp"
#include "model/ascii.hpp"
#include "model/scrub.hpp"
#include "model/typed_text.hpp"

#include <otp/adapter/sent_texts.hpp>
#include <otp/error.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstddef>
#include <span>
#include <utility>

namespace otp::adapter {

using model::is_alphanumeric;
using model::is_digit;
using model::is_public_address;
using model::mask_unread_ip_addresses;
using model::trim;
using model::visible_text;

namespace {

/// An address and the text around it, which is a part of the list that was given.
struct Found {
    std::string address;
    std::string masked;
    /// The address in the text, zone included.
    std::string_view place;
    bool is_public;
};

constexpr std::size_t ipv4_bytes = 4;
constexpr std::size_t ipv6_bytes = 16;
/// RFC 4291 2.5.5.2.
constexpr std::array<unsigned char, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/// `size` bytes in network order, as text; empty if it is none.
template <std::size_t size>
bool parse(int family, std::string_view text, std::array<unsigned char, size>& bytes) {
    // What inet_pton takes has an end; longer than any address is none.
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.find('\0') != text.npos) return false;
    std::copy(text.begin(), text.end(), terminated.begin());
    return inet_pton(family, terminated.data(), bytes.data()) == 1;
}

Found ipv4(std::span<unsigned char const, ipv4_bytes> bytes, std::string_view place) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, bytes.data(), text.data(), text.size());
    std::string address(text.data());
    auto masked = address.substr(0, address.rfind('.') + 1) + "***";
    return {std::move(address), std::move(masked), place, is_public_address(bytes)};
}

Found ipv6(std::array<unsigned char, ipv6_bytes> const& bytes, std::string_view place) {
    if (std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin())) {
        return ipv4(std::span(bytes).last<ipv4_bytes>(), place);
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    std::string masked;
    for (std::size_t group = 0; group < 3; ++group) {
        std::array<char, 4> digits{};
        auto const value = static_cast<unsigned>(bytes[2 * group] << 8 | bytes[2 * group + 1]);
        auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
        masked.append(digits.data(), end).append(":");
    }
    return {std::string(text.data()), masked + "***", place, is_public_address(bytes)};
}

/// `text` is an address, maybe with a zone (RFC 4007 11).
std::optional<Found> read_address(std::string_view text) {
    std::array<unsigned char, ipv4_bytes> four{};
    if (parse(AF_INET, text, four)) return ipv4(four, text);
    std::array<unsigned char, ipv6_bytes> sixteen{};
    auto const zone = text.find('%');
    bool const has_empty_zone = zone != text.npos && zone + 1 == text.size();
    if (!has_empty_zone && parse(AF_INET6, text.substr(0, zone), sixteen)) {
        return ipv6(sixteen, text);
    }
    return std::nullopt;
}

/// What proxies write behind the colon: a port, whose value does not matter here, a name that
/// stands for it (RFC 7239 6.3), or nothing (RFC 3986 3.2.3).
bool is_port(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 5;

    if (text.size() > 1 && text.front() == '_') {
        return std::all_of(text.begin(), text.end(), [](char c) {
            return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
        });
    }
    return text.size() <= most_digits && std::all_of(text.begin(), text.end(), is_digit);
}

/// One part of a list: an address, with or without a port, and with or without brackets. RFC 3986
/// has them for IPv6 only; around IPv4 it is as clear what is meant.
std::optional<Found> read_part(std::string_view part) {
    if (part.size() >= 2 && part.front() == '"' && part.back() == '"') {
        part = part.substr(1, part.size() - 2);  // RFC 7239 4: how IPv6 must be written there.
    }
    if (auto found = read_address(part)) return found;
    if (part.starts_with('[')) {
        auto const close = part.find(']');
        if (close == part.npos) return std::nullopt;
        auto const after = part.substr(close + 1);
        bool const ends_well = after.empty() || (after.front() == ':' && is_port(after.substr(1)));
        return ends_well ? read_address(part.substr(1, close - 1)) : std::nullopt;
    }
    auto const colon = part.find(':');
    if (colon == part.npos || !is_port(part.substr(colon + 1))) return std::nullopt;
    return read_address(part.substr(0, colon));
}

std::string masked_part(std::string_view part, SentTexts const& sent) {
    auto const found = read_part(part);
    if (!found) {
        std::string unread(part);
        mask_unread_ip_addresses(unread);
        return sent.scrub_text(unread);
    }
    std::string masked(part.data(), found->place.data());
    masked += found->masked;
    masked.append(found->place.data() + found->place.size(), part.data() + part.size());
    return masked;
}

}  // namespace

std::optional<std::string> find_client_address(std::string_view text) {
    auto const first = visible_text(text.substr(0, text.find(',')));
    auto found = read_part(first);
    if (!found || !found->is_public) return std::nullopt;
    return std::move(found->address);
}

std::string masked_client_address(std::string_view text, SentTexts const& sent) {
    constexpr std::string_view separator = ", ";

    auto const visible = visible_text(text);
    text = visible;
    std::string masked;
    while (masked.size() < max_vendor_text) {
        auto const comma = text.find(',');
        masked += masked_part(trim(text.substr(0, comma)), sent);
        if (comma == text.npos) break;
        masked += separator;
        text.remove_prefix(comma + 1);
    }
    return masked;
}

}  // namespace otp::adapter
