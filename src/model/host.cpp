#include "model/ascii.hpp"
#include "model/ip_address.hpp"

#include <otp/host.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <utility>

namespace otp {

namespace {

/// RFC 1035 2.3.4, as text without the final dot.
constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;

Error refused(std::string_view reason) {
    return Error(ErrorCategory::config_invalid, "has no valid host" + std::string(reason));
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return model::is_alphanumeric(c) || c == '-' || c == '_';
           });
}

bool is_dns_name(std::string_view name) {
    if (name.size() > longest_name) return false;
    while (true) {
        auto const dot = name.find('.');
        if (!is_label(name.substr(0, dot))) return false;
        if (dot == name.npos) return true;
        name.remove_prefix(dot + 1);
    }
}

/// No top-level domain is a number, and inet_aton(3), which resolvers ask first, takes numbers in
/// other notations than four decimal ones. The rule is that of the URL standard (WHATWG 3.5).
bool ends_in_a_number(std::string_view name) {
    auto label = name.substr(name.rfind('.') + 1);
    if (std::all_of(label.begin(), label.end(), model::is_digit)) return true;
    if (!label.starts_with("0x")) return false;
    label.remove_prefix(2);
    return label.find_first_not_of("0123456789abcdef") == label.npos;
}

/// `address` is one.
std::string canonical_ipv6(std::string_view address) {
    auto const bytes = *model::read_ip_address(address);
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    return text.data();
}

}  // namespace

Host::Host(std::string text, Kind kind, bool has_final_dot)
    : text_(std::move(text)), kind_(kind), has_final_dot_(has_final_dot) {}

Result<Host> Host::parse(std::string_view text) {
    bool const has_brackets = text.starts_with('[') && text.ends_with(']');
    auto const address = has_brackets ? text.substr(1, text.size() - 2) : text;
    bool const is_address = model::read_ip_address(address).has_value();
    if (address.find(':') != address.npos) {
        if (is_address) return Host(canonical_ipv6(address), Kind::ipv6, false);
        bool const has_zone = address.find('%') != address.npos;
        return refused(has_zone ? ": an address with a zone cannot be used" : " name");
    }
    if (has_brackets) return refused(": brackets are for IPv6 addresses");
    if (is_address) return Host(std::string(text), Kind::ipv4, false);

    auto name = model::lower_case(text);
    bool const has_final_dot = name.ends_with('.');
    if (has_final_dot) name.pop_back();
    if (!is_dns_name(name)) return refused(" name");
    if (ends_in_a_number(name)) {
        return refused(
            ": it ends in a number and is no IPv4 address (four decimal numbers from 0 to 255, "
            "without leading zeros and final dot)"
        );
    }
    return Host(std::move(name), Kind::name, has_final_dot);
}

std::string Host::bracketed() const {
    return kind_ == Kind::ipv6 ? '[' + text_ + ']' : text_;
}

std::string Host::lookup_name() const {
    // hosts(5) has no final dots, and nobody else is to be asked for `localhost`.
    return has_final_dot_ && !is_loopback() ? text_ + '.' : text_;
}

bool Host::is_loopback() const noexcept {
    if (kind_ == Kind::name) return text_ == "localhost";
    auto const address = model::read_ip_address(text_);
    return address && model::is_loopback(*address);
}

}  // namespace otp
