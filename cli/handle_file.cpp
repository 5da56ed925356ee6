#include "handle_file.hpp"

#include "exit_status.hpp"
#include "files.hpp"
#include "output_places.hpp"
#include "standard_streams.hpp"

#include <otp/json_body.hpp>
#include <otp/verification_handle.hpp>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>
#include <utility>

namespace otp::cli {

namespace {

constexpr off_t room_for_a_handle = 4096;

[[nodiscard]] std::error_code system_error(int number) {
    return {number, std::generic_category()};
}

/// Whether the disk, a quota or a limit leaves no room. What a file system cannot say beforehand is
/// no reason.
[[nodiscard]] std::error_code reserve(int descriptor) {
    auto const failure = ::posix_fallocate(descriptor, 0, room_for_a_handle);
    auto const no_room = failure == ENOSPC || failure == EDQUOT || failure == EFBIG;
    return system_error(no_room ? failure : 0);
}

[[noreturn]] void refuse(std::error_code reason) {
    throw UsageError("--handle-out: no file can be made there: " + reason.message());
}

/// Whether a handle is all that is in the file.
[[nodiscard]] bool holds_a_handle(std::filesystem::path const& file) {
    std::ifstream input(file, std::ios::binary);
    std::string text(largest_file_bytes, '\0');
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (text.size() == largest_file_bytes) return false;
    auto const json = parse_json_body(text);
    if (!json) return false;
    auto const handle = VerificationHandle::from_json(*json);
    return handle && handle->to_json() == *json;
}

/// Whether nothing is lost if a handle takes the place of what is there.
[[nodiscard]] bool is_free(std::filesystem::path const& place) {
    std::error_code error;
    auto const status = std::filesystem::symlink_status(place, error);
    if (!std::filesystem::exists(status)) return true;
    if (!std::filesystem::is_regular_file(status)) return false;
    return std::filesystem::is_empty(place, error) || holds_a_handle(place);
}

}  // namespace

HandleFile::HandleFile(std::filesystem::path target) {
    if (target.empty() || target == "-") {
        throw UsageError(
            "--handle-out: give the name of a file; on standard output the handle is with --json"
        );
    }
    refuse_standard_stream("--handle-out", target);
    std::error_code error;
    target_ = std::filesystem::weakly_canonical(target, error);
    if (error) target_ = std::move(target);
    // Of links only those are left that lead nowhere.
    auto const status = std::filesystem::symlink_status(target_, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        throw UsageError("--handle-out: there is something else than a file");
    }
    if (!is_free(target_)) {
        throw UsageError("--handle-out: another file is there; name another one, or remove it");
    }
    previous_ = target_.string() + ".previous";
    if (!is_free(previous_)) {
        throw UsageError(
            "--handle-out: another file is at " + previous_.string() +
            ", where the handle of an earlier send is kept; name another one, or remove it"
        );
    }
    temporary_ = target_.string() + '.' + std::string(6, 'X');
    // mkstemp fills the pattern in, makes the file with mode 0600 and follows no link.
    descriptor_ = ::mkstemp(temporary_.data());
    if (descriptor_ < 0) refuse(system_error(errno));
    auto failure = reserve(descriptor_);
    if (!failure) failure = set_aside();
    if (failure) {
        discard();
        refuse(failure);
    }
}

HandleFile::~HandleFile() {
    discard();
}

std::error_code HandleFile::commit(std::string_view text) {
    if (auto const failure = write_all(descriptor_, text)) return failure;
    if (::ftruncate(descriptor_, static_cast<off_t>(text.size())) != 0 ||
        ::fsync(descriptor_) != 0) {
        return system_error(errno);
    }
    if (auto const failure = place()) return failure;
    ::close(std::exchange(descriptor_, -1));
    if (is_free(previous_)) ::unlink(previous_.c_str());
    earlier_handle_.clear();
    return {};
}

std::error_code HandleFile::set_aside() {
    std::error_code failure;
    if (std::filesystem::is_empty(target_, failure)) {
        std::filesystem::remove(target_, failure);
        return failure;
    }
    if (failure == std::errc::no_such_file_or_directory) return {};
    if (failure) return failure;
    std::filesystem::rename(target_, previous_, failure);
    if (!failure) earlier_handle_ = previous_;
    return failure;
}

/// What has come to the place during the send is not ours to replace.
std::error_code HandleFile::place() {
    auto const* const from = temporary_.c_str();
    auto const* const to = target_.c_str();
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return {};
    // Some file systems know no such renaming.
    bool const is_unknown = errno == EINVAL || errno == ENOSYS;
    if (is_unknown && std::rename(from, to) == 0) return {};
    return system_error(errno);
}

void HandleFile::discard() noexcept {
    if (descriptor_ < 0) return;
    ::close(std::exchange(descriptor_, -1));
    ::unlink(temporary_.c_str());
}

}  // namespace otp::cli
