#include "support/scripted_server.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cctype>
#include <cstring>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace otp::test {

class ScriptedServer::State {
public:
    int listener{-1};
    std::uint16_t port{0};
    Script script;
    SSL_CTX* tls{nullptr};
    std::string alpn;
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> finished{0};
    std::atomic<std::size_t> resumptions{0};
    std::atomic<std::size_t> application_bytes{0};
    std::mutex mutex;
    std::list<int> open_sockets;
    std::list<std::thread> workers;
    std::list<std::thread> finished_workers;
    std::thread acceptor;
};

namespace {

void close_socket(int socket) {
    ::shutdown(socket, SHUT_RDWR);
}

class SocketPeer : public Peer {
public:
    SocketPeer(int socket, std::atomic<std::size_t>& counter)
        : socket_(socket), counter_(counter) {}

    std::string read_up_to(std::size_t limit) override {
        std::array<char, 4096> bytes;
        auto const got = ::recv(socket_, bytes.data(), std::min(limit, bytes.size()), 0);
        if (got <= 0) return {};
        counter_ += static_cast<std::size_t>(got);
        return {bytes.data(), static_cast<std::size_t>(got)};
    }
    bool write(std::string_view bytes) override {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void finish() override { ::shutdown(socket_, SHUT_WR); }
    void cut() override { ::shutdown(socket_, SHUT_WR); }
    void reset() override {
        linger const abort{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        reset_ = true;
    }
    [[nodiscard]] bool was_reset() const { return reset_; }

protected:
    int socket_;
    std::atomic<std::size_t>& counter_;
    bool reset_{false};
};

class TlsPeer final : public SocketPeer {
public:
    TlsPeer(int socket, std::atomic<std::size_t>& counter, SSL* ssl)
        : SocketPeer(socket, counter), ssl_(ssl) {}
    ~TlsPeer() override { SSL_free(ssl_); }

    std::string read_up_to(std::size_t limit) override {
        std::array<char, 4096> bytes;
        int const got =
            SSL_read(ssl_, bytes.data(), static_cast<int>(std::min(limit, bytes.size())));
        if (got <= 0) return {};
        counter_ += static_cast<std::size_t>(got);
        return {bytes.data(), static_cast<std::size_t>(got)};
    }
    bool write(std::string_view bytes) override {
        if (bytes.empty()) return true;
        return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
    }
    void finish() override {
        SSL_shutdown(ssl_);
        SocketPeer::finish();
    }

private:
    SSL* ssl_;
};

int choose_protocol(
    SSL*,
    unsigned char const** chosen,
    unsigned char* size,
    unsigned char const*,
    unsigned,
    void* data
) {
    auto const& name = *static_cast<std::string const*>(data);
    *chosen = reinterpret_cast<unsigned char const*>(name.data());
    *size = static_cast<unsigned char>(name.size());
    return SSL_TLSEXT_ERR_OK;
}

SSL_CTX* make_context(ServerTls const& tls, std::string& alpn) {
    SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(context, tls.security_level);
    if (tls.min_version != 0) SSL_CTX_set_min_proto_version(context, tls.min_version);
    if (tls.max_version != 0) SSL_CTX_set_max_proto_version(context, tls.max_version);
    if (!tls.ciphers.empty()) SSL_CTX_set_cipher_list(context, tls.ciphers.c_str());
    if (!tls.certificate.empty() &&
        (SSL_CTX_use_certificate_chain_file(context, tls.certificate.c_str()) != 1 ||
         SSL_CTX_use_PrivateKey_file(context, tls.key.c_str(), SSL_FILETYPE_PEM) != 1)) {
        throw std::runtime_error("the test server cannot use " + tls.certificate.string());
    }
    if (!tls.client_authority.empty()) {
        SSL_CTX_load_verify_file(context, tls.client_authority.c_str());
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    static constexpr unsigned char id[] = "test";
    SSL_CTX_set_session_id_context(context, id, sizeof id);
    alpn = tls.alpn;
    if (!alpn.empty()) SSL_CTX_set_alpn_select_cb(context, choose_protocol, &alpn);
    if (tls.adjust) tls.adjust(context);
    return context;
}

void serve(std::shared_ptr<ScriptedServer::State> const& state, int socket, std::size_t number) {
    int const on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    bool reset = false;
    if (state->tls != nullptr) {
        SSL* const ssl = SSL_new(state->tls);
        SSL_set_fd(ssl, socket);
        TlsPeer peer(socket, state->application_bytes, ssl);
        if (SSL_accept(ssl) == 1) {
            if (SSL_session_reused(ssl) == 1) ++state->resumptions;
            state->script(peer, number);
        }
        reset = peer.was_reset();
    } else {
        SocketPeer peer(socket, state->application_bytes);
        state->script(peer, number);
        reset = peer.was_reset();
    }
    std::lock_guard const lock(state->mutex);
    state->open_sockets.remove(socket);
    // Unread bytes would turn an orderly close into a reset.
    if (!reset) {
        ::shutdown(socket, SHUT_WR);
        std::array<char, 4096> rest;
        while (::recv(socket, rest.data(), rest.size(), MSG_DONTWAIT) > 0) {
        }
    }
    ::close(socket);
    ++state->finished;
    auto const self =
        std::find_if(state->workers.begin(), state->workers.end(), [](std::thread const& worker) {
            return worker.get_id() == std::this_thread::get_id();
        });
    // The server's destructor may have taken it already.
    if (self != state->workers.end()) {
        state->finished_workers.splice(state->finished_workers.end(), state->workers, self);
    }
}

// A finished thread keeps its stack until it is joined, and a test may make ten thousand.
void join_finished(ScriptedServer::State& state) {
    std::list<std::thread> finished;
    {
        std::lock_guard const lock(state.mutex);
        finished.swap(state.finished_workers);
    }
    for (auto& worker : finished) worker.join();
}

void accept_connections(std::shared_ptr<ScriptedServer::State> const& state) {
    // OpenSSL writes without MSG_NOSIGNAL. Blocked in the server's threads only, which inherit it:
    // a client that raises SIGPIPE shall be noticed.
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    for (;;) {
        int const socket = ::accept(state->listener, nullptr, nullptr);
        if (socket < 0 || state->stopping) {
            if (socket >= 0) ::close(socket);
            return;
        }
        join_finished(*state);
        std::size_t const number = state->connections++;
        std::lock_guard const lock(state->mutex);
        state->open_sockets.push_back(socket);
        state->workers.emplace_back([state, socket, number] { serve(state, socket, number); });
    }
}

std::size_t content_length(std::string_view header) {
    static constexpr std::string_view name = "\r\ncontent-length:";
    auto const found =
        std::search(header.begin(), header.end(), name.begin(), name.end(), [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) == b;
        });
    if (found == header.end()) return 0;
    return std::strtoul(
        std::string(found + static_cast<std::ptrdiff_t>(name.size()), header.end()).c_str(),
        nullptr,
        10
    );
}

}  // namespace

std::optional<std::string> Peer::read_request() {
    for (;;) {
        auto const header_end = received_.find("\r\n\r\n");
        if (header_end != std::string::npos) {
            auto const size =
                header_end + 4 + content_length(std::string_view(received_).substr(0, header_end));
            if (received_.size() >= size) {
                std::string request = received_.substr(0, size);
                received_.erase(0, size);
                return request;
            }
        }
        auto const more = read_some();
        if (more.empty()) return {};
        received_ += more;
    }
}

void Peer::read_to_end() {
    while (!read_some().empty()) {
    }
}

ScriptedServer::ScriptedServer(Script script, std::optional<ServerTls> tls)
    : state_(std::make_shared<State>()) {
    state_->script = std::move(script);
    if (tls) state_->tls = make_context(*tls, state_->alpn);
    state_->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(state_->listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(state_->listener, 512) != 0 ||
        ::getsockname(state_->listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("the test server cannot listen");
    }
    state_->port = ntohs(address.sin_port);
    state_->acceptor = std::thread([state = state_] { accept_connections(state); });
}

ScriptedServer::~ScriptedServer() {
    state_->stopping = true;
    ::shutdown(state_->listener, SHUT_RDWR);
    state_->acceptor.join();
    ::close(state_->listener);
    std::list<std::thread> workers;
    {
        std::lock_guard const lock(state_->mutex);
        for (int const socket : state_->open_sockets) close_socket(socket);
        workers.swap(state_->workers);
    }
    for (auto& worker : workers) worker.join();
    join_finished(*state_);
    SSL_CTX_free(state_->tls);
}

std::uint16_t ScriptedServer::port() const {
    return state_->port;
}
std::string ScriptedServer::base_url() const {
    return (state_->tls != nullptr ? "https://localhost:" : "http://localhost:") +
           std::to_string(state_->port);
}
std::size_t ScriptedServer::connections() const {
    return state_->connections;
}
std::size_t ScriptedServer::finished_connections() const {
    return state_->finished;
}
std::size_t ScriptedServer::resumptions() const {
    return state_->resumptions;
}
std::size_t ScriptedServer::application_bytes() const {
    return state_->application_bytes;
}

std::string ok_response(std::string_view body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace otp::test
