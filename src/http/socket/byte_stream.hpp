#pragma once

#include "http/socket/counted_socket.hpp"
#include "http/socket/io_result.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace otp::http {

/// The bytes of one connection, plain or encrypted; non-blocking.
class ByteStream {
public:
    virtual ~ByteStream() = default;

    [[nodiscard]] virtual IoResult read(std::span<char> into) = 0;
    /// May take a part; the rest is to be given again, first.
    [[nodiscard]] virtual IoResult write(std::span<char const> bytes) = 0;
    /// Bytes that the kernel took so far, whatever they mean to the peer.
    [[nodiscard]] virtual std::uint64_t bytes_taken() const noexcept = 0;
    /// Whether input may be at hand of which no event will tell: inside the stream, or in the
    /// socket because the last read got all it asked for.
    [[nodiscard]] virtual bool may_have_input() const noexcept = 0;
    /// Looks at the socket: whether nothing at all has come, not even what the stream would keep to
    /// itself.
    [[nodiscard]] virtual bool is_silent() const noexcept = 0;
    /// What a failed or ended read or write was, in words, for an error message.
    [[nodiscard]] virtual std::string describe(IoResult const& result) const;
    /// Gives back memory that only a busy connection needs.
    virtual void release_memory() noexcept {}
    /// Tells the peer that nothing more comes, if that is possible without waiting.
    virtual void announce_end() noexcept {}
};

/// A connection without TLS: loopback only.
class PlainStream final : public ByteStream {
public:
    explicit PlainStream(int native_socket) noexcept : socket_(native_socket) {}

    [[nodiscard]] IoResult read(std::span<char> into) override { return socket_.read(into); }
    [[nodiscard]] IoResult write(std::span<char const> bytes) override {
        return socket_.write(bytes);
    }
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override {
        return socket_.bytes_taken();
    }
    [[nodiscard]] bool may_have_input() const noexcept override { return !socket_.is_drained(); }
    [[nodiscard]] bool is_silent() const noexcept override { return socket_.is_silent(); }

private:
    CountedSocket socket_;
};

}  // namespace otp::http
