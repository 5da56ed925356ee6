#pragma once

#include <otp/http_url.hpp>
#include <otp/result.hpp>
#include <otp/seam/name_resolver.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace otp::http {

/// What the transport needs of a base URL: where to connect to, and what every request says of it.
struct Origin {
    bool secure{true};
    /// For TLS and messages: `Host::text`.
    std::string host;
    /// For the resolver: `Host::lookup_name`.
    std::string lookup_name;
    std::uint16_t port{443};
    bool host_is_address{false};
    /// Empty, or `/` and more without a final `/`.
    std::string base_path;
    /// The value of `Host`.
    std::string authority;
};

/// `HttpUrl::parse_endpoint` for a base URL. Errors: `config_invalid`.
[[nodiscard]] Result<Origin> parse_origin(std::string_view base_url);

/// Whether what is sent to `origin` in clear text could reach another machine through one of
/// `endpoints`. A resolver may have an opinion of its own about `localhost`.
[[nodiscard]] bool leaves_this_machine(
    Origin const& origin, NameResolver::Endpoints const& endpoints
);

}  // namespace otp::http
