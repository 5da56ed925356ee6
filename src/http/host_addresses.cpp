#include "http/host_addresses.hpp"

#include <otp/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

#include <exception>
#include <utility>

namespace otp::http {

namespace asio = boost::asio;
using boost::system::error_code;

HostAddresses::HostAddresses(
    asio::any_io_executor executor,
    std::shared_ptr<NameResolver> resolver,
    std::shared_ptr<Clock> clock,
    std::string host,
    std::uint16_t port
)
    : executor_(std::move(executor)),
      resolver_(std::move(resolver)),
      clock_(std::move(clock)),
      host_(std::move(host)),
      port_(port) {}

std::optional<HostAddresses::Endpoints> HostAddresses::at_hand() {
    error_code not_an_address;
    auto const address = asio::ip::make_address(host_, not_an_address);
    if (!not_an_address) return Endpoints{{address, port_}};
    auto const now = clock_->now();
    if (!trusted_ || now >= time_after(found_at_, usefulness)) return std::nullopt;
    if (now >= time_after(found_at_, freshness) && !under_way_) {
        try {
            begin();
        } catch (std::exception const&) {
            // Old ones do for now, and the next one tries again.
        }
    }
    return endpoints_;
}

std::shared_ptr<HostAddresses::Lookup const> HostAddresses::look_up(std::function<void()> on_done) {
    if (!under_way_) begin();
    under_way_->waiters_.push_back(std::move(on_done));
    return under_way_;
}

void HostAddresses::begin() {
    auto const lookup = std::make_shared<Lookup>();
    auto finish = [weak = weak_from_this(), lookup](error_code error, Endpoints found) {
        if (auto const self = weak.lock()) self->finish(error, std::move(found));
    };
    NameResolver::Handler handler(
        asio::bind_cancellation_slot(lookup->cancel_.slot(), std::move(finish))
    );
    resolver_->async_resolve(executor_, host_, port_, std::move(handler));
    under_way_ = lookup;
}

void HostAddresses::finish(error_code error, Endpoints found) {
    auto const now = clock_->now();
    bool const succeeded = !error && !found.empty();
    if (succeeded) {
        endpoints_ = std::move(found);
        found_at_ = now;
        trusted_ = true;
    } else if (!error || error == asio::error::host_not_found) {
        // A name server has answered: there is none.
        endpoints_.clear();
        trusted_ = false;
    }
    auto const lookup = std::exchange(under_way_, nullptr);
    lookup->done = true;
    bool const are_useful = now < time_after(found_at_, usefulness);
    if (!endpoints_.empty() && are_useful)
        lookup->endpoints = endpoints_;
    else
        lookup->error = error;
    for (auto const& tell : std::exchange(lookup->waiters_, {})) tell();
}

void HostAddresses::close() noexcept {
    if (under_way_) under_way_->cancel_.emit(asio::cancellation_type::terminal);
}

}  // namespace otp::http
