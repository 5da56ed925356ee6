#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::testing {

/// The pointer to the member that is sensitive as a whole because of what `pointers` list
/// (`SensitivePlaces`): `place` itself, or the part of it whose `/**` is listed. Nothing if `place`
/// is not sensitive.
[[nodiscard]] std::optional<std::string> sensitive_member(
    std::vector<std::string> const& pointers, std::string_view place
);

}  // namespace otp::testing
