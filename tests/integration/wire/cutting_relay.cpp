#include "integration/wire/cutting_relay.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace otp::test {
namespace {

constexpr unsigned char application_data = 23;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int open_socket() {
    int const made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

void send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

/// Finds the first record that carries a request in the client's bytes.
class RequestFinder {
public:
    explicit RequestFinder(int encrypted_handshake_records)
        : to_skip_(encrypted_handshake_records),
          begun_(encrypted_handshake_records == CuttingRelay::no_tls) {}

    /// How many of `bytes` come before the request; all of them until it has begun.
    std::size_t handshake_part(std::string_view bytes) {
        std::size_t passed = 0;
        while (passed < bytes.size() && !begun_) {
            if (left_ == 0) {
                header_[header_size_++] = static_cast<unsigned char>(bytes[passed]);
                if (header_size_ == 1 && header_[0] == application_data && to_skip_-- == 0) {
                    begun_ = true;
                    break;
                }
                ++passed;
                if (header_size_ < header_.size()) continue;
                header_size_ = 0;
                left_ = static_cast<std::size_t>(header_[3]) << 8U | header_[4];
            } else {
                auto const part = std::min(left_, bytes.size() - passed);
                left_ -= part;
                passed += part;
            }
        }
        return passed;
    }
    [[nodiscard]] bool begun() const { return begun_; }

private:
    int to_skip_;
    bool begun_;
    std::array<unsigned char, 5> header_{};
    std::size_t header_size_{0};
    std::size_t left_{0};
};

}  // namespace

/// One connection through the relay.
class CuttingRelay::Tunnel {
public:
    Tunnel(CuttingRelay& relay, int client, int server, Plan plan)
        : relay_(relay),
          client_(client),
          server_(server),
          plan_(plan),
          finder_(relay.encrypted_handshake_records_) {}

    ~Tunnel() {
        ::close(client_);
        ::close(server_);
    }
    Tunnel(Tunnel const&) = delete;
    Tunnel& operator=(Tunnel const&) = delete;

    void run() {
        while (!relay_.stopping_) {
            std::array<pollfd, 2> wanted{{{client_, POLLIN, 0}, {server_, POLLIN, 0}}};
            if (::poll(wanted.data(), wanted.size(), 20) < 0) return;
            if (wanted[0].revents != 0 && !forward_to_server()) return;
            if (wanted[1].revents != 0 && !forward_to_client()) return;
        }
    }

private:
    /// False when the connection is over.
    bool forward_to_server() {
        auto bytes = receive(client_);
        if (bytes.empty()) return false;
        auto const before = finder_.handshake_part(bytes);
        send_all(server_, bytes.substr(0, before));
        bytes.remove_prefix(before);
        if (!finder_.begun()) return true;
        return pass(server_, bytes, plan_.request, relay_.request_bytes_);
    }

    bool forward_to_client() {
        auto const bytes = receive(server_);
        if (bytes.empty()) return false;
        // Before the request it is the handshake, and the server never speaks unasked.
        if (relay_.request_bytes_ == 0) {
            send_all(client_, bytes);
            return true;
        }
        return pass(client_, bytes, plan_.response, relay_.response_bytes_);
    }

    // Counted before they are sent: whoever has got the bytes finds them counted.
    bool pass(int to, std::string_view bytes, Cut cut, std::atomic<std::size_t>& count) {
        if (cut == Cut::none) {
            count += bytes.size();
            send_all(to, bytes);
            return true;
        }
        auto const part = std::min(bytes.size(), plan_.bytes - count);
        count += part;
        send_all(to, bytes.substr(0, part));
        if (count < plan_.bytes) return true;
        end(cut);
        return false;
    }

    void end(Cut cut) {
        if (cut == Cut::reset) {
            linger const abort{1, 0};
            ::setsockopt(client_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
            return;
        }
        if (cut == Cut::close) ::shutdown(client_, SHUT_WR);
        // Until the client goes away: unread bytes would make a reset of the closing.
        while (!relay_.stopping_) {
            pollfd wanted{client_, POLLIN, 0};
            if (::poll(&wanted, 1, 20) < 0) return;
            if (wanted.revents != 0 && receive(client_).empty()) return;
        }
    }

    std::string_view receive(int from) {
        auto const got = ::recv(from, buffer_.data(), buffer_.size(), 0);
        return {buffer_.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
    }

    CuttingRelay& relay_;
    int client_;
    int server_;
    Plan plan_;
    RequestFinder finder_;
    std::array<char, 16384> buffer_;
};

CuttingRelay::CuttingRelay(std::uint16_t server_port, int encrypted_handshake_records)
    : server_port_(server_port), encrypted_handshake_records_(encrypted_handshake_records) {
    listener_ = open_socket();
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("the relay cannot listen");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

CuttingRelay::~CuttingRelay() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
}

void CuttingRelay::follow(Plan plan) {
    std::lock_guard const lock(mutex_);
    plan_ = plan;
    request_bytes_ = 0;
    response_bytes_ = 0;
}

void CuttingRelay::run() {
    for (;;) {
        int const client = ::accept(listener_, nullptr, nullptr);
        if (client < 0) return;
        int const on = 1;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        int const server = open_socket();
        auto const address = loopback(server_port_);
        Plan plan;
        {
            std::lock_guard const lock(mutex_);
            plan = plan_;
        }
        Tunnel tunnel(*this, client, server, plan);
        if (::connect(server, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
            tunnel.run();
        }
    }
}

}  // namespace otp::test
