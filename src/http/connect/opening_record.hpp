#pragma once

#include <otp/connection_report.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/name_resolver.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::http {

/// What an opening meets on its way, for whoever wants to tell of it.
class OpeningRecord {
public:
    /// The next step begins, and the one before, if there is one, has come to its end.
    void begin(ExchangePhase phase, Clock::TimePoint now);
    /// The last step ends.
    void end(bool failed, Clock::TimePoint now);

    void set_addresses(NameResolver::Endpoints const& endpoints);
    void set_connection(boost::asio::ip::tcp::endpoint const& endpoint);
    void set_tls(std::optional<TlsReport> tls) { tls_ = std::move(tls); }

    /// Moves what is known into `report`.
    void move_to(ConnectionReport& report);

private:
    void close_step(Clock::TimePoint now);

    std::vector<ConnectionStep> steps_;
    Clock::TimePoint step_begun_{};
    std::vector<std::string> addresses_;
    std::string connected_to_;
    std::optional<TlsReport> tls_;
};

}  // namespace otp::http
