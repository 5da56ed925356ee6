#pragma once

#include "config/checked.hpp"

#include <otp/secret.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <sys/types.h>
#include <vector>

namespace otp::config {

/// A folder whose files others may read, with symbolic links followed.
struct SecretFolder {
    std::filesystem::path real_path;
    /// Named by the configuration's `secret_folders`, and not a place of containers' own.
    bool configured{false};
};

/// Where containers and services get their secrets mounted, readable by everybody inside:
/// `/run/secrets` and `/var/run/secrets` (Docker, Podman, Kubernetes), `/run/credentials`
/// (systemd).
[[nodiscard]] std::vector<SecretFolder> mounted_secret_folders();

/// Who may do what with a file or folder (`stat`).
struct FileRights {
    uid_t owner{};
    gid_t group{};
    mode_t mode{};
};

/// What decides whether a file may hold a secret.
struct SecretFileFacts {
    FileRights file;
    /// With symbolic links followed; empty if it is not known.
    std::filesystem::path real_path;
    /// Those above the real path, from the file's own up to the root.
    std::vector<FileRights> folders;
    /// Whom this process runs as.
    uid_t process_owner{};
};

struct SecretFileVerdict {
    std::optional<Mistake> mistake;
    /// What is allowed by the configuration alone, in words that follow the file's name.
    std::optional<std::string> warning;
};

/// Whether such a file may hold a secret. Allowed are, as by libpq for its key files:
/// - a file that only its owner can access (0600, 0400);
/// - a file of root's that its group can read, and nobody else (0640, 0440).
///
/// And, below one of `folders`, whatever others cannot write: neither the file nor a folder above
/// it, so that nobody can put another one in its place. Root's group, and one of the owner's own
/// number, are no others. In a sticky folder, as Kubernetes mounts them, what belongs to root, to
/// the folder's owner or to this process is safe from others.
[[nodiscard]] SecretFileVerdict judge_secret_file(
    SecretFileFacts const& facts, std::span<SecretFolder const> folders
);

struct SecretFile {
    Secret secret;
    std::optional<std::string> warning;
};

/// Reads a secret from a file: its text, but for what `trim_secret_text` drops.
///
/// Errors: no such file, not a regular file, more than 64 KiB, or as `judge_secret_file` says. The
/// file is judged after it was opened, so it cannot be exchanged in between.
[[nodiscard]] Checked<SecretFile> read_secret_file(
    std::filesystem::path const& file, std::span<SecretFolder const> folders
);

}  // namespace otp::config
