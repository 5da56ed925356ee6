#pragma once

#include <otp/config.hpp>
#include <otp/result.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace otp {

/// Why requests go through a proxy, or not.
enum class ProxyReason : std::uint8_t {
    none,         ///< Neither the configuration nor the environment names a proxy.
    configured,   ///< The instance's `proxy`.
    environment,  ///< `HTTPS_PROXY` or `https_proxy`.
    no_proxy,     ///< Directly: an entry of `NO_PROXY` or `no_proxy` covers the host.
    loopback      ///< Directly: the host is this machine.
};

/// `none`, `configured`, `environment`, `no_proxy`, `loopback`.
[[nodiscard]] std::string_view to_string(ProxyReason reason) noexcept;

/// The way to one origin, and why it is this one.
struct ProxyChoice {
    explicit ProxyChoice(ProxyReason why) : reason(why) {}

    /// Nothing: directly.
    std::optional<ProxyConfig> proxy;
    ProxyReason reason;
    /// The environment's variable that decided; empty if none did.
    std::string variable;
    /// With `ProxyReason::no_proxy`: the place of the entry in the list, from 1.
    std::size_t entry{0};
};

/// For people, without user and password: `proxy.example.com:3128 (HTTPS_PROXY)`,
/// `none (NO_PROXY, entry 2)`, `none (this machine)`.
[[nodiscard]] std::string describe(ProxyChoice const& choice);

/// Decides how requests of `instance` reach `url`, a base URL or a token endpoint, as Go's
/// net/http/httpproxy does:
///
/// - A plain `http` URL is reached directly: it is this machine, and nothing is sent elsewhere in
///   clear text.
/// - A `proxy` of the instance is used for every `https` URL.
/// - Otherwise, unless `ignore_proxy_environment` is set, the first of `HTTPS_PROXY` and
///   `https_proxy` that is not empty is used, unless the host is this machine, or the first of
///   `NO_PROXY` and `no_proxy` that is not empty covers it. Other variables are not looked at.
///
/// An empty `environment` names nothing. Errors: `config_invalid`, for `url`, or for a variable of
/// the environment that is needed and cannot be understood; nothing of its text is quoted.
[[nodiscard]] Result<ProxyChoice> choose_proxy(
    InstanceConfig const& instance,
    std::string_view url,
    std::function<std::optional<std::string>(std::string const& name)> const& environment
);

}  // namespace otp
