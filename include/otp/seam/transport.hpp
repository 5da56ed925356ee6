#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>
#include <otp/connection_counts.hpp>
#include <otp/connection_report.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/name_resolver.hpp>
#include <otp/transport_factory.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace OTP_EXPORT otp {

/// What became of one request on the wire, with the evidence that certainty needs.
class HttpExchange {
public:
    explicit HttpExchange(Result<HttpResponse> exchange_outcome)
        : outcome(std::move(exchange_outcome)) {}

    /// A complete response whatever its status, or the header of a refusal (`body_problem`); or why
    /// there is none. The error's `http_status` is set if the header of a final response had been
    /// read, and its `phase` is this object's; its `delivery` is for the client to decide and not
    /// meaningful here.
    Result<HttpResponse> outcome;
    /// Bytes that the kernel took from this request on, counted below TLS, of a repeated one on
    /// both connections. 0 proves that the request does not exist outside this process.
    std::uint64_t bytes_taken{0};
    /// Whether an idle connection was used, and not one opened for this request.
    bool reused_connection{false};
    /// How far the request had come; `done` if there is a complete response. While the connection
    /// for it is being opened, how far that has come.
    ExchangePhase phase{outcome.has_value() ? ExchangePhase::done : ExchangePhase::queued};
};

/// Carries requests to one origin. An extension point: replay, recording and simulation are
/// transports, too.
///
/// - Executor: the handler is called on the executor that the transport was made with, never from
///   inside the call; an executor associated with the handler is not looked at.
/// - Cancellation: a request that is cancelled through the handler's cancellation slot (any type)
///   completes with category `cancelled`.
/// - Completion: exactly once, whatever fails, at the latest at the deadline.
/// - Thread safety: calls come from the executor that the transport was made with, one at a time;
///   those of `connections` from any thread.
class Transport {
public:
    using ExchangeHandler = boost::asio::any_completion_handler<void(HttpExchange)>;
    using ReportHandler = boost::asio::any_completion_handler<void(ConnectionReport)>;

    virtual ~Transport() = default;

    /// Sends `request` once. The transport never repeats it once a byte may have left (RFC 9110
    /// 9.2.2), unless it is `repeatable`; follows no redirect; and validates target, header names
    /// and values.
    virtual void async_exchange(
        HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler
    ) = 0;

    /// Opens up to `count` connections ahead of need. Failures are not reported: a later request
    /// meets them itself. The default does nothing.
    virtual void warm_up(std::size_t count);

    /// Opens a connection as for a request, reports how far that came, and closes it; no request is
    /// sent. Cancellation and completion are those of a request; the time limits are those of
    /// opening. The default, for transports that open none, calls `handler` at once with a report
    /// whose failure is `unsupported`.
    virtual void async_check_connection(ReportHandler handler);

    /// How many connections there are, and how many requests wait for one. May be called from any
    /// thread, at any time, also after `close`. The default, for transports that open none, answers
    /// nothing; one that passes requests on to another passes this on, too.
    [[nodiscard]] virtual std::optional<ConnectionCounts> connections() const noexcept;

    /// Completes every request in flight with `cancelled`, and refuses further ones likewise.
    virtual void close() noexcept = 0;
};

/// What a transport is made from.
struct TransportSettings {
    boost::asio::any_io_executor executor;
    /// Scheme, host, port and base path; no final `/`.
    std::string base_url;
    /// Its `proxy` is the way to `base_url` (`choose_proxy`), whoever named it; nothing: directly.
    InstanceConfig const& instance;
    std::shared_ptr<Clock> clock;
    std::shared_ptr<NameResolver> resolver;
};

/// The transport that clients use by default: HTTP/1.1 over pooled TLS connections.
[[nodiscard]] Result<std::shared_ptr<Transport>> make_http_transport(
    TransportSettings const& settings
);

}  // namespace otp
