#include "http/http_transport.hpp"

#include "platform/post_or_run.hpp"
#include "platform/resource_failure.hpp"
#include "platform/wiped_at_end.hpp"

#include <otp/seam/time_after.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace otp {

namespace {

/// Silently sending to the vendor what was to be answered from a folder would be worse.
std::optional<Error> refusal_of_recording(InstanceConfig const& instance) {
    if (!instance.record && !instance.replay) return std::nullopt;
    return field_error(
        ErrorCategory::config_invalid,
        instance.record ? "/record" : "/replay",
        "is not for this transport: pass otp::testing::transport_by_configuration() as "
        "ClientOptions::transport, of OtpClient::testing"
    );
}

}  // namespace

Result<std::shared_ptr<Transport>> make_http_transport(TransportSettings const& settings) {
    if (auto refusal = refusal_of_recording(settings.instance)) return std::move(*refusal);
    return http::HttpTransport::make(settings);
}

namespace http {

namespace {

Result<std::shared_ptr<Transport>> make_for(
    Origin const& origin, TransportSettings const& settings
) {
    OpenerSettings opener;
    opener.executor = settings.executor;
    opener.origin = origin;
    opener.limits = settings.instance.limits;
    // Plain http stays on this machine.
    if (auto const& proxy = settings.instance.proxy; proxy && origin.secure) {
        opener.proxy.emplace(ProxyConfig{
            proxy->host, proxy->port, proxy->username, proxy->password.clone()});
    }
    opener.clock = settings.clock;
    auto const& proxy = opener.proxy;
    opener.addresses = std::make_shared<HostAddresses>(
        settings.executor,
        settings.resolver,
        settings.clock,
        proxy ? proxy->host : origin.lookup_name,
        proxy ? proxy->port : origin.port
    );
    opener.deadlines = std::make_shared<platform::DeadlineQueue>(settings.clock, settings.executor);
    if (opener.origin.secure) {
        auto tls = TlsContext::make(
            opener.origin,
            settings.instance.tls,
            settings.instance.limits.max_connection_age,
            settings.clock
        );
        if (!tls) return tls.error();
        opener.tls = std::move(*tls);
    }
    auto const transport = std::make_shared<HttpTransport>(std::move(opener));
    // Behind the timer of `deadlines`: Asio's own part of the context is told of a fork first.
    platform::ContextNotices::of(settings.executor).add(transport);
    return std::shared_ptr<Transport>(transport);
}

}  // namespace

Result<std::shared_ptr<Transport>> HttpTransport::make(TransportSettings const& settings) {
    auto origin = parse_origin(settings.base_url);
    if (!origin) return origin.error();
    try {
        return make_for(*origin, settings);
    } catch (std::exception const&) {
        return platform::resource_error(
            "preparing the connections to ", origin->host, std::current_exception()
        );
    }
}

HttpTransport::HttpTransport(OpenerSettings settings)
    : settings_(std::move(settings)),
      wire_(settings_.origin),
      pool_(settings_.limits.max_connections) {}

HttpTransport::~HttpTransport() {
    close();
}

void HttpTransport::async_exchange(
    HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler
) {
    ExchangePointer exchange;
    try {
        auto const now = settings_.clock->now();
        auto refusal = RequestWire::refusal(request);
        auto const attempt_limit = time_after(now, settings_.limits.attempt_timeout);
        exchange = std::allocate_shared<Exchange>(
            platform::PoolAllocator<Exchange>(exchange_pool_.get()),
            shared_from_this(),
            std::move(request),
            std::min(deadline, attempt_limit),
            std::move(handler)
        );
        begin(exchange, std::move(refusal), now, deadline);
    } catch (std::exception const&) {
        if (exchange) return exchange->stop_for(std::current_exception());
        // No memory was to be had before the handler was handed over.
        fail_unbegun(std::move(handler), std::current_exception());
    }
}

void HttpTransport::fail_unbegun(ExchangeHandler handler, std::exception_ptr const& thrown) {
    HttpExchange exchange{platform::resource_error("a request to ", settings_.origin.host, thrown)};
    platform::post_or_run(
        settings_.executor,
        [handler = std::move(handler), exchange = std::move(exchange)]() mutable {
            std::move(handler)(std::move(exchange));
        }
    );
}

void HttpTransport::begin(
    ExchangePointer const& exchange,
    std::optional<Error> refusal,
    Clock::TimePoint now,
    Clock::TimePoint deadline
) {
    if (!process_.is_this()) leave_to_parent();
    exchange->begin();
    if (closed_) {
        return exchange->stop(Error(ErrorCategory::cancelled, "the client has been closed"));
    }
    if (refusal) return exchange->stop(std::move(*refusal));
    if (active_.size() > settings_.limits.max_in_flight) {
        return exchange->stop(Error(
            ErrorCategory::unavailable,
            "max_in_flight requests to " + settings_.origin.host + " are under way already"
        ));
    }
    // Nobody waits for the answer any more, so nothing must be sent.
    if (deadline <= now) {
        return exchange->stop(
            Error(ErrorCategory::timeout, "the deadline had passed before sending")
        );
    }

    if (waiters_.empty()) {
        if (auto connection = pool_.take_idle(now)) {
            return exchange->start(std::move(connection), true, now);
        }
    }
    waiters_.push_back(*exchange);
    publish_waiting();
    serve_waiters();
}

void HttpTransport::enter(Exchange& exchange) noexcept {
    active_.push_back(exchange);
}

void HttpTransport::leave(Exchange& exchange) noexcept {
    if (exchange.waiting.is_linked()) {
        waiters_.erase(waiters_.iterator_to(exchange));
        publish_waiting();
    }
    active_.erase(active_.iterator_to(exchange));
}

void HttpTransport::wait_first(Exchange& exchange) noexcept {
    waiters_.push_front(exchange);
    publish_waiting();
}

void HttpTransport::take_first_waiter() noexcept {
    waiters_.pop_front();
    publish_waiting();
}

void HttpTransport::write(HttpRequest const& request, Connection& connection) {
    platform::WipedAtEnd const wiped(outgoing_);
    wire_.write(request, outgoing_);
    connection.write(outgoing_);
}

// What is done for the one may fail it, or free a connection, and so end here again: then the loops
// that are running see to it.
void HttpTransport::serve_waiters() {
    if (serving_waiters_) return;
    // Also when a user's handler throws.
    struct Serving {
        explicit Serving(bool& flag) noexcept : serving(flag) { serving = true; }
        Serving(Serving const&) = delete;
        Serving& operator=(Serving const&) = delete;
        ~Serving() { serving = false; }
        bool& serving;
    };
    Serving const running(serving_waiters_);
    serve_with_idle_connections();
    while (!closed_ && openers_.size() < waiters_.size() && pool_.may_open()) {
        if (auto error = open_connection()) fail_first_waiter(std::move(*error));
    }
}

void HttpTransport::serve_with_idle_connections() {
    while (!closed_ && !waiters_.empty()) {
        auto const exchange = waiters_.front().shared_from_this();
        if (exchange->wants_fresh_connection()) {
            // Room for a new one, if idle ones take all the places.
            if (!pool_.may_open() && openers_.empty()) pool_.drop_oldest_idle();
            break;
        }
        auto const now = settings_.clock->now();
        auto connection = pool_.take_idle(now);
        if (!connection) break;
        take_first_waiter();
        start_on(*exchange, std::move(connection), true, now);
    }
}

void HttpTransport::start_on(
    Exchange& exchange, std::shared_ptr<Connection> connection, bool reused, Clock::TimePoint now
) {
    try {
        exchange.start(std::move(connection), reused, now);
    } catch (std::exception const&) {
        // A user's handler has thrown.
        if (exchange.is_over()) throw;
        exchange.stop_for(std::current_exception());
    }
}

std::optional<Error> HttpTransport::open_connection() {
    pool_.opening_started();
    std::shared_ptr<ConnectionOpener> opener;
    try {
        opener = std::make_shared<ConnectionOpener>(settings_);
        openers_.push_back(opener);
        opener->start([self = shared_from_this(), opener](Result<OpenedStream> opened) {
            self->on_opened(opener, std::move(opened));
        });
        return std::nullopt;
    } catch (std::exception const&) {
        openers_.remove(opener);
        pool_.opening_failed();
        auto error = platform::resource_error(
            "connecting to ", settings_.origin.host, std::current_exception()
        );
        error.phase = ExchangePhase::queued;
        return error;
    }
}

ExchangePhase HttpTransport::opening_phase(Exchange const& exchange) const noexcept {
    auto const* const opener = opener_for(exchange);
    return opener != nullptr ? opener->phase() : ExchangePhase::queued;
}

std::string HttpTransport::describe_opening(Exchange const& exchange) const {
    auto const* const opener = opener_for(exchange);
    return opener != nullptr ? opener->describe_phase() : std::string();
}

ConnectionOpener const* HttpTransport::opener_for(Exchange const& exchange) const noexcept {
    auto waiter = waiters_.begin();
    for (auto const& opener : openers_) {
        if (waiter == waiters_.end()) break;
        if (&*waiter == &exchange) return opener.get();
        ++waiter;
    }
    return nullptr;
}

void HttpTransport::on_opened(
    std::shared_ptr<ConnectionOpener> const& opener, Result<OpenedStream> opened
) {
    // That of the parent process.
    if (openers_.remove(opener) == 0) return;
    if (opened.has_error()) return on_open_failed(std::move(opened).error());
    if (closed_) return pool_.opening_failed();
    auto const now = settings_.clock->now();
    auto adopted = adopt(std::move(*opened), now);
    if (adopted.has_error()) {
        Error error = std::move(adopted).error();
        error.phase = opener->phase();
        return on_open_failed(std::move(error));
    }
    pool_.opening_succeeded();
    auto const& connection = *adopted;
    if (waiters_.empty()) return keep_idle(connection, now);
    auto const exchange = waiters_.front().shared_from_this();
    take_first_waiter();
    start_on(*exchange, connection, false, now);
}

Result<std::shared_ptr<Connection>> HttpTransport::adopt(
    OpenedStream&& opened, Clock::TimePoint now
) {
    constexpr std::string_view attempted = "watching the connection to ";
    try {
        auto watched_by = watch();
        if (!watched_by) return watched_by.error();
        auto connection = std::make_shared<Connection>(
            std::move(*watched_by),
            std::move(opened.socket),
            std::move(opened.stream),
            settings_.limits,
            *this,
            scratch_,
            std::min(time_after(now, settings_.limits.max_connection_age), opened.trusted_until)
        );
        auto const refused = connection->watch();
        if (!refused) return connection;
        return Error(
            ErrorCategory::connect_failed,
            std::string(attempted) + settings_.origin.host +
                " failed: " + platform::explain(refused)
        );
    } catch (std::exception const&) {
        return platform::resource_error(attempted, settings_.origin.host, std::current_exception());
    }
}

Result<std::shared_ptr<SocketWatch>> HttpTransport::watch() {
    if (auto shared = watch_.lock()) return shared;
    auto made = SocketWatch::make(settings_.executor);
    if (made) watch_ = *made;
    return made;
}

void HttpTransport::on_open_failed(Error error) {
    pool_.opening_failed();
    // The others get what their own connections meet: whoever is stopped has them served.
    fail_first_waiter(std::move(error));
}

void HttpTransport::fail_first_waiter(Error error) {
    if (!waiters_.empty()) waiters_.front().stop(std::move(error));
}

void HttpTransport::give_back(std::shared_ptr<Connection> connection) {
    if (!connection->reusable() || closed_) {
        pool_.discard(*connection);
        return serve_waiters();
    }
    keep_idle(std::move(connection), settings_.clock->now());
    if (!waiters_.empty()) serve_waiters();
}

void HttpTransport::keep_idle(std::shared_ptr<Connection> connection, Clock::TimePoint now) {
    connection->become_idle(now);
    auto const ends = connection->idle_until();
    try {
        pool_.put_idle(std::move(connection));
    } catch (std::exception const&) {
        // It is closed.
        return pool_.forget();
    }
    if (!idle_sweep_.is_waiting() || ends < idle_sweep_.when()) sweep_idle_at(ends);
}

void HttpTransport::sweep_idle_at(Clock::TimePoint when) {
    try {
        settings_.deadlines->set(idle_sweep_, when);
    } catch (std::exception const&) {
        // They would stay beyond their time.
        pool_.close_idle();
    }
}

void HttpTransport::sweep_idle() {
    auto const next = pool_.close_expired(settings_.clock->now());
    if (next) sweep_idle_at(*next);
    serve_waiters();
}

void HttpTransport::on_idle_connection_lost(Connection& connection) {
    pool_.drop_idle(connection);
    serve_waiters();
}

void HttpTransport::warm_up(std::size_t count) {
    if (!process_.is_this()) leave_to_parent();
    while (!closed_ && pool_.connections() < count && pool_.may_open()) {
        // Nobody waits for it: a request will meet the lack itself.
        if (open_connection()) return;
    }
}

void HttpTransport::async_check_connection(ReportHandler handler) {
    if (!process_.is_this()) leave_to_parent();
    auto const check = std::make_shared<ConnectionCheck>(settings_, std::move(handler));
    std::function<void()> on_done = [self = shared_from_this(), done = check.get()] {
        self->checks_.remove_if([done](auto const& other) { return other.get() == done; });
    };
    checks_.push_back(check);
    if (!closed_) return check->start(std::move(on_done));
    check->refuse(
        Error(ErrorCategory::cancelled, "the client has been closed"), std::move(on_done)
    );
}

std::optional<ConnectionCounts> HttpTransport::connections() const noexcept {
    auto counts = pool_.counts();
    counts.waiting = waiting_.get();
    return counts;
}

void HttpTransport::drop_all(ErrorCategory category, std::string_view message) noexcept {
    for (auto const& check : checks_) check->abort();
    while (!active_.empty()) active_.front().stop(platform::bare_error(category, message));
    pool_.close_idle();
    settings_.deadlines->remove(idle_sweep_);
}

void HttpTransport::on_forked_child() noexcept {
    if (!process_.is_this()) leave_to_parent();
}

void HttpTransport::on_context_end() noexcept {
    closed_ = true;
    while (!active_.empty()) active_.front().abandon();
    pool_.openings_abandoned();
    // Each of them holds the transport.
    std::exchange(openers_, {}).clear();
    std::exchange(checks_, {}).clear();
    settings_.addresses->close();
    pool_.close_idle();
    settings_.deadlines->remove(idle_sweep_);
}

void HttpTransport::leave_to_parent() noexcept {
    process_ = platform::ProcessMark();
    for (auto const& opener : openers_) opener->abort();
    pool_.openings_abandoned();
    openers_.clear();
    for (auto& exchange : active_) exchange.leave_to_parent();
    // Nothing is begun meanwhile for those that wait, since they end, too.
    bool const was_closed = std::exchange(closed_, true);
    drop_all(ErrorCategory::cancelled, platform::left_to_parent);
    closed_ = was_closed;
    watch_.reset();
    if (settings_.tls) settings_.tls->forget_sessions();
}

void HttpTransport::close() noexcept {
    if (closed_) return;
    closed_ = true;
    for (auto const& opener : openers_) opener->abort();
    settings_.addresses->close();
    drop_all(ErrorCategory::cancelled, "the client was closed");
}

}  // namespace http
}  // namespace otp
