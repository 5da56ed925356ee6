#include "output_places.hpp"

#include "exit_status.hpp"

#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace otp::cli {

namespace {

namespace fs = std::filesystem;

[[nodiscard]] bool is_same_place(fs::path const& first, fs::path const& second) {
    std::error_code error;
    if (fs::equivalent(first, second, error)) return true;
    return fs::weakly_canonical(first, error) == fs::weakly_canonical(second, error) && !error;
}

}  // namespace

void refuse_standard_stream(std::string_view option, fs::path const& target) {
    struct stat wanted {};
    if (::stat(target.c_str(), &wanted) != 0) return;
    for (auto const stream : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat taken {};
        if (::fstat(stream, &taken) != 0) continue;
        if (wanted.st_dev == taken.st_dev && wanted.st_ino == taken.st_ino) {
            throw UsageError(
                std::string(option) + ": this is where standard " +
                (stream == STDOUT_FILENO ? "output" : "error") + " goes; name a file of its own"
            );
        }
    }
}

void refuse_same_place(
    std::string_view option, fs::path const& target, fs::path const& other, std::string_view what
) {
    if (!is_same_place(target, other)) return;
    throw UsageError(
        std::string(option) + ": this is " + std::string(what) + "; name a file of its own"
    );
}

}  // namespace otp::cli
