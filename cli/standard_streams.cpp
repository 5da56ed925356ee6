#include "standard_streams.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace otp::cli {

namespace {

[[nodiscard]] std::error_code last_error() {
    return {errno, std::generic_category()};
}

/// Puts something in the place of a closed stream that refuses what the stream is for.
/// Precondition: the lower descriptors are open, so that the kernel hands out this one.
void occupy(int stream) {
    if (::fcntl(stream, F_GETFD) != -1) return;
    auto const wrong_way = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", wrong_way) != stream) throw std::system_error(last_error());
}

}  // namespace

void prepare_standard_streams() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    for (auto const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) occupy(stream);
}

std::error_code write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        auto const written = ::write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            // Another process that shares the stream may have made it non-blocking.
            pollfd writable{descriptor, POLLOUT, 0};
            ::poll(&writable, 1, -1);
        } else if (errno != EINTR) {
            return last_error();
        }
    }
    return {};
}

}  // namespace otp::cli
