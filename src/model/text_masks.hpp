#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace otp::model {

/// What stands in place of a text that must not be seen.
inline constexpr std::string_view mask = "***";

/// The parts of a text that are shown as `mask`, in octets.
class TextMasks {
public:
    struct Part {
        std::size_t begin;
        std::size_t end;
    };

    /// Parts may overlap, in any order. An empty one is none.
    void add(std::size_t begin, std::size_t end) {
        if (begin < end) parts_.push_back({begin, end});
    }

    [[nodiscard]] bool empty() const noexcept { return parts_.empty(); }

    /// The parts in their order, those that overlap or touch made one.
    [[nodiscard]] std::vector<Part> merged() &&;

private:
    std::vector<Part> parts_;
};

}  // namespace otp::model
