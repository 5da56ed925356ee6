#include "whole_file.hpp"

#include "exit_status.hpp"
#include "standard_streams.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace otp::cli {

namespace {

namespace fs = std::filesystem;

[[nodiscard]] std::error_code last_error() {
    return {errno, std::generic_category()};
}

[[noreturn]] void refuse(std::string_view option, std::error_code reason) {
    throw UsageError(std::string(option) + ": the file cannot be written: " + reason.message());
}

}  // namespace

WholeFile::WholeFile(
    std::string_view option, fs::path const& target, std::optional<fs::perms> permissions
)
    : permissions_(permissions) {
    std::string const name(option);
    if (target.empty() || target == "-") throw UsageError(name + ": give the name of a file");
    std::error_code error;
    // Where a link leads to, and not the link, is what is replaced.
    place_ = fs::weakly_canonical(target, error);
    if (error) place_ = target;
    if (fs::is_symlink(fs::symlink_status(place_, error))) {
        throw UsageError(name + ": the file is a link that leads nowhere");
    }
    auto const there = fs::status(place_, error);
    if (fs::exists(there) && !fs::is_regular_file(there)) {
        throw UsageError(name + ": there is something else than a file");
    }
    if (fs::exists(there) && !permissions_) permissions_ = there.permissions();
    // Beside the target, as a file can be renamed within its file system only. The name is this
    // process's own, so what is there was left by one that is dead.
    beside_ = place_.string() + '.' + std::to_string(::getpid());
    ::unlink(beside_.c_str());
    descriptor_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) refuse(option, last_error());
}

WholeFile::~WholeFile() {
    discard();
}

std::error_code WholeFile::commit(std::string_view text) {
    auto failure = write(text);
    if (!failure && std::rename(beside_.c_str(), place_.c_str()) != 0) failure = last_error();
    if (failure) {
        discard();
    } else {
        ::close(std::exchange(descriptor_, -1));
    }
    return failure;
}

/// The file is on the disk when it returns.
std::error_code WholeFile::write(std::string_view text) const {
    if (permissions_ && ::fchmod(descriptor_, static_cast<mode_t>(*permissions_)) != 0) {
        return last_error();
    }
    if (auto const failure = write_all(descriptor_, text)) return failure;
    return ::fsync(descriptor_) == 0 ? std::error_code() : last_error();
}

void WholeFile::discard() noexcept {
    if (descriptor_ < 0) return;
    ::close(std::exchange(descriptor_, -1));
    ::unlink(beside_.c_str());
}

void write_whole_file(std::string_view option, fs::path const& target, std::string_view text) {
    WholeFile file(option, target);
    if (auto const failure = file.commit(text)) refuse(option, failure);
}

}  // namespace otp::cli
