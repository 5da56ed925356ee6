#include "model/ip_address.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstddef>
#include <string>

namespace otp::model {

namespace {

constexpr std::size_t ipv4_place = 12;
constexpr std::array<unsigned char, ipv4_place> mapped_prefix{
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_of_address(char32_t c) noexcept {
    return is_hexadecimal(c) || c == U':' || c == U'.';
}

bool separates_groups(char c) noexcept {
    return c == ':' || c == '.';
}

/// Where an address may end, the longest one first: at the end of the group that is cut by the
/// longest size, and before each separator.
template <class Visit>
void for_each_end(std::string_view text, Visit visit) {
    constexpr std::size_t most_separators = 9;
    auto end = std::min<std::size_t>(text.size(), INET6_ADDRSTRLEN - 1);
    for (std::size_t count = 0; end > 0 && count <= most_separators; ++count) {
        if (visit(end)) return;
        while (end > 1 && !separates_groups(text[end - 1])) --end;
        --end;
    }
}

/// Masks the addresses that begin at the beginning of the run or behind one of its colons.
void mask_in_run(
    std::string_view run, FoldedCharacter const* source, IpAddress const& address, TextMasks& masks
) {
    for (std::size_t begin = 0; begin < run.size(); ++begin) {
        if (begin > 0 && run[begin - 1] != ':') continue;
        for_each_end(run.substr(begin), [&](std::size_t size) {
            if (read_ip_address(run.substr(begin, size)) != address) return false;
            masks.add(source[begin].begin, source[begin + size - 1].end);
            return true;
        });
    }
}

}  // namespace

std::optional<IpAddress> read_ip_address(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.find('\0') != text.npos) return std::nullopt;
    std::copy(text.begin(), text.end(), terminated.begin());
    IpAddress address{};
    if (inet_pton(AF_INET6, terminated.data(), address.data()) == 1) return address;
    address = {};
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.begin());
    if (inet_pton(AF_INET, terminated.data(), address.data() + ipv4_place) == 1) return address;
    return std::nullopt;
}

bool is_ipv4(IpAddress const& address) noexcept {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.begin());
}

bool is_loopback(IpAddress const& address) noexcept {
    constexpr IpAddress ipv6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return address == ipv6 || (is_ipv4(address) && address[ipv4_place] == 127);
}

void mask_ip_address(FoldedText const& text, IpAddress const& address, TextMasks& masks) {
    std::string run;
    for (std::size_t at = 0; at < text.size(); ++at) {
        run.clear();
        auto const begin = at;
        for (; at < text.size() && is_of_address(text[at].value); ++at) {
            run += static_cast<char>(text[at].value);
        }
        if (std::any_of(run.begin(), run.end(), separates_groups)) {
            mask_in_run(run, text.data() + begin, address, masks);
        }
    }
}

}  // namespace otp::model
