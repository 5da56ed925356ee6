#pragma once

#include "wire/exchange.hpp"

#include <otp/mocks/mock_options.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace otp::mocks {

/// An HTTP/1.1 server on its own threads, each connection on one of them.
class HttpServer {
public:
    /// Called from several threads at once. What it throws becomes a 500.
    using Handler = std::function<MockResponse(MockRequest const&)>;

    /// Listens on the host and port of `options` when it returns. Throws
    /// `boost::system::system_error` if it cannot, and `std::runtime_error` for a certificate that
    /// cannot be used.
    HttpServer(MockOptions const& options, Handler handler);
    HttpServer(HttpServer const&) = delete;
    HttpServer& operator=(HttpServer const&) = delete;
    /// Shuts all connections down and joins all threads: whatever holds a handler has to let go.
    ~HttpServer();

    [[nodiscard]] std::uint16_t port() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace otp::mocks
