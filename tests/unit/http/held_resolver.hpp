#pragma once

#include <otp/seam/name_resolver.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <new>
#include <string>
#include <utility>

namespace otp::http {

[[nodiscard]] inline NameResolver::Endpoints address(char const* text) {
    return {{boost::asio::ip::make_address(text), 443}};
}

/// Answers when the test says so, the earliest question first.
class HeldResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const& executor,
        std::string host,
        std::uint16_t port,
        Handler handler
    ) override {
        ++questions;
        last_host = std::move(host);
        last_port = port;
        last_executor = executor;
        if (fails) throw std::bad_alloc();
        if (answers_at_once) {
            return std::move(handler)(boost::system::error_code(), address("203.0.113.1"));
        }
        held_.push_back(std::move(handler));
    }

    void answer(boost::system::error_code error, Endpoints endpoints = {}) {
        auto handler = std::move(held_.front());
        held_.pop_front();
        std::move(handler)(error, std::move(endpoints));
    }
    void answer(Endpoints endpoints) { answer({}, std::move(endpoints)); }

    /// The resolver is told when the first question is cancelled.
    void listen_to_cancellation() {
        boost::asio::get_associated_cancellation_slot(held_.front()).assign([this](auto) {
            ++cancelled;
        });
    }
    [[nodiscard]] std::size_t held() const { return held_.size(); }

    int questions{0};
    int cancelled{0};
    bool fails{false};
    bool answers_at_once{false};
    std::string last_host;
    std::uint16_t last_port{0};
    boost::asio::any_io_executor last_executor;

private:
    std::list<Handler> held_;
};

}  // namespace otp::http
