// What no client can do without: epoll, OpenSSL on the socket, the same bytes for each request, and
// of each response nothing but its length. Warm connections over TLS only.

#include "measurement.hpp"
#include "server_address.hpp"

#include <otp/adapter/http_message.hpp>

#include <openssl/ssl.h>

#include <array>
#include <charconv>
#include <deque>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otp::bench {
namespace {

void require(bool condition, char const* what) {
    if (!condition) throw std::runtime_error(what);
}

int connect_to(ServerAddress const& server) {
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    require(getaddrinfo(server.host.c_str(), server.port.c_str(), &hints, &found) == 0, "resolve");
    std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> const owner(found, freeaddrinfo);
    int const descriptor = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    require(connect(descriptor, found->ai_addr, found->ai_addrlen) == 0, "connect");
    int const on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return descriptor;
}

/// The size of the whole response that `text` begins; 0 if it is not told yet.
std::size_t size_of_response(std::string_view text) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    constexpr std::string_view end = "\r\n\r\n";
    auto const head = text.find(end);
    auto const length = text.find(name);
    if (head == text.npos || length == text.npos) return 0;
    std::size_t body = 0;
    std::from_chars(text.data() + length + name.size(), text.data() + head, body);
    return head + end.size() + body;
}

class Connection {
public:
    Connection(ServerAddress const& server, SSL_CTX* tls)
        : descriptor_(connect_to(server)), ssl_(SSL_new(tls)) {
        SSL_set_fd(ssl_, descriptor_);
        SSL_set_tlsext_host_name(ssl_, server.host.c_str());
        SSL_set1_host(ssl_, server.host.c_str());
        require(SSL_connect(ssl_) == 1, "handshake");
        fcntl(descriptor_, F_SETFL, O_NONBLOCK);
    }
    ~Connection() {
        SSL_free(ssl_);
        close(descriptor_);
    }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    void send(std::string_view request) {
        begun = Measurement::Clock::now();
        received_ = 0;
        int const size = static_cast<int>(request.size());
        require(SSL_write(ssl_, request.data(), size) == size, "write");
    }

    /// Reads what has come; whether the response is whole.
    bool receive() {
        for (;;) {
            int const room = static_cast<int>(buffer_.size() - received_);
            int const size = SSL_read(ssl_, buffer_.data() + received_, room);
            if (size <= 0) {
                require(SSL_get_error(ssl_, size) == SSL_ERROR_WANT_READ, "read");
                return false;
            }
            received_ += static_cast<std::size_t>(size);
            std::string_view const text(buffer_.data(), received_);
            if (size_of_response(text) == received_) return true;
        }
    }
    [[nodiscard]] bool accepted() const {
        return std::string_view(buffer_.data(), received_).starts_with("HTTP/1.1 200 ");
    }

    Measurement::Clock::time_point begun;

private:
    int descriptor_;
    SSL* ssl_;
    std::array<char, 4096> buffer_{};
    std::size_t received_{0};
};

std::string request_to(ServerAddress const& server) {
    std::string const body = R"({"phone_number":"+12025550162","expiration_minutes":5})";
    return std::string("POST ") + target + " HTTP/1.1\r\nHost: " + server.host + ":" + server.port +
           "\r\nAuthorization: " + basic_authorization(project_id, secret) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

}  // namespace

void run_floor(Measurement& measurement) {
    auto const& workload = measurement.workload();
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> const tls(
        SSL_CTX_new(TLS_client_method()), SSL_CTX_free
    );
    SSL_CTX_set_verify(tls.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_file(tls.get(), workload.ca_file.c_str());
    // A record is received with one call instead of two.
    SSL_CTX_set_read_ahead(tls.get(), 1);
    auto const server = server_address_of(workload.url);
    auto const request = request_to(server);

    int const events = epoll_create1(EPOLL_CLOEXEC);
    std::deque<Connection> connections;
    for (auto count = measurement.begin(); count > 0; --count) {
        auto& connection = connections.emplace_back(server, tls.get());
        epoll_event event{EPOLLIN | EPOLLET, {&connection}};
        epoll_ctl(events, EPOLL_CTL_ADD, connection.descriptor(), &event);
    }
    for (auto& connection : connections) connection.send(request);
    std::array<epoll_event, 128> ready{};
    while (!measurement.finished()) {
        int const count = epoll_wait(events, ready.data(), static_cast<int>(ready.size()), -1);
        for (int i = 0; i < count; ++i) {
            auto& connection =
                *static_cast<Connection*>(ready[static_cast<std::size_t>(i)].data.ptr);
            if (!connection.receive()) continue;
            if (measurement.completed(connection.begun, connection.accepted())) {
                connection.send(request);
            }
        }
    }
    connections.clear();
    close(events);
}

}  // namespace otp::bench
