#pragma once

#include <otp/export.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace OTP_EXPORT otp {

/// Turns a host name into addresses. A seam: a test replaces it to answer late, wrongly or not at
/// all; the transport never waits for it beyond the deadline.
///
/// Thread safety: `async_resolve` may be called from several threads.
class NameResolver {
public:
    using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
    using Handler = boost::asio::any_completion_handler<void(boost::system::error_code, Endpoints)>;

    virtual ~NameResolver() = default;

    /// Completes on `executor`, and never from inside this call. May outlive its caller's interest.
    virtual void async_resolve(
        boost::asio::any_io_executor const& executor,
        std::string host,
        std::uint16_t port,
        Handler handler
    ) = 0;

    /// The machine's resolver (`getaddrinfo`).
    [[nodiscard]] static std::shared_ptr<NameResolver> system();
};

}  // namespace otp
