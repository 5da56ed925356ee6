#pragma once

#include <otp/export.hpp>

#include <cstddef>
#include <memory>
#include <span>

namespace OTP_EXPORT otp {

/// Where random bytes come from. A seam: a test replaces it to repeat a run.
///
/// Thread safety: `fill` may be called from several threads.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;

    /// The operating system's generator, through OpenSSL.
    [[nodiscard]] static std::shared_ptr<RandomSource> system();
};

}  // namespace otp
