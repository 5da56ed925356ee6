#include "config/proxy_url.hpp"

#include "config/proxy_config.hpp"
#include "model/ascii.hpp"

#include <otp/http_url.hpp>

#include <string>

namespace otp::config {

namespace {

constexpr std::string_view scheme = "http://";

/// Where an unescaped character of a password is taken for the end of something else, what is wrong
/// is elsewhere than where it shows.
Mistake mistake_of(std::string_view text, std::string reason) {
    if (text.find('@') != text.npos) {
        reason +=
            " (in a user or password, @ is written %40, # %23, / %2F, ? %3F, % %25 and : %3A)";
    }
    return Mistake{std::move(reason)};
}

}  // namespace

Checked<ProxyConfig> read_proxy_url(std::string_view text) {
    bool const has_scheme = text.find("://") != text.npos;
    if (has_scheme && model::lower_case(text.substr(0, scheme.size())) != scheme) {
        return Mistake{"must begin with http://: no other kind of proxy is supported"};
    }
    std::string absolute;
    absolute.reserve(scheme.size() + text.size());
    absolute.append(has_scheme ? "" : scheme).append(text);
    auto const url = HttpUrl::parse(absolute);
    wipe_memory(absolute.data(), absolute.size());
    if (!url) return mistake_of(text, url.error().message);
    if (!url->base_path().empty()) return mistake_of(text, "must not hold a path");

    ProxyConfig proxy;
    proxy.host = url->host().lookup_name();
    proxy.port = url->written_port().value_or(proxy.port);
    proxy.username = url->username();
    proxy.password = url->password().clone();
    Violations violations;
    check_proxy_config(proxy, "", violations);
    if (auto const error = violations.take_error("the proxy")) {
        auto const& first = error->violations.front();
        return Mistake{"cannot be used: its " + first.pointer.substr(1) + ' ' + first.message};
    }
    return proxy;
}

}  // namespace otp::config
