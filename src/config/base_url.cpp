#include "config/base_url.hpp"

#include "config/host_name.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace otp::config {

namespace {

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

// Percent-encoded dots count as dots (RFC 3986 6.2.2.2).
bool is_clean_segment(std::string_view text) {
    auto segment = lower_case(text);
    for (auto dot = segment.find("%2e"); dot != segment.npos; dot = segment.find("%2e")) {
        segment.replace(dot, 3, ".");
    }
    bool const hides_separator = segment.find("%2f") != segment.npos ||
                                 segment.find("%5c") != segment.npos ||
                                 segment.find("%00") != segment.npos;
    return !segment.empty() && segment != "." && segment != ".." && !hides_separator;
}

// `path` is empty or begins with a slash; one final slash is allowed.
bool is_clean_path(std::string_view path) {
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    while (!path.empty()) {
        path.remove_prefix(1);
        auto const end = std::min(path.find('/'), path.size());
        if (!is_clean_segment(path.substr(0, end))) {
            return false;
        }
        path.remove_prefix(end);
    }
    return true;
}

struct Authority {
    std::string_view user;
    std::string_view host;
    std::string_view port;  // with its colon
};

Authority split_authority(std::string_view text) {
    Authority authority;
    auto const at = text.rfind('@');
    if (at != text.npos) {
        authority.user = text.substr(0, at + 1);
        text.remove_prefix(at + 1);
    }
    auto const address_end = text.starts_with('[') ? text.find(']') : 0;
    auto const colon = address_end == text.npos ? text.npos : text.find(':', address_end);
    authority.host = text.substr(0, colon);
    authority.port = colon == text.npos ? std::string_view() : text.substr(colon);
    return authority;
}

// Takes the brackets off; nothing if the host is none.
std::optional<std::string_view> host_without_brackets(std::string_view host) {
    if (!host.starts_with('[')) {
        bool const is_name = host.find(':') == host.npos && is_host(host);
        return is_name ? std::optional(host) : std::nullopt;
    }
    auto const address = host.substr(1, host.size() - 2);
    bool const is_address = host.ends_with(']') && address.find(':') != address.npos;
    return is_address && is_host(address) ? std::optional(address) : std::nullopt;
}

bool is_port(std::string_view port) {
    unsigned number = 0;
    auto const* const end = port.data() + port.size();
    auto const [last, error] = std::from_chars(port.data() + 1, end, number);
    return error == std::errc() && last == end && number >= 1 && number <= 65535;
}

}  // namespace

// Boost.URL 1.81 reads http://127.0.0.1.example.com as the host 127.0.0.1 and the path
// ".example.com", and leaves a leading "." out of the segments, so both are taken apart here. It
// judges the characters and finds query and fragment.
Checked<std::string> check_base_url(std::string_view text) {
    auto const scheme_end = text.find("://");
    if (scheme_end == text.npos) {
        return Mistake{"is not an absolute URL such as \"https://api.example.com/v2\""};
    }
    auto const scheme = lower_case(text.substr(0, scheme_end));
    if (scheme != "https" && scheme != "http") {
        return Mistake{"must begin with https://"};
    }
    auto const authority_begin = scheme_end + 3;
    auto const authority_end = std::min(text.find_first_of("/?#", authority_begin), text.size());
    auto const authority =
        split_authority(text.substr(authority_begin, authority_end - authority_begin));
    if (!authority.user.empty()) {
        return Mistake{"must not hold a user or password"};
    }
    auto const host = host_without_brackets(authority.host);
    if (!host) {
        return Mistake{"has no valid host name"};
    }
    if (scheme == "http" && !is_loopback(*host)) {
        return Mistake{"must be https: http is only for this machine (localhost, 127.0.0.1, ::1)"};
    }
    if (!authority.port.empty() && !is_port(authority.port)) {
        return Mistake{"has no valid port: it must be from 1 to 65535"};
    }
    auto const rest = text.substr(authority_end);
    auto const stand_in = "https://host" + std::string(rest);
    auto const url = boost::urls::parse_uri(stand_in);
    if (!url) {
        return Mistake{"has a path with characters that a URL cannot hold"};
    }
    if (url->has_query() || url->has_fragment()) {
        return Mistake{"must not hold a query or fragment"};
    }
    if (!is_clean_path(rest)) {
        return Mistake{"must not hold empty, \".\" or \"..\" path segments"};
    }
    if (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    return {boost::system::in_place_value, text};
}

}  // namespace otp::config
