#include "delivery/run/reference_source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace otp::delivery {

namespace {

/// A letter of base32 (RFC 4648), in lower case: 32 letters, none more likely than another.
constexpr std::byte letter_of(std::byte random) noexcept {
    auto const value = std::to_integer<unsigned char>(random & std::byte{31});
    auto const digits_begin = static_cast<unsigned char>('2' - 26);
    return static_cast<std::byte>(value + (value < 26 ? 'a' : digits_begin));
}

}  // namespace

ReferenceSource::ReferenceSource(std::shared_ptr<RandomSource> random)
    : random_(std::move(random)), used_(letters_.size()) {}

ReferenceSource::Reference ReferenceSource::next() {
    if (used_ == letters_.size() || !drawn_in_.is_this()) {
        random_->fill(letters_);
        drawn_in_ = platform::ProcessMark();
        std::transform(letters_.begin(), letters_.end(), letters_.begin(), letter_of);
        used_ = 0;
    }
    Reference reference;
    std::memcpy(reference.data(), letters_.data() + used_, reference.size());
    used_ += reference.size();
    return reference;
}

}  // namespace otp::delivery
