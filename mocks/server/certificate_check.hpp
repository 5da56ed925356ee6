#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace otp::mocks {

/// Why a client that trusts `authority` would not take a server with `certificate` and `key` for
/// one of `names` now; empty if it would. All are PEM files.
[[nodiscard]] std::string certificate_fault(
    std::filesystem::path const& authority,
    std::filesystem::path const& certificate,
    std::filesystem::path const& key,
    std::vector<std::string> const& names
);

}  // namespace otp::mocks
