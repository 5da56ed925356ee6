#include <otp/seam/transport.hpp>

#include <utility>

namespace otp {

void Transport::warm_up(std::size_t /*count*/) {}

void Transport::async_check_connection(ReportHandler handler) {
    ConnectionReport report;
    report.failure = Error(
        ErrorCategory::unsupported, "this transport opens no connections that could be checked"
    );
    std::move(handler)(std::move(report));
}

std::optional<ConnectionCounts> Transport::connections() const noexcept {
    return std::nullopt;
}

}  // namespace otp
