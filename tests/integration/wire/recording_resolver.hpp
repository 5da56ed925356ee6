#pragma once

#include <otp/seam/name_resolver.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// Every name has the same one address. Keeps which names were asked for.
class RecordingResolver final : public NameResolver {
public:
    explicit RecordingResolver(std::string const& address = "127.0.0.1")
        : address_(boost::asio::ip::make_address(address)) {}

    void async_resolve(
        boost::asio::any_io_executor const& executor,
        std::string host,
        std::uint16_t port,
        Handler handler
    ) override {
        {
            std::lock_guard const lock(mutex_);
            names_.push_back(std::move(host));
        }
        Endpoints endpoints{{address_, port}};
        boost::asio::post(
            executor,
            [handler = std::move(handler), endpoints = std::move(endpoints)]() mutable {
                std::move(handler)(boost::system::error_code{}, std::move(endpoints));
            }
        );
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::lock_guard const lock(mutex_);
        return names_;
    }

private:
    boost::asio::ip::address address_;
    mutable std::mutex mutex_;
    std::vector<std::string> names_;
};

}  // namespace otp::test
