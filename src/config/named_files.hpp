#pragma once

#include <otp/config.hpp>

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace otp::config {

/// The files that a configuration names, whether they are there or not, and whether the
/// configuration can be used or not: each `${file:…}`, and those of `tls`. Relative paths begin at
/// `base_directory`. Nothing if the text is no JSON.
[[nodiscard]] std::optional<std::vector<std::filesystem::path>> named_files(
    std::string_view text, std::filesystem::path const& base_directory
);

/// The same of a configuration file, as `load_config` reads it. Nothing also if it cannot be read.
[[nodiscard]] std::optional<std::vector<std::filesystem::path>> files_named_in(
    std::filesystem::path const& config_file
);

/// The files of TLS that the instances name.
[[nodiscard]] std::vector<std::filesystem::path> tls_files(ClientConfig const& config);

}  // namespace otp::config
