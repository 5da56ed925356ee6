#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::adapter {

/// The name of a JSON member as `find_contradiction` compares it: without `_` and `-`, ASCII
/// letters small.
[[nodiscard]] std::string plain_member_name(std::string_view name);

/// The words of a name in small letters: `is`, `no`, `longer`, `valid` of `isNoLongerValid` and of
/// `is_no-longer_valid`; `otp`, `verified` of `OTPVerified`. Digits belong to the word before them.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

// These take plain names.

/// The verdict that a name is about: `verified` of `isphoneverified` and `isverifiedphone`; nothing
/// of `verifiedat`.
[[nodiscard]] std::optional<std::string_view> verdict_in(std::string_view plain_name);

/// Whether it ends in `message`, `reason` and the like.
[[nodiscard]] bool is_name_of_message(std::string_view plain_name);

/// A failure that a name tells of, and where in it.
struct NamedFailure {
    std::string_view failure;
    std::size_t place;
};

/// The first failure in the name: `invalid` of `isinvalidcode`.
[[nodiscard]] std::optional<NamedFailure> failure_in(std::string_view plain_name);

}  // namespace otp::adapter
