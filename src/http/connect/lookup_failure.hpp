#pragma once

#include <boost/system/error_code.hpp>

#include <string>

namespace otp::http {

/// Why a name has no addresses, and what to do: no such name, no answer from the name servers
/// (which may pass), or whatever else the resolver says. No error means that it has found none.
[[nodiscard]] std::string explain_lookup_failure(boost::system::error_code const& error);

}  // namespace otp::http
