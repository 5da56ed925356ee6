#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otp::model {

/// The name of a JSON member as `find_contradiction` compares it: without `_` and `-`, ASCII
/// letters small.
[[nodiscard]] std::string plain_member_name(std::string_view name);

// These take plain names.

/// The verdict that a name is about: `verified` of `isphoneverified` and `isverifiedphone`; nothing
/// of `verifiedat`.
[[nodiscard]] std::optional<std::string_view> verdict_in(std::string_view plain_name);

/// Whether it ends in `message`, `reason` and the like.
[[nodiscard]] bool is_name_of_message(std::string_view plain_name);

}  // namespace otp::model
