#pragma once

#include <otp/seam/name_resolver.hpp>

#include <cstddef>

namespace otp::http {

/// More than these are never tried in the time that there is for connecting.
inline constexpr std::size_t max_addresses = 32;

/// In which order a host's addresses are tried: as RFC 8305 4 says, the families in turn, beginning
/// with that of the first address, and each family as it was found. At most `max_addresses`.
[[nodiscard]] NameResolver::Endpoints order_of_attempts(NameResolver::Endpoints const& found);

}  // namespace otp::http
