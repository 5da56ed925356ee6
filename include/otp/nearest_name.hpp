#pragma once

#include <otp/export.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace OTP_EXPORT otp {

/// The name among `known` that was probably meant by `name`; nothing if all are too far. The first
/// one wins a tie.
///
/// Far are names that more than one insertion, deletion, replacement or swap of neighbours in every
/// three letters, and one more, would not make equal. Upper and lower case count as equal, and so
/// do `-` and `_`. The result is one of `known`, and lives as long.
[[nodiscard]] std::optional<std::string_view> nearest_name(
    std::string_view name, std::span<std::string_view const> known
);

}  // namespace otp
