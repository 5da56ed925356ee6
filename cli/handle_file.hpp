#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace otp::cli {

/// The file of `--handle-out`: only its owner may read it (mode 0600), and it exists complete or
/// not at all.
///
/// It is prepared before the send, with room for a handle, so that a folder that cannot be written
/// and a full disk are found while nothing has been sent yet. From then on nothing is at its place
/// until the handle of this send is: a script cannot take the handle of an earlier send for this
/// one's. That handle is kept beside it, with `.previous` behind the name, until there is a new
/// one, as its code may still be good.
class HandleFile {
public:
    /// Sets the handle of an earlier send aside. Throws `UsageError`, and leaves everything as it
    /// is, if no file can be made there, if something else than a handle or an empty file is there
    /// or where the handle would be set aside, if it is the file of standard output or standard
    /// error, or for `-`, which means no file.
    explicit HandleFile(std::filesystem::path target);
    HandleFile(HandleFile const&) = delete;
    HandleFile& operator=(HandleFile const&) = delete;
    /// Removes what was not committed.
    ~HandleFile();

    /// Writes the text, puts the file in place and removes the handle of the earlier send. Returns
    /// why that is impossible: also if something has come to the place meanwhile.
    [[nodiscard]] std::error_code commit(std::string_view text);

    /// Where the handle of an earlier send is now; empty if there was none, or is none any more.
    [[nodiscard]] std::filesystem::path const& earlier_handle() const noexcept {
        return earlier_handle_;
    }

private:
    [[nodiscard]] std::error_code set_aside();
    [[nodiscard]] std::error_code place();
    void discard() noexcept;

    std::filesystem::path target_;
    std::filesystem::path previous_;
    std::filesystem::path earlier_handle_;
    std::string temporary_;
    int descriptor_{-1};
};

}  // namespace otp::cli
