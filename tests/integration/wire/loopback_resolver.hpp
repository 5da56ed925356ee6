#pragma once

#include <otp/seam/name_resolver.hpp>

#include <boost/asio/post.hpp>

#include <string>
#include <utility>

namespace otp::test {

/// Every name is this machine: 127.0.0.1.
class LoopbackResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const& executor,
        std::string,
        std::uint16_t port,
        Handler handler
    ) override {
        Endpoints endpoints{{boost::asio::ip::address_v4::loopback(), port}};
        boost::asio::post(
            executor,
            [handler = std::move(handler), endpoints = std::move(endpoints)]() mutable {
                std::move(handler)(boost::system::error_code{}, std::move(endpoints));
            }
        );
    }
};

}  // namespace otp::test
