#include "client/connection_checks.hpp"

#include "platform/resource_failure.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>

#include <exception>
#include <utility>

namespace otp {

namespace asio = boost::asio;

ConnectionChecks::ConnectionChecks(std::shared_ptr<ClientState> state)
    : state_(std::move(state)),
      in_flight_(std::in_place, state_->in_flight()),
      roster_(state_->roster()),
      ways_(roster_->ways()) {
    reports_.resize(ways_.size());
}

std::shared_ptr<ConnectionChecks> ConnectionChecks::begin(
    std::shared_ptr<ClientState> const& state, Handler handler
) noexcept {
    std::shared_ptr<ConnectionChecks> checks;
    try {
        checks = std::make_shared<ConnectionChecks>(state);
    } catch (std::exception const&) {
        auto error = platform::resource_error("checking connections", {}, std::current_exception());
        state->executor().post(std::move(handler), Outcome(std::move(error)));
        return nullptr;
    }
    checks->handler_.emplace(std::move(handler));
    checks->start();
    return checks;
}

void ConnectionChecks::start() {
    // One more, so that none ends it all before the last has begun.
    unfinished_ = ways_.size() + 1;
    for (std::size_t place = 0; place < ways_.size(); ++place) {
        try {
            check(place);
        } catch (std::exception const&) {
            ConnectionReport report;
            report.failure =
                platform::resource_error("checking a connection", {}, std::current_exception());
            keep(place, std::move(report));
        }
    }
    finish_one();
}

void ConnectionChecks::check(std::size_t place) {
    auto& cancellation = cancellations_.emplace_back();
    ways_[place].transport->async_check_connection(asio::bind_cancellation_slot(
        cancellation.slot(),
        [self = shared_from_this(), place](ConnectionReport report) {
            self->keep(place, std::move(report));
        }
    ));
}

void ConnectionChecks::keep(std::size_t place, ConnectionReport report) noexcept {
    auto const& way = ways_[place];
    report.is_token_endpoint = way.is_token_endpoint;
    try {
        report.instance = way.instance->config.name;
        report.vendor = way.instance->config.vendor;
        if (report.failure) {
            report.failure->instance = report.instance;
            report.failure->vendor = report.vendor;
        }
    } catch (std::exception const&) {
        report.failure =
            platform::bare_error(ErrorCategory::connect_failed, platform::out_of_memory);
    }
    reports_[place] = std::move(report);
    finish_one();
}

void ConnectionChecks::cancel() {
    for (auto& cancellation : cancellations_) cancellation.emit(asio::cancellation_type::terminal);
}

void ConnectionChecks::finish_one() {
    if (--unfinished_ != 0) return;
    in_flight_.reset();
    auto handler = std::move(*handler_);
    handler_.reset();
    state_->executor().post(std::move(handler), Outcome(std::move(reports_)));
}

}  // namespace otp
