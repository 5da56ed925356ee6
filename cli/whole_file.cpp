#include "whole_file.hpp"

#include "exit_status.hpp"
#include "standard_streams.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace otp::cli {

namespace {

namespace fs = std::filesystem;

[[nodiscard]] std::error_code last_error() {
    return {errno, std::generic_category()};
}

/// Writes a new file, on the disk when it returns.
/// With the rights of what it replaces, if there is something.
[[nodiscard]] std::error_code write_new(
    fs::path const& file, fs::file_status const& replaced, std::string_view text
) {
    auto const descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return last_error();
    std::error_code failure;
    if (fs::exists(replaced)) fs::permissions(file, replaced.permissions(), failure);
    if (!failure) failure = write_all(descriptor, text);
    if (!failure && ::fsync(descriptor) != 0) failure = last_error();
    ::close(descriptor);
    return failure;
}

[[nodiscard]] std::error_code replace(
    fs::path const& target, fs::file_status const& there, std::string_view text
) {
    // Beside the target, as a file can be renamed within its file system only. The name is this
    // process's own, so what is there was left by one that is dead.
    auto const beside = target.string() + '.' + std::to_string(::getpid());
    ::unlink(beside.c_str());
    auto failure = write_new(beside, there, text);
    if (!failure && std::rename(beside.c_str(), target.c_str()) != 0) failure = last_error();
    if (failure) ::unlink(beside.c_str());
    return failure;
}

}  // namespace

void write_whole_file(std::string_view option, fs::path const& target, std::string_view text) {
    std::string const name(option);
    if (target.empty() || target == "-") throw UsageError(name + ": give the name of a file");
    std::error_code error;
    // Where a link leads to, and not the link, is what is replaced.
    auto place = fs::weakly_canonical(target, error);
    if (error) place = target;
    if (fs::is_symlink(fs::symlink_status(place, error))) {
        throw UsageError(name + ": the file is a link that leads nowhere");
    }
    auto const there = fs::status(place, error);
    if (fs::exists(there) && !fs::is_regular_file(there)) {
        throw UsageError(name + ": there is something else than a file");
    }
    if (auto const failure = replace(place, there, text)) {
        throw UsageError(name + ": the file cannot be written: " + failure.message());
    }
}

}  // namespace otp::cli
