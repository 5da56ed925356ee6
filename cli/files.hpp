#pragma once

#include <otp/verification_handle.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace otp::cli {

/// Standard input, as an option's value.
inline constexpr char const* standard_input = "-";

/// All of a small file. Throws `UsageError` that names `option` if it cannot be read or is no small
/// file.
[[nodiscard]] std::string read_text_file(std::string_view option, std::string const& file);

/// One line of standard input; on a terminal it is asked for on standard error, and typed unseen.
/// Throws `UsageError` at the end of the input.
[[nodiscard]] std::string read_code_line();

/// A handle from a file or, for `-`, from standard input. Throws `UsageError` if it cannot be read,
/// `ErrorException` if it is no handle.
[[nodiscard]] VerificationHandle read_handle(std::string const& source);

/// A file that only its owner may read (mode 0600), and that exists complete or not at all.
///
/// It is made before the send, so that a folder that cannot be written is found while nothing has
/// been sent yet.
class PrivateFile {
public:
    /// Throws `UsageError` if no file can be made there, or if something else than a file is there.
    explicit PrivateFile(std::filesystem::path target);
    PrivateFile(PrivateFile const&) = delete;
    PrivateFile& operator=(PrivateFile const&) = delete;
    /// Removes what was not committed.
    ~PrivateFile();

    /// Writes the text and puts the file in place. False if the disk refuses.
    [[nodiscard]] bool commit(std::string_view text);

private:
    std::filesystem::path target_;
    std::string temporary_;
    int descriptor_{-1};
};

}  // namespace otp::cli
