#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace otp::cli {

/// A file that only its owner may read (mode 0600), and that exists complete or not at all.
///
/// It is made before the send, with room for a handle, so that a folder that cannot be written and
/// a full disk are found while nothing has been sent yet.
class PrivateFile {
public:
    /// Throws `UsageError` if no file can be made there, if something else than a file is there, if
    /// it is the file of standard output or standard error, or for `-`, which means no file.
    explicit PrivateFile(std::filesystem::path target);
    PrivateFile(PrivateFile const&) = delete;
    PrivateFile& operator=(PrivateFile const&) = delete;
    /// Removes what was not committed.
    ~PrivateFile();

    /// Writes the text and puts the file in place. Returns why that is impossible.
    [[nodiscard]] std::error_code commit(std::string_view text);

private:
    std::filesystem::path target_;
    std::string temporary_;
    int descriptor_{-1};
};

}  // namespace otp::cli
