#include "model/text_masks.hpp"

#include <algorithm>
#include <utility>

namespace otp::model {

std::vector<TextMasks::Part> TextMasks::merged() && {
    auto parts = std::move(parts_);
    std::sort(parts.begin(), parts.end(), [](Part const& left, Part const& right) {
        return left.begin < right.begin;
    });
    std::vector<Part> result;
    for (auto const& part : parts) {
        if (result.empty() || part.begin > result.back().end) {
            result.push_back(part);
        } else {
            result.back().end = std::max(result.back().end, part.end);
        }
    }
    return result;
}

}  // namespace otp::model
