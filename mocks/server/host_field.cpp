#include "server/host_field.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>

namespace otp::mocks {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_name_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
           letter == '.' || letter == '_';
}

bool is_address_letter(char letter) {
    return (letter >= 'a' && letter <= 'f') || (letter >= '0' && letter <= '9') || letter == ':' ||
           letter == '.';
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, port);
    if (error != std::errc() || stop != end || port == 0) return std::nullopt;
    return port;
}

}  // namespace

std::optional<HostField> parse_host_field(std::string_view text, std::uint16_t default_port) {
    HostField field{{}, default_port};
    bool const bracketed = text.starts_with('[');
    auto const end = std::min(bracketed ? text.find(']') : text.find(':'), text.size());
    if (bracketed && end == text.size()) return std::nullopt;
    auto const name = text.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end);
    std::ranges::transform(name, std::back_inserter(field.name), lower);
    bool const good =
        std::ranges::all_of(field.name, bracketed ? is_address_letter : is_name_letter);
    if (field.name.empty() || !good) return std::nullopt;
    auto const rest = text.substr(bracketed ? end + 1 : end);
    if (rest.empty()) return field;
    auto const port = rest.front() == ':' ? parse_port(rest.substr(1)) : std::nullopt;
    if (!port) return std::nullopt;
    field.port = *port;
    return field;
}

bool is_loopback(std::string const& host) {
    if (host == "localhost") return true;
    in_addr four{};
    if (inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six{};
    return inet_pton(AF_INET6, host.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

}  // namespace otp::mocks
