#pragma once

#include <otp/export.hpp>
#include <otp/result.hpp>

#include <functional>
#include <memory>

namespace OTP_EXPORT otp {

class Transport;
struct TransportSettings;

/// Makes the transport of one origin (`otp/seam/transport.hpp`). Errors: `config_invalid` (a CA
/// file that cannot be read, say), or `connect_failed` if the process has no descriptor or memory
/// left.
using TransportFactory =
    std::function<Result<std::shared_ptr<Transport>>(TransportSettings const& settings)>;

}  // namespace otp
