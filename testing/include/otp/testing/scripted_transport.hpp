#pragma once

#include <otp/seam/transport.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace otp::testing {

class ExchangeOperations;

/// What a scripted transport does with one request.
class ScriptedStep {
public:
    /// The request is written and answered. As from a server, the answer gets a `Content-Length` if
    /// its headers do not tell its length.
    explicit ScriptedStep(HttpResponse response);
    /// Anything else: an error, the bytes taken, a reused connection, the phase, a response without
    /// a length. Where it leaves the phase at `queued`, that is what outcome and bytes say: `done`
    /// with a response, `waiting` if bytes were taken.
    explicit ScriptedStep(HttpExchange exchange);

    /// The request is written and never answered: it ends with `timeout` at its deadline.
    [[nodiscard]] static ScriptedStep silence();
    /// Not a byte of the request leaves, as where a name, a connection or a handshake takes for
    /// ever: it ends with `timeout` and 0 bytes taken at `HttpRequest::commit_deadline` (where
    /// another instance is left), or else at its deadline.
    [[nodiscard]] static ScriptedStep stall(ExchangePhase phase = ExchangePhase::connecting);
    /// The same step, but it ends in that phase.
    [[nodiscard]] ScriptedStep in(ExchangePhase phase) &&;
    /// The same step, but `delay` later by the transport's clock. A limit that comes first ends it:
    /// the deadline, or of a step that takes no byte `HttpRequest::commit_deadline`, too.
    [[nodiscard]] ScriptedStep after(std::chrono::steady_clock::duration delay) &&;

    HttpExchange exchange;
    std::chrono::steady_clock::duration latency{0};
    bool answers{true};
};

/// The answers that a test wants, in order, and the requests that were made. Several transports may
/// share one script.
///
/// Thread safety: all members may be called from several threads.
class Script {
public:
    Script() = default;

    void add(ScriptedStep step);

    /// The next step, after `request` is remembered. An empty script answers `internal`.
    [[nodiscard]] ScriptedStep next(std::string base_url, HttpRequest request);

    /// A request as it was made. Holds codes and secrets: do not print it.
    struct Seen {
        Seen(std::string url, HttpRequest http_request)
            : base_url(std::move(url)), request(std::move(http_request)) {}
        std::string base_url;
        HttpRequest request;
    };
    [[nodiscard]] std::vector<Seen> requests() const;
    /// Steps that were not used.
    [[nodiscard]] std::size_t remaining() const;

private:
    mutable std::mutex mutex_;
    std::deque<ScriptedStep> steps_;
    std::vector<Seen> requests_;
};

/// Does what a script says, in the time of a clock: with a `ManualClock` a test decides when an
/// answer comes and when a deadline passes.
class ScriptedTransport final : public Transport {
public:
    ScriptedTransport(
        boost::asio::any_io_executor executor,
        std::string base_url,
        std::shared_ptr<Clock> clock,
        std::shared_ptr<Script> script
    );
    ScriptedTransport(ScriptedTransport const&) = delete;
    ScriptedTransport& operator=(ScriptedTransport const&) = delete;
    ~ScriptedTransport() override;

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override;
    void close() noexcept override;

private:
    boost::asio::any_io_executor executor_;
    std::string base_url_;
    std::shared_ptr<Clock> clock_;
    std::shared_ptr<Script> script_;
    std::unique_ptr<ExchangeOperations> operations_;
};

/// For `ClientOptions::transport`.
[[nodiscard]] TransportFactory scripted_transport_factory(std::shared_ptr<Script> script);

}  // namespace otp::testing
