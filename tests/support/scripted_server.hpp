#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_ctx_st;

namespace otp::test {

/// The server's end of one connection, for a test to misbehave with. Blocking.
class Peer {
public:
    virtual ~Peer() = default;

    /// Bytes as they come, at most `limit`; empty when the client closed or cut the connection.
    virtual std::string read_up_to(std::size_t limit) = 0;
    std::string read_some() { return read_up_to(4096); }
    virtual bool write(std::string_view bytes) = 0;
    /// A close_notify, if there is TLS, and a FIN.
    virtual void finish() = 0;
    /// A FIN without a close_notify.
    virtual void cut() = 0;
    /// A RST.
    virtual void reset() = 0;

    /// One whole request with a Content-Length body; nothing when the connection ends before.
    std::optional<std::string> read_request();
    /// Waits until the client closes.
    void read_to_end();

private:
    std::string received_;
};

/// What a server does with each connection, beginning with number 0. Runs on its own thread.
using Script = std::function<void(Peer& peer, std::size_t connection)>;

/// How a scripted server secures its connections.
struct ServerTls {
    /// PEM chain, leaf first; empty: no certificate at all.
    std::filesystem::path certificate;
    std::filesystem::path key;
    /// PEM of the authority that clients' certificates must come from; empty: none asked for.
    std::filesystem::path client_authority;
    std::string ciphers;
    int min_version{0};
    int max_version{0};
    int security_level{2};
    std::string alpn{};
    /// Last changes to the server's `SSL_CTX`, for what has no knob here.
    std::function<void(ssl_ctx_st*)> adjust{};
};

/// A server on a free loopback port that follows a script; its threads end with it.
class ScriptedServer {
public:
    explicit ScriptedServer(Script script, std::optional<ServerTls> tls = {});
    ~ScriptedServer();
    ScriptedServer(ScriptedServer const&) = delete;
    ScriptedServer& operator=(ScriptedServer const&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// `https://localhost:PORT` or `http://localhost:PORT`.
    [[nodiscard]] std::string base_url() const;
    [[nodiscard]] std::size_t connections() const;
    /// Connections whose script has ended and whose socket is closed.
    [[nodiscard]] std::size_t finished_connections() const;
    /// Handshakes that resumed a session.
    [[nodiscard]] std::size_t resumptions() const;
    /// Bytes of application data that clients sent, over all connections.
    [[nodiscard]] std::size_t application_bytes() const;

    class State;

private:
    std::shared_ptr<State> state_;
};

/// `HTTP/1.1 200 OK` with a JSON body and a Content-Length.
[[nodiscard]] std::string ok_response(std::string_view body);

}  // namespace otp::test
