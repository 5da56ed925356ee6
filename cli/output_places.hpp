#pragma once

#include <filesystem>
#include <string_view>

namespace otp::cli {

/// Throws `UsageError` that names `option` if `target` is what standard output or standard error
/// write to: the file would be put in the place of what is written there, or among it.
void refuse_standard_stream(std::string_view option, std::filesystem::path const& target);

/// Throws `UsageError` that names `option` if `target` is `other`, also where neither is there yet;
/// `what` says what that one is.
void refuse_same_place(
    std::string_view option,
    std::filesystem::path const& target,
    std::filesystem::path const& other,
    std::string_view what
);

}  // namespace otp::cli
