#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace otp::cli {

/// A file that others read as soon as it is there: it exists complete or not at all, and takes the
/// place of an earlier one in one step.
///
/// It is made beside its place at once, so that a folder that cannot be written is found before
/// what it is to tell of has happened.
class WholeFile {
public:
    /// `option` names it in errors. Without `permissions` it gets those of the file that is there,
    /// or else what the process gives to new files. Throws `UsageError` if no file can be made
    /// there, for `-`, and if something else than a file is there.
    WholeFile(
        std::string_view option,
        std::filesystem::path const& target,
        std::optional<std::filesystem::perms> permissions = std::nullopt
    );
    WholeFile(WholeFile const&) = delete;
    WholeFile& operator=(WholeFile const&) = delete;
    /// Removes what was not committed.
    ~WholeFile();

    /// Writes the text and puts the file in place. Returns why that is impossible.
    [[nodiscard]] std::error_code commit(std::string_view text);

private:
    [[nodiscard]] std::error_code write(std::string_view text) const;
    void discard() noexcept;

    std::filesystem::path place_;
    std::string beside_;
    std::optional<std::filesystem::perms> permissions_;
    int descriptor_{-1};
};

/// Makes such a file at once. Throws `UsageError` that names `option` if it cannot be written.
void write_whole_file(
    std::string_view option, std::filesystem::path const& target, std::string_view text
);

}  // namespace otp::cli
