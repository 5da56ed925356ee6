#include "server/http_server.hpp"

#include "server/byte_channel.hpp"
#include "server/http_stream.hpp"
#include "server/listening_socket.hpp"
#include "server/open_sockets.hpp"
#include "server/tls_identity.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <exception>
#include <future>
#include <httplib.h>
#include <limits>
#include <pthread.h>
#include <string>
#include <thread>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::size_t max_body_bytes = 64 * 1024;

/// The connection that this thread serves.
thread_local HttpStream* current_stream = nullptr;

/// Signals are the application's: none of the threads that start meanwhile takes one.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &previous_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }
    SignalsBlocked(SignalsBlocked const&) = delete;
    SignalsBlocked& operator=(SignalsBlocked const&) = delete;

private:
    sigset_t previous_{};
};

MockRequest from_httplib(httplib::Request const& source) {
    MockRequest request;
    request.method = source.method;
    auto const question = source.target.find('?');
    request.path = source.target.substr(0, question);
    if (question != std::string::npos) request.query = source.target.substr(question + 1);
    request.headers.assign(source.headers.begin(), source.headers.end());
    request.body = source.body;
    return request;
}

/// Carries the next piece of a stream; false if that was in vain.
bool carry_on(ResponseStream& source, httplib::DataSink& sink) {
    try {
        // The header, or what a piece before left to be sent, does not wait for the next one.
        if (!current_stream->send_part()) return false;
        auto const piece = source.next();
        if (!piece) {
            sink.done();
            return true;
        }
        return piece->empty() || sink.write(piece->data(), piece->size());
    } catch (std::exception const&) {
        // The header has left, so that nothing can be said of it.
        return false;
    }
}

void to_httplib(MockResponse response, httplib::Response& target) {
    target.status = response.status;
    for (auto const& [name, value] : response.headers) target.set_header(name, value);
    if (response.stream) {
        target.set_chunked_content_provider(
            response.content_type,
            [stream = std::move(response.stream)](std::size_t, httplib::DataSink& sink) {
                return carry_on(*stream, sink);
            }
        );
        return;
    }
    if (!response.content_type.empty()) target.set_header("Content-Type", response.content_type);
    target.body = std::move(response.body);
    target.body.append(response.padding, ' ');
}

bool expects_body(std::string const& method) {
    return method == "POST" || method == "PUT" || method == "PATCH";
}

}  // namespace

class HttpServer::Impl final : public httplib::Server {
public:
    Impl(MockOptions const& options, HttpServer::Handler handler)
        : options_(options), handler_(std::move(handler)) {
        if (options.tls) ssl_context_ = make_ssl_context(*options.tls);
        configure();
        // cpp-httplib's own one says nothing of the reason for a failure.
        auto const listening_socket = listen_on(options.host, options.port);
        svr_sock_ = listening_socket.descriptor;
        port_ = listening_socket.port;
        SignalsBlocked const blocked;
        // Shared: the other thread may still be in set_value when the wait is over.
        auto const listening = std::make_shared<std::promise<void>>();
        auto const started = listening->get_future();
        // cpp-httplib makes its queue when it can be stopped again.
        new_task_queue = [this, listening] {
            auto* const queue = new httplib::ThreadPool(std::max<std::size_t>(options_.threads, 1));
            listening->set_value();
            return queue;
        };
        thread_ = std::thread([this] { listen_after_bind(); });
        started.wait();
    }

    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;
    ~Impl() override {
        sockets_.shut_down_all();
        stop();
        thread_.join();
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    void configure() {
        set_tcp_nodelay(true);
        set_payload_max_length(max_body_bytes);
        // The header Keep-Alive is built from them.
        set_keep_alive_timeout(
            std::chrono::duration_cast<std::chrono::seconds>(options_.keep_alive).count()
        );
        set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
        set_pre_routing_handler([](httplib::Request const& request, httplib::Response& response) {
            // Without a length cpp-httplib would read until the connection ends.
            if (!expects_body(request.method) || request.has_header("Content-Length") ||
                request.has_header("Transfer-Encoding")) {
                return HandlerResponse::Unhandled;
            }
            response.status = 411;
            response.set_content(
                "send Content-Length, if only 0; curl does with -d ''\n", "text/plain"
            );
            response.set_header("Connection", "close");
            current_stream->close_after_response();
            return HandlerResponse::Handled;
        });
        set_post_routing_handler([](httplib::Request const&, httplib::Response& response) {
            // RFC 9110 8.6 forbids it there.
            if (response.status == 204) response.headers.erase("Content-Length");
        });
        auto const serve = [this](httplib::Request const& request, httplib::Response& response) {
            respond(request, response);
        };
        std::string const everything = R"([\s\S]*)";
        Get(everything, serve);
        Post(everything, serve);
        Put(everything, serve);
        Patch(everything, serve);
        Delete(everything, serve);
        Options(everything, serve);
    }

    void respond(httplib::Request const& request, httplib::Response& response) {
        MockResponse answer;
        try {
            answer = handler_(from_httplib(request));
        } catch (std::exception const& error) {
            answer = empty_response(500);
            answer.body = error.what();
            answer.content_type = "text/plain";
        }
        current_stream->set_transfer(answer.transfer);
        to_httplib(std::move(answer), response);
    }

    /// One connection from beginning to end; cpp-httplib's own one polls, and cannot be stopped
    /// while it is idle.
    bool process_and_close_socket(socket_t socket) override {
        bool served = false;
        if (sockets_.add(socket)) {
            auto channel = ssl_context_ ? make_tls_channel(socket, ssl_context_.get())
                                        : make_plain_channel(socket);
            if (channel) {
                HttpStream stream(socket, std::move(channel));
                served = serve_connection(stream);
                stream.finish();
            }
        }
        sockets_.close(socket);
        return served;
    }

    /// cpp-httplib 0.18 and newer want the addresses of both ends, too; no vendor looks at them.
    static bool process_one(auto& server, HttpStream& stream, bool& closed) {
        if constexpr (requires { server.process_request(stream, false, closed, nullptr); }) {
            return server.process_request(stream, false, closed, nullptr);
        } else {
            std::string const nobody;
            return server.process_request(stream, nobody, 0, nobody, 0, false, closed, nullptr);
        }
    }

    bool serve_connection(HttpStream& stream) {
        current_stream = &stream;
        bool good = true;
        bool closed = false;
        while (good && !closed && stream.wait_for_request(options_.keep_alive)) {
            good = process_one(*this, stream, closed);
            good = stream.flush() && good;
        }
        current_stream = nullptr;
        return good;
    }

    MockOptions options_;
    HttpServer::Handler handler_;
    SslContext ssl_context_;
    OpenSockets sockets_;
    std::uint16_t port_{0};
    std::thread thread_;
};

HttpServer::HttpServer(MockOptions const& options, Handler handler)
    : impl_(std::make_unique<Impl>(options, std::move(handler))) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const noexcept {
    return impl_->port();
}

}  // namespace otp::mocks
