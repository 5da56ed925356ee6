#pragma once

#include "http/tls/client_identity.hpp"

#include <otp/config.hpp>

#include <vector>

namespace otp::http {

/// What is wrong with the contents of the files that `tls` names, each file for itself. A lack of
/// descriptors or memory is not said here: whoever makes connections will meet it. Throws
/// `std::bad_alloc`.
[[nodiscard]] std::vector<TlsFileFault> check_tls_files(TlsConfig const& tls);

}  // namespace otp::http
