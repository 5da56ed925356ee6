#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>

namespace otp::test {

/// What ends a connection at an exact byte.
enum class Cut {
    none,
    close,  ///< A FIN, without any word of TLS.
    reset,  ///< A RST.
    stall,  ///< Nothing more comes, and the connection stays open.
};

/// A TCP relay that cuts a connection at an exact byte of what carries a request or its response:
/// ciphertext in front of a TLS server, or plain text. One connection at a time.
///
/// Of TLS it reads record headers only (RFC 8446 5.1): the request begins with the first record of
/// application data that is not the client's Finished. The server must send no session tickets.
class CuttingRelay {
public:
    /// For `encrypted_handshake_records`: there is no TLS, so the first byte is the request's.
    static constexpr int no_tls = -1;

    struct Plan {
        Cut request{Cut::none};
        Cut response{Cut::none};
        /// How many bytes of it go through.
        std::size_t bytes{0};
    };

    /// `encrypted_handshake_records`: 1 for TLS 1.3, where the Finished looks like application
    /// data; 0 for TLS 1.2.
    CuttingRelay(std::uint16_t server_port, int encrypted_handshake_records);
    ~CuttingRelay();
    CuttingRelay(CuttingRelay const&) = delete;
    CuttingRelay& operator=(CuttingRelay const&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// For the connections that follow. The counts below begin anew.
    void follow(Plan plan);
    /// Bytes of requests and of responses that went through.
    [[nodiscard]] std::size_t request_bytes() const { return request_bytes_; }
    [[nodiscard]] std::size_t response_bytes() const { return response_bytes_; }

private:
    class Tunnel;
    void run();

    std::uint16_t server_port_;
    int encrypted_handshake_records_;
    std::uint16_t port_{0};
    int listener_{-1};
    std::mutex mutex_;
    Plan plan_;
    std::atomic<std::size_t> request_bytes_{0};
    std::atomic<std::size_t> response_bytes_{0};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace otp::test
