#pragma once

#include "config/checked.hpp"

#include <otp/secret.hpp>

#include <filesystem>
#include <optional>
#include <string_view>
#include <sys/types.h>

namespace otp::config {

/// Reads a secret from a file: its text without one final line break (LF or CR LF).
///
/// Errors: no such file, not a regular file, more than 64 KiB, empty, or open to others (see
/// `secret_file_mistake`). The file is judged after it was opened, so it cannot be exchanged in
/// between.
[[nodiscard]] Checked<Secret> read_secret_file(std::filesystem::path const& file);

/// Why a file with this owner, these permissions and this real path (symbolic links followed) may
/// not hold a secret; nothing if it may.
///
/// Allowed are, as by libpq for its key files:
/// - a file that only its owner can access (0600, 0400);
/// - a file of root's that its group can read, and nobody else (0640, 0440).
///
/// And, because containers get their secrets so:
/// - a file of root's that nobody else can write (0444, 0644), below `/run/secrets` (Docker,
/// Podman,
///   Kubernetes, where `/var/run` is `/run`) or `/run/credentials` (systemd). Inside a container
///   everybody is the application.
[[nodiscard]] std::optional<Mistake> secret_file_mistake(
    uid_t owner, mode_t mode, std::string_view real_path
);

}  // namespace otp::config
