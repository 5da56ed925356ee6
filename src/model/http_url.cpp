#include "model/ascii.hpp"
#include "model/whole_number.hpp"

#include <otp/http_url.hpp>

#include <boost/url/authority_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/parse_path.hpp>
#include <boost/url/segments_encoded_view.hpp>

#include <algorithm>

namespace otp {

namespace {

constexpr std::uint16_t https_port = 443;
constexpr std::uint16_t http_port = 80;

Error refused(std::string_view reason) {
    return Error(ErrorCategory::config_invalid, std::string(reason));
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), model::is_ascii_control);
}

// Percent-encoded dots count as dots (RFC 3986 6.2.2.2).
bool is_clean_segment(std::string_view text) {
    auto segment = model::lower_case(text);
    for (auto dot = segment.find("%2e"); dot != segment.npos; dot = segment.find("%2e")) {
        segment.replace(dot, 3, ".");
    }
    bool const hides_separator = segment.find("%2f") != segment.npos ||
                                 segment.find("%5c") != segment.npos ||
                                 segment.find("%00") != segment.npos;
    return !segment.empty() && segment != "." && segment != ".." && !hides_separator;
}

// `path` is empty or begins with a slash, and has lost its final one.
bool is_clean_path(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        auto const end = std::min(path.find('/'), path.size());
        if (!is_clean_segment(path.substr(0, end))) return false;
        path.remove_prefix(end);
    }
    return true;
}

/// RFC 3986 3.2. Without brackets around it, an IPv6 address would end at its first colon.
struct Authority {
    std::optional<std::string_view> user_info;
    std::string_view host;
    std::optional<std::string_view> port;
};

Authority split_authority(std::string_view text) {
    Authority authority;
    if (auto const at = text.rfind('@'); at != text.npos) {
        authority.user_info = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    auto const address_end = text.starts_with('[') ? text.find(']') : 0;
    auto const colon = address_end == text.npos ? text.npos : text.find(':', address_end);
    authority.host = text.substr(0, colon);
    if (colon != text.npos) authority.port = text.substr(colon + 1);
    return authority;
}

/// Nothing if it is no number from 1 to 65535.
std::optional<std::uint16_t> read_port(std::string_view text) {
    auto const port = model::read_whole_number<std::uint16_t>(text);
    return port != 0 ? port : std::nullopt;
}

struct UserInfo {
    std::string username;
    Secret password;
};

std::optional<UserInfo> read_user_info(std::string_view text) {
    std::string stand_in;
    // In one piece: what is left behind by growing could not be wiped.
    constexpr std::string_view rest = "@host";
    stand_in.reserve(text.size() + rest.size());
    stand_in.append(text).append(rest);
    std::optional<UserInfo> found;
    if (auto const parsed = boost::urls::parse_authority(stand_in)) {
        std::string password = parsed->password();
        UserInfo info{parsed->user(), Secret(password)};
        bool const fits = info.username.find(':') == std::string::npos &&
                          !has_control_character(info.username) && !has_control_character(password);
        wipe_memory(password.data(), password.size());
        if (fits) found = std::move(info);
    }
    wipe_memory(stand_in.data(), stand_in.size());
    return found;
}

}  // namespace

// Boost.URL 1.81 takes the beginning of http://127.0.0.1.example.com for the host 127.0.0.1, leaves
// a leading "." out of the segments, and wraps ports beyond 65535 around. So the parts are found
// here, as RFC 3986 3 delimits them, and it judges the characters of each.
Result<HttpUrl> HttpUrl::parse(std::string_view text) {
    auto const scheme_end = text.find("://");
    if (scheme_end == text.npos) {
        return refused("is not an absolute URL such as \"https://api.example.com/v2\"");
    }
    auto const scheme = model::lower_case(text.substr(0, scheme_end));
    if (scheme != "https" && scheme != "http") {
        return refused("must begin with https:// or http://");
    }
    text.remove_prefix(scheme_end + 3);
    auto const authority_end = std::min(text.find_first_of("/?#"), text.size());
    auto const authority = split_authority(text.substr(0, authority_end));
    text.remove_prefix(authority_end);

    auto host = Host::parse(authority.host);
    if (!host) return host.error();
    HttpUrl url(scheme == "https", std::move(*host));
    if (authority.user_info) {
        auto info = read_user_info(*authority.user_info);
        if (!info) {
            return refused("has a user or password with characters that must be percent-encoded");
        }
        url.has_user_info_ = true;
        url.username_ = std::move(info->username);
        url.password_ = std::move(info->password);
    }
    if (authority.port) {
        url.port_ = read_port(*authority.port);
        if (!url.port_) return refused("has no valid port: it must be from 1 to 65535");
    }
    if (text.find_first_of("?#") != text.npos) return refused("must not hold a query or fragment");
    if (!boost::urls::parse_path(text)) {
        return refused("has a path with characters that a URL cannot hold");
    }
    url.path_ = text;
    if (!is_clean_path(url.base_path())) {
        return refused("must not hold empty, \".\" or \"..\" path segments");
    }
    return url;
}

Result<HttpUrl> HttpUrl::parse_endpoint(std::string_view text) {
    auto url = parse(text);
    if (!url) return url;
    if (url->has_user_info()) return refused("must not hold a user or password");
    if (!url->is_https() && !url->host().is_loopback()) {
        return refused("must be https: http is only for this machine (localhost, 127.0.0.1, ::1)");
    }
    return url;
}

std::uint16_t HttpUrl::port() const noexcept {
    return port_.value_or(is_https_ ? https_port : http_port);
}

std::string_view HttpUrl::base_path() const noexcept {
    std::string_view path = path_;
    if (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

std::string HttpUrl::authority() const {
    return host_.bracketed() + port_suffix();
}

std::string HttpUrl::origin() const {
    auto const host = host_.is_address() ? host_.bracketed() : host_.lookup_name();
    return (is_https_ ? "https://" : "http://") + host + port_suffix();
}

std::string HttpUrl::port_suffix() const {
    bool const is_default = port() == (is_https_ ? https_port : http_port);
    return is_default ? std::string() : ':' + std::to_string(port());
}

}  // namespace otp
