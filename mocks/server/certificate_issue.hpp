#pragma once

#include <string>
#include <vector>

namespace otp::mocks {

/// PEM texts.
struct IssuedCertificate {
    std::string authority;
    std::string certificate;
    std::string key;
};

/// A new authority and a server certificate of it for `names`, host names and numeric addresses, on
/// P-256, valid for a year from a day ago. The authority's key is gone when this returns. Throws
/// `std::runtime_error` if OpenSSL cannot do it.
[[nodiscard]] IssuedCertificate issue_certificate(std::vector<std::string> const& names);

}  // namespace otp::mocks
