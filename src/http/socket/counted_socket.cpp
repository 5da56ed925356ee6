#include "http/socket/counted_socket.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace otp::http {
namespace {

bool would_block(int code) noexcept {
    return code == EAGAIN || code == EWOULDBLOCK;
}

// Nothing would tell again of what an interrupted call has left.
template <class Call>
ssize_t uninterrupted(Call call) noexcept {
    ssize_t moved = 0;
    do {
        moved = call();
    } while (moved < 0 && errno == EINTR);
    return moved;
}

}  // namespace

IoResult CountedSocket::read(std::span<char> into) noexcept {
    auto const got = uninterrupted([&] { return ::recv(socket_, into.data(), into.size(), 0); });
    drained_ = got < static_cast<ssize_t>(into.size());
    if (got > 0) return {IoStatus::done, static_cast<std::size_t>(got)};
    if (got == 0) return {IoStatus::end_of_stream};
    if (would_block(errno)) return {IoStatus::want_read};
    return fail({errno, boost::system::system_category()});
}

IoResult CountedSocket::write(std::span<char const> bytes) noexcept {
    // MSG_NOSIGNAL: a library must not let a closed peer kill the process by SIGPIPE.
    auto const taken =
        uninterrupted([&] { return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); });
    if (taken < 0 && would_block(errno)) return {IoStatus::want_write};
    if (taken < 0) return fail({errno, boost::system::system_category()});
    bytes_taken_ += static_cast<std::uint64_t>(taken);
    return {IoStatus::done, static_cast<std::size_t>(taken)};
}

IoResult CountedSocket::fail(boost::system::error_code error) noexcept {
    failure_ = error;
    return {IoStatus::failed, 0, error};
}

bool CountedSocket::is_silent() const noexcept {
    char next = 0;
    auto const seen = uninterrupted([&] { return ::recv(socket_, &next, 1, MSG_PEEK); });
    return seen < 0 && would_block(errno);
}

}  // namespace otp::http
