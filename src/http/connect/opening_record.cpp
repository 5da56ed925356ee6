#include "http/connect/opening_record.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <utility>

namespace otp::http {

void OpeningRecord::close_step(Clock::TimePoint now) {
    if (steps_.empty()) return;
    steps_.back().elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(now - step_begun_);
}

void OpeningRecord::begin(ExchangePhase phase, Clock::TimePoint now) {
    close_step(now);
    steps_.push_back({phase});
    step_begun_ = now;
}

void OpeningRecord::end(bool failed, Clock::TimePoint now) {
    close_step(now);
    if (!steps_.empty()) steps_.back().failed = failed;
}

void OpeningRecord::set_addresses(NameResolver::Endpoints const& endpoints) {
    addresses_.clear();
    for (auto const& endpoint : endpoints) {
        auto address = endpoint.address().to_string();
        if (std::find(addresses_.begin(), addresses_.end(), address) == addresses_.end()) {
            addresses_.push_back(std::move(address));
        }
    }
}

void OpeningRecord::set_connection(boost::asio::ip::tcp::endpoint const& endpoint) {
    std::ostringstream text;
    text << endpoint;
    connected_to_ = std::move(text).str();
}

void OpeningRecord::move_to(ConnectionReport& report) {
    report.steps = std::move(steps_);
    report.addresses = std::move(addresses_);
    report.connected_to = std::move(connected_to_);
    report.tls = std::move(tls_);
}

}  // namespace otp::http
