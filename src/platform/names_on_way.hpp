#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace otp::platform {

/// A name in a folder; where it is empty, the place itself, whatever stands there.
struct WatchedName {
    std::filesystem::path folder;
    std::string name;

    friend bool operator==(WatchedName const&, WatchedName const&) = default;
};

/// Where the symbolic link at a path leads; nothing if there is none.
using ReadLink = std::function<std::optional<std::filesystem::path>(std::filesystem::path const&)>;

/// All names that are looked up when `file`, an absolute path, is opened, in that order: whoever
/// exchanges one of them exchanges the file. Each folder is free of symbolic links. Last comes the
/// place where the way ends, without a name; it is left out if links lead in a circle.
///
/// With `/etc/otp/key`, where `key` leads to `..data/key` and `..data` to `..2026`, as Kubernetes
/// mounts it: `etc` in `/`, `otp` in `/etc`, `key` and `..data` and `..2026` in `/etc/otp`, `key`
/// in
/// `/etc/otp/..2026`, and `/etc/otp/..2026/key` itself.
///
/// Pure, but for `read_link`. What is not there is taken for a folder or file without links.
[[nodiscard]] std::vector<WatchedName> names_on_way(
    std::filesystem::path const& file, ReadLink const& read_link
);

}  // namespace otp::platform
