#pragma once

#include "platform/process_mark.hpp"

#include <otp/seam/random_source.hpp>

#include <array>
#include <cstddef>
#include <memory>

namespace otp::delivery {

/// Makes up ids for vendors that want one with each send: 20 lower-case letters and digits.
///
/// Random bytes are drawn for many ids at once, since a draw costs as much as a tenth of a request.
/// An id is no secret, so keeping bytes ready gives nothing away. A forked child draws its own, as
/// its parent uses those that were ready. Not thread-safe.
class ReferenceSource {
public:
    using Reference = std::array<char, 20>;

    explicit ReferenceSource(std::shared_ptr<RandomSource> random);

    [[nodiscard]] Reference next();

private:
    std::shared_ptr<RandomSource> random_;
    platform::ProcessMark drawn_in_;
    /// Random bytes, made into letters at once.
    std::array<std::byte, 256 * std::tuple_size_v<Reference>> letters_{};
    std::size_t used_;
};

}  // namespace otp::delivery
