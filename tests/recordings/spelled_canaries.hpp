#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

/// The ways in which a text that must not be in a file could stand there all the same, none of them
/// made by the code under test: as it is, percent-encoded, with the escapes of JSON and HTML, in
/// hexadecimal, as a part of Base64 of either alphabet, grouped.
[[nodiscard]] std::vector<std::string> spellings_to_look_for(std::string_view text);

/// The spellings of `texts` that stand in the file, which is no valid UTF-8 if need be.
[[nodiscard]] std::vector<std::string> found_in(
    std::filesystem::path const& file, std::vector<std::string> const& texts
);

[[nodiscard]] std::string content_of(std::filesystem::path const& file);

/// All files of a folder, sorted.
[[nodiscard]] std::vector<std::filesystem::path> files_of(std::filesystem::path const& folder);

}  // namespace otp::test
