#include "sensitive_places.hpp"

namespace otp::testing {

std::optional<std::string> sensitive_member(
    std::vector<std::string> const& pointers, std::string_view place
) {
    constexpr std::string_view all_below = "/**";
    for (std::string_view pointer : pointers) {
        if (pointer == place) return std::string(place);
        if (!pointer.ends_with(all_below)) continue;
        pointer.remove_suffix(all_below.size());
        bool const is_below = place.starts_with(pointer) &&
                              (place.size() == pointer.size() || place[pointer.size()] == '/');
        if (is_below) return std::string(pointer);
    }
    return std::nullopt;
}

}  // namespace otp::testing
