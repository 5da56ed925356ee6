#pragma once

#include <span>
#include <string_view>

namespace otp::mocks {

/// A file that was compiled in (cmake/EmbedFiles.cmake).
struct EmbeddedFile {
    /// Without a folder.
    std::string_view name;
    std::string_view content;
};

/// The files of mocks/inbox/page and docs/inbox-api.openapi.json, by name.
[[nodiscard]] std::span<EmbeddedFile const> embedded_files();

}  // namespace otp::mocks
