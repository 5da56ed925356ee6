#include "config/config_name.hpp"

#include "model/ascii.hpp"

#include <algorithm>

namespace otp::config {

std::optional<Mistake> name_mistake(std::string_view name) {
    bool const valid = !name.empty() && name.size() <= 64 && model::is_alphanumeric(name.front()) &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                           return model::is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
                       });
    if (valid) return std::nullopt;
    return Mistake{
        "has no valid name: use 1 to 64 letters, digits, -, _ and ., beginning with a letter or "
        "digit"};
}

}  // namespace otp::config
