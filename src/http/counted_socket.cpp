#include "http/counted_socket.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace otp::http {
namespace {

IoResult failure(IoStatus would_block) noexcept {
    int const code = errno;
    if (code == EAGAIN || code == EWOULDBLOCK || code == EINTR) return {would_block};
    return {IoStatus::failed, 0, {code, boost::system::system_category()}};
}

}  // namespace

IoResult CountedSocket::read(std::span<char> into) noexcept {
    auto const got = ::recv(socket_, into.data(), into.size(), 0);
    if (got > 0) return {IoStatus::done, static_cast<std::size_t>(got)};
    if (got == 0) return {IoStatus::end_of_stream};
    return failure(IoStatus::want_read);
}

IoResult CountedSocket::write(std::span<char const> bytes) noexcept {
    // MSG_NOSIGNAL: a library must not let a closed peer kill the process by SIGPIPE.
    auto const taken = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (taken < 0) return failure(IoStatus::want_write);
    bytes_taken_ += static_cast<std::uint64_t>(taken);
    return {IoStatus::done, static_cast<std::size_t>(taken)};
}

}  // namespace otp::http
