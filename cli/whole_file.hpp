#pragma once

#include <filesystem>
#include <string_view>

namespace otp::cli {

/// Writes a file that others read as soon as it is there: it exists complete or not at all, and
/// takes the place of an earlier one in one step. Throws `UsageError` that names `option` if it
/// cannot be written, for `-`, and if something else than a file is there.
void write_whole_file(
    std::string_view option, std::filesystem::path const& target, std::string_view text
);

}  // namespace otp::cli
