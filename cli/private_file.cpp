#include "private_file.hpp"

#include "exit_status.hpp"
#include "standard_streams.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
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

/// Throws if `target` is what standard output or standard error write to: the file would be put in
/// the place of what is written there.
void refuse_standard_stream(std::filesystem::path const& target) {
    struct stat wanted {};
    if (::stat(target.c_str(), &wanted) != 0) return;
    for (auto const stream : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat taken {};
        if (::fstat(stream, &taken) != 0) continue;
        if (wanted.st_dev == taken.st_dev && wanted.st_ino == taken.st_ino) {
            throw UsageError(
                std::string("--handle-out: this is where standard ") +
                (stream == STDOUT_FILENO ? "output" : "error") + " goes; name a file of its own"
            );
        }
    }
}

}  // namespace

PrivateFile::PrivateFile(std::filesystem::path target) {
    if (target.empty() || target == "-") {
        throw UsageError(
            "--handle-out: give the name of a file; on standard output the handle is with --json"
        );
    }
    refuse_standard_stream(target);
    std::error_code error;
    target_ = std::filesystem::weakly_canonical(target, error);
    if (error) {
        target_ = std::move(target);
    }
    auto const status = std::filesystem::status(target_, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        throw UsageError("--handle-out: there is something else than a file");
    }
    temporary_ = target_.string() + '.' + std::string(6, 'X');
    // mkstemp fills the pattern in, makes the file with mode 0600 and follows no link.
    descriptor_ = ::mkstemp(temporary_.data());
    if (descriptor_ < 0) {
        refuse(system_error(errno));
    }
    if (auto const full = reserve(descriptor_)) {
        ::close(descriptor_);
        ::unlink(temporary_.c_str());
        refuse(full);
    }
}

PrivateFile::~PrivateFile() {
    if (descriptor_ < 0) {
        return;
    }
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

std::error_code PrivateFile::commit(std::string_view text) {
    if (auto const failure = write_all(descriptor_, text)) {
        return failure;
    }
    auto const placed = ::ftruncate(descriptor_, static_cast<off_t>(text.size())) == 0 &&
                        ::fsync(descriptor_) == 0 &&
                        std::rename(temporary_.c_str(), target_.c_str()) == 0;
    if (!placed) {
        return system_error(errno);
    }
    ::close(std::exchange(descriptor_, -1));
    return {};
}

}  // namespace otp::cli
