#pragma once

#include "http/socket/io_result.hpp"

#include <cstdint>
#include <span>

namespace otp::http {

/// Non-blocking reads and writes on a connected socket, and how many bytes the kernel ever took.
///
/// The count is the evidence for `Delivery`: it is taken at the system call, below TLS, where a
/// failed write cannot hide bytes that have left.
class CountedSocket {
public:
    /// `native_socket` stays owned by the caller, is non-blocking and open as long as this is used.
    explicit CountedSocket(int native_socket) noexcept : socket_(native_socket) {}

    [[nodiscard]] IoResult read(std::span<char> into) noexcept;
    [[nodiscard]] IoResult write(std::span<char const> bytes) noexcept;
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept { return bytes_taken_; }

    /// Why the last read or write failed; nothing if none did.
    [[nodiscard]] boost::system::error_code failure() const noexcept { return failure_; }

    /// Whether the last read found less than it asked for, so that what comes later is a new event.
    [[nodiscard]] bool is_drained() const noexcept { return drained_; }

    /// Looks at the socket: whether nothing at all has come, no byte, no FIN and no error.
    [[nodiscard]] bool is_silent() const noexcept;

private:
    IoResult fail(boost::system::error_code error) noexcept;

    int socket_;
    std::uint64_t bytes_taken_{0};
    bool drained_{true};
    boost::system::error_code failure_;
};

}  // namespace otp::http
