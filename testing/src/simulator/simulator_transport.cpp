#include "simulator/simulator_transport.hpp"

#include "exchange_operation.hpp"

#include <otp/error.hpp>
#include <otp/seam/time_after.hpp>

#include <algorithm>
#include <utility>

namespace otp::testing::simulator {

namespace {

HttpExchange out_of_time(ExchangeOperation const& operation, char const* limit) {
    HttpExchange exchange(Error(ErrorCategory::timeout, limit));
    exchange.bytes_taken = operation.bytes_taken;
    exchange.phase = operation.phase;
    return exchange;
}

}  // namespace

SimulatorTransport::SimulatorTransport(TransportSettings const& settings, VendorSide vendor_side)
    : executor_(settings.executor),
      base_url_(settings.base_url),
      clock_(settings.clock),
      limits_(settings.instance.limits),
      vendor_side_(std::move(vendor_side)),
      operations_(std::make_unique<ExchangeOperations>()) {}

SimulatorTransport::~SimulatorTransport() {
    close();
}

void SimulatorTransport::async_exchange(
    HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler
) {
    auto const operation = operations_->start(executor_, std::move(handler));
    if (operation->decided()) return;
    auto const now = clock_->now();
    if (now >= deadline) {
        return operation->complete(
            out_of_time(*operation, "the deadline had passed before the request was written")
        );
    }
    auto answer = vendor_side_.answer(request, clock_);
    bool const is_taken = answer.exchange.bytes_taken != 0;
    if (is_taken) answer.exchange.bytes_taken = wire_size(request);
    operation->bytes_taken = answer.exchange.bytes_taken;
    operation->phase = is_taken ? ExchangePhase::waiting : answer.exchange.phase;
    if (answer.comes && answer.delay == answer.delay.zero()) {
        return operation->complete(std::move(answer.exchange));
    }

    auto const ends_at = time_after(
        now,
        is_taken ? std::min(limits_.first_byte_timeout, limits_.attempt_timeout)
                 : limits_.attempt_timeout
    );
    auto const gives_up_at = request.commit_deadline && !is_taken
                                 ? std::min({deadline, ends_at, *request.commit_deadline})
                                 : std::min(deadline, ends_at);
    auto const answers_at = time_after(now, answer.delay);
    bool const in_time = answer.comes && answers_at < gives_up_at;
    operation->timer = clock_->make_timer(executor_);
    operation->timer->async_wait_until(
        in_time ? answers_at : gives_up_at,
        [operation,
         in_time,
         exchange = std::move(answer.exchange)](boost::system::error_code failure) mutable {
            if (failure) return;
            operation->complete(
                in_time ? std::move(exchange)
                        : out_of_time(*operation, "the simulator did not answer in time")
            );
        }
    );
}

void SimulatorTransport::async_check_connection(ReportHandler handler) {
    ConnectionReport report;
    report.origin = base_url_;
    std::move(handler)(std::move(report));
}

void SimulatorTransport::close() noexcept {
    operations_->close();
}

}  // namespace otp::testing::simulator
