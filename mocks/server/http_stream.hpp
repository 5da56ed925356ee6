#pragma once

#include "server/byte_channel.hpp"
#include "wire/exchange.hpp"

#include <array>
#include <cstddef>
#include <ctime>
#include <httplib.h>
#include <memory>
#include <string>

namespace otp::mocks {

/// What only some versions of cpp-httplib ask a stream, and so cannot be marked as overriding: up
/// to 0.19 `is_writable`, since then the others. Whoever reads or writes here waits by itself.
class WaitingStream : public httplib::Stream {
public:
    virtual bool is_writable() const { return true; }
    virtual bool wait_readable() const { return true; }
    virtual bool wait_writable() const { return true; }
    virtual std::time_t duration() const { return 0; }
};

/// A connection as cpp-httplib reads and writes it. Output is gathered and leaves in one piece, so
/// that it can be cut, and so that it does not cost a packet for each part.
class HttpStream final : public WaitingStream {
public:
    HttpStream(int socket, std::unique_ptr<ByteChannel> channel)
        : socket_(socket), channel_(std::move(channel)) {}

    bool is_readable() const override { return true; }
    ssize_t read(char* into, std::size_t size) override;
    ssize_t write(char const* bytes, std::size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return socket_; }

    /// Whether a request, or the end of the stream, comes within `timeout`.
    [[nodiscard]] bool wait_for_request(std::chrono::milliseconds timeout);

    /// How the response that is being written leaves.
    void set_transfer(MockTransfer transfer) { transfer_ = transfer; }

    /// The response that is being written is the connection's last.
    void close_after_response() { last_ = true; }

    /// Sends what was written of a response that goes on. False if the client has gone.
    [[nodiscard]] bool send_part();

    /// Sends what was written; false if the connection is of no use any more.
    [[nodiscard]] bool flush();

    void finish() { channel_->finish(); }

private:
    int socket_;
    std::unique_ptr<ByteChannel> channel_;
    std::array<char, 4096> input_{};
    std::size_t input_begin_{0};
    std::size_t input_end_{0};
    std::string output_;
    MockTransfer transfer_{MockTransfer::complete};
    bool last_{false};
};

}  // namespace otp::mocks
