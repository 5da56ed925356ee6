#include "delivery/reference_source.hpp"

#include <string_view>
#include <utility>

namespace otp::delivery {

ReferenceSource::ReferenceSource(std::shared_ptr<RandomSource> random)
    : random_(std::move(random)), used_(bytes_.size()) {}

ReferenceSource::Reference ReferenceSource::next() {
    static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    static_assert(alphabet.size() == 32, "no letter more likely than another");
    if (used_ == bytes_.size()) {
        random_->fill(bytes_);
        used_ = 0;
    }
    Reference reference;
    for (char& character : reference)
        character = alphabet[std::to_integer<std::size_t>(bytes_[used_++]) % 32];
    return reference;
}

}  // namespace otp::delivery
