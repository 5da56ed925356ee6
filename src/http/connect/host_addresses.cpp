#include "http/connect/host_addresses.hpp"

#include "http/connect/address_order.hpp"
#include "platform/uncounted_executor.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

#include <exception>
#include <new>
#include <utility>

namespace otp::http {

namespace asio = boost::asio;
using boost::system::error_code;
using Endpoints = NameResolver::Endpoints;

HostAddresses::HostAddresses(
    asio::any_io_executor executor,
    std::shared_ptr<NameResolver> resolver,
    std::shared_ptr<Clock> clock,
    std::string host,
    std::uint16_t port
)
    : executor_(platform::UncountedExecutor(std::move(executor))),
      resolver_(std::move(resolver)),
      clock_(std::move(clock)),
      host_(std::move(host)),
      port_(port) {
    error_code not_an_address;
    auto const address = asio::ip::make_address(host_, not_an_address);
    if (!not_an_address) literal_ = std::make_shared<Endpoints const>(Endpoints{{address, port_}});
}

HostAddresses::Addresses HostAddresses::at_hand() {
    if (literal_) return literal_;
    auto addresses = trusted_ ? last_resort() : nullptr;
    if (!addresses) return nullptr;
    auto const now = clock_->now();
    if (now >= time_after(found_at_, freshness)) {
        try {
            ask_if_needed(now);
        } catch (std::exception const&) {
            // Old ones do for now, and the next one tries again.
        }
    }
    return addresses;
}

std::shared_ptr<HostAddresses::Wait const> HostAddresses::look_up(std::function<void()> on_done) {
    auto wait = std::make_shared<Wait>(std::move(on_done));
    std::erase_if(waits_, [](auto const& earlier) { return earlier.expired(); });
    waits_.push_back(wait);
    ask_if_needed(clock_->now());
    return wait;
}

HostAddresses::Addresses HostAddresses::last_resort() const {
    return clock_->now() < time_after(found_at_, usefulness) ? known_ : nullptr;
}

void HostAddresses::trust(Addresses const& used) noexcept {
    if (used == known_) trusted_ = true;
}

void HostAddresses::distrust(Addresses const& used) noexcept {
    if (used == known_) trusted_ = false;
}

void HostAddresses::ask_if_needed(Clock::TimePoint now) {
    if (!question_) return ask(now);
    if (now < time_after(question_->asked, time_limit)) return;
    auto const given_up = question_;
    ask(now);
    given_up->cancel.emit(asio::cancellation_type::terminal);
}

void HostAddresses::ask(Clock::TimePoint now) {
    auto const question = std::make_shared<Question>();
    question->asked = now;
    auto take_answer = [weak = weak_from_this(),
                        question](error_code error, Endpoints const& found) {
        if (auto const self = weak.lock()) self->on_answer(*question, error, found);
    };
    NameResolver::Handler handler(
        asio::bind_cancellation_slot(question->cancel.slot(), std::move(take_answer))
    );
    auto before = std::exchange(question_, question);
    try {
        resolver_->async_resolve(executor_, host_, port_, std::move(handler));
    } catch (...) {
        question_ = std::move(before);
        throw;
    }
}

void HostAddresses::on_answer(Question const& question, error_code error, Endpoints const& found) {
    bool const is_awaited = question_.get() == &question;
    Addresses addresses;
    try {
        if (!error && !found.empty()) {
            addresses = std::make_shared<Endpoints const>(order_of_attempts(found));
        }
    } catch (std::bad_alloc const&) {
        error = asio::error::no_memory;
    }
    if (is_awaited) question_.reset();
    if (addresses) {
        known_ = addresses;
        found_at_ = clock_->now();
        trusted_ = true;
    } else if (!is_awaited) {
        // The failure of one that was given up says nothing about the one that was asked then.
        return;
    }
    tell_all(error);
}

void HostAddresses::tell_all(error_code error) {
    for (auto const& weak : std::exchange(waits_, {})) {
        auto const wait = weak.lock();
        if (!wait) continue;
        wait->addresses_ = last_resort();
        wait->error_ = error;
        wait->done_ = true;
        wait->on_done_();
    }
}

void HostAddresses::close() noexcept {
    if (auto const question = question_) question->cancel.emit(asio::cancellation_type::terminal);
}

}  // namespace otp::http
