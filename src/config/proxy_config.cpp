#include "config/proxy_config.hpp"

#include "config/config_keys.hpp"
#include "config/object_reader.hpp"
#include "model/ascii.hpp"

#include <otp/host.hpp>
#include <otp/json_body.hpp>
#include <otp/secret_text.hpp>

#include <algorithm>
#include <utility>

namespace otp::config {

namespace {

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), model::is_ascii_control);
}

}  // namespace

std::optional<ProxyConfig> read_proxy_config(
    boost::json::value const& value,
    std::string const& pointer,
    SecretReader const& secrets,
    Violations& violations
) {
    auto const object = ObjectReader::open(value, pointer, proxy_keys, violations);
    if (!object) return std::nullopt;
    ProxyConfig proxy;
    if (object->require("host") != nullptr) proxy.host = object->text("host").value_or("");
    if (auto const port = object->integer("port", {1, 65535})) {
        proxy.port = static_cast<std::uint16_t>(*port);
    }
    proxy.username = object->text("username").value_or("");
    if (auto password = secrets.read(*object, "password")) proxy.password = std::move(*password);
    check_proxy_config(proxy, pointer, violations);
    return proxy;
}

void check_proxy_config(
    ProxyConfig const& proxy, std::string const& pointer, Violations& violations
) {
    auto const refuse = [&](std::string_view key, std::string message) {
        violations.add_if_new(append_json_pointer(pointer, key), std::move(message));
    };
    if (!Host::parse(proxy.host)) {
        refuse("host", "must be a host name or an address, without scheme and port");
    }
    if (proxy.port == 0) refuse("port", "must be a whole number from 1 to 65535");
    if (has_control_character(proxy.username) || proxy.username.find(':') != std::string::npos) {
        refuse("username", "must not hold a colon or control characters");  // RFC 7617 2
    }
    if (proxy.username.empty() && !proxy.password.empty()) {
        refuse("username", "is missing: a password needs a user name");
    }
    if (proxy.password.empty()) return;
    auto const problem = secret_text_problem(proxy.password.reveal(), "password");
    if (!problem.empty()) refuse("password", std::string(problem));
}

std::optional<ProxyConfig> clone_proxy_config(std::optional<ProxyConfig> const& proxy) {
    if (!proxy) return std::nullopt;
    ProxyConfig copy;
    copy.host = proxy->host;
    copy.port = proxy->port;
    copy.username = proxy->username;
    copy.password = proxy->password.clone();
    return copy;
}

}  // namespace otp::config
