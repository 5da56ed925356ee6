#include "exchange_operation.hpp"

#include <otp/testing/replay_transport.hpp>

#include <boost/asio/post.hpp>

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace otp::testing {

ReplayTransport::ReplayTransport(
    boost::asio::any_io_executor executor, std::shared_ptr<Replay> replay
)
    : executor_(std::move(executor)),
      operations_(std::make_unique<ExchangeOperations>()),
      replay_(std::move(replay)) {}

ReplayTransport::~ReplayTransport() {
    close();
}

void ReplayTransport::async_exchange(
    HttpRequest request, Clock::TimePoint, ExchangeHandler handler
) {
    auto operation = operations_->start(executor_, std::move(handler));
    // The recording is taken only when the executor comes round: a request that is cancelled before
    // was never sent, and leaves its recording to the next one.
    boost::asio::post(
        executor_,
        [operation = std::move(operation), replay = replay_, request = std::move(request)] {
            if (operation->decided()) return;
            HttpExchange exchange(replay->answer(request));
            if (exchange.outcome) {
                exchange.bytes_taken = wire_size(request);
                exchange.phase = ExchangePhase::done;
            }
            operation->complete(std::move(exchange));
        }
    );
}

void ReplayTransport::close() noexcept {
    operations_->close();
}

TransportFactory replay_transport_factory(std::shared_ptr<Replay> replay) {
    return [replay = std::move(replay)](TransportSettings const& settings) {
        return Result<std::shared_ptr<Transport>>(
            std::make_shared<ReplayTransport>(settings.executor, replay)
        );
    };
}

TransportFactory replay_transport_factory(std::vector<Recording> recordings, Serve serve) {
    return replay_transport_factory(std::make_shared<Replay>(std::move(recordings), serve));
}

TransportFactory replay_transport_factory(std::filesystem::path const& folder, Serve serve) {
    return replay_transport_factory(load_recordings(folder), serve);
}

}  // namespace otp::testing
