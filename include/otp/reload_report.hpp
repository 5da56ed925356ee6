#pragma once

#include <otp/export.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace OTP_EXPORT otp {

/// What a reload changed: names of instances, each list in order.
class ReloadReport {
public:
    ReloadReport() = default;

    /// Left as they were: connections, token, breaker and budget go on.
    std::vector<std::string> kept;
    std::vector<std::string> added;
    /// Made anew, as something of them changed: a setting, a secret, a file.
    std::vector<std::string> replaced;
    /// Gone. A code that one of them sent cannot be checked any more.
    std::vector<std::string> removed;
};

// GCC 12 destroys aggregate temporaries of a co_await expression twice (docs/adr/0001).
static_assert(!std::is_aggregate_v<ReloadReport>);

}  // namespace otp
