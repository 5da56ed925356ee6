#pragma once

#include "integration/wire/tls_visit.hpp"

#include <functional>
#include <vector>

namespace otp::test {

/// A kind of server to visit.
struct Kind {
    char const* name;
    /// What the error must say: a refusal for another reason would prove nothing.
    char const* reason;
    std::function<Visit()> prepare;
    /// Set where a server of the other version would refuse its own certificate.
    int only_version{0};
};

/// Certificates that no client may accept.
[[nodiscard]] std::vector<Kind> bad_certificates();
/// Good certificates on servers that no client may talk to.
[[nodiscard]] std::vector<Kind> bad_servers();
/// The controls.
[[nodiscard]] std::vector<Kind> good_ones();

}  // namespace otp::test
