#include "config/host_name.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>

#include <algorithm>

namespace otp::config {

namespace {

constexpr std::size_t max_name = 253;
constexpr std::size_t max_label = 63;

bool is_label_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= max_label && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), is_label_character);
}

bool is_dns_name(std::string_view text) {
    if (text.ends_with('.')) {  // a fully qualified name
        text.remove_suffix(1);
    }
    if (text.size() > max_name) {
        return false;
    }
    while (true) {
        auto const dot = text.find('.');
        if (!is_label(text.substr(0, dot))) {
            return false;
        }
        if (dot == text.npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

bool is_localhost(std::string_view host) {
    constexpr std::string_view name = "localhost";
    return host.size() == name.size() &&
           std::equal(host.begin(), host.end(), name.begin(), [](char a, char b) {
               return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
           });
}

}  // namespace

bool is_host(std::string_view text) {
    return is_dns_name(text) || boost::urls::parse_ipv6_address(text).has_value();
}

bool is_loopback(std::string_view host) {
    if (auto const address = boost::urls::parse_ipv4_address(host)) {
        return address->is_loopback();
    }
    if (auto const address = boost::urls::parse_ipv6_address(host)) {
        return address->is_loopback();
    }
    return is_localhost(host);
}

}  // namespace otp::config
