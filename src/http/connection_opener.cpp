#include "http/connection_opener.hpp"

#include "http/proxy_tunnel.hpp"
#include "http/resource_failure.hpp"
#include "http/tls_stream.hpp"
#include "http/wiped_at_end.hpp"
#include "platform/wait_until.hpp"

#include <otp/time_after.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <chrono>
#include <string_view>
#include <sys/socket.h>
#include <vector>

namespace otp::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using platform::wait_until;
using namespace std::chrono_literals;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
// RFC 8305 5 and 8.
constexpr auto connection_attempt_delay = 250ms;
constexpr auto name_lifetime = 30s;

// Asio would leave the socket open in every program that this process starts, and so keep the
// connection from ending. If this fails, Asio tries itself and tells why.
void open_private(tcp::socket& socket, tcp const& protocol) {
    OwnedDescriptor opened(
        ::socket(protocol.family(), protocol.type() | SOCK_CLOEXEC, protocol.protocol())
    );
    error_code ignored;
    if (opened.is_open()) socket.assign(protocol, opened.get(), ignored);
    if (socket.is_open()) opened.release();
}

// RFC 8305 4: the families in turn, beginning with that of the first address.
NameResolver::Endpoints interleave(NameResolver::Endpoints const& sorted) {
    if (sorted.empty()) return {};
    NameResolver::Endpoints first, second, mixed;
    for (auto const& endpoint : sorted)
        (endpoint.protocol() == sorted.front().protocol() ? first : second).push_back(endpoint);
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) mixed.push_back(first[i]);
        if (i < second.size()) mixed.push_back(second[i]);
    }
    return mixed;
}

}  // namespace

/// Connection attempts to several addresses, of which the first to succeed wins.
class ConnectionOpener::Race : public std::enable_shared_from_this<Race> {
public:
    Race(NameResolver::Endpoints endpoints, asio::any_io_executor executor, ClockTimer& wake)
        : endpoints_(std::move(endpoints)), executor_(std::move(executor)), wake_(&wake) {}

    [[nodiscard]] bool can_start() const { return attempts_.size() < endpoints_.size(); }
    [[nodiscard]] bool all_failed() const { return !can_start() && failed_ == attempts_.size(); }
    [[nodiscard]] bool idle() const { return failed_ == attempts_.size(); }
    [[nodiscard]] bool won() const { return winner_ != nullptr; }
    [[nodiscard]] Socket take_winner() { return std::move(winner_); }
    [[nodiscard]] std::string const& last_failure() const { return last_failure_; }

    void start_next() {
        auto const index = attempts_.size();
        attempts_.push_back(std::make_unique<tcp::socket>(executor_));
        tcp::socket& socket = *attempts_.back();
        error_code ignored;
        open_private(socket, endpoints_[index].protocol());
        // A request is one write, and nothing is gained by holding it back (RFC 896).
        socket.set_option(tcp::no_delay(true), ignored);
        socket.async_connect(
            endpoints_[index],
            [self = shared_from_this(), index](error_code error) { self->finished(index, error); }
        );
    }

    /// Closes what is still connecting. The owner no longer waits.
    void stop() {
        wake_ = nullptr;
        error_code ignored;
        for (auto& attempt : attempts_)
            if (attempt) attempt->close(ignored);
    }

private:
    void finished(std::size_t index, error_code error) {
        if (wake_ == nullptr || winner_) return;
        if (!error) attempts_[index]->native_non_blocking(true, error);
        if (error) {
            ++failed_;
            last_failure_ = endpoints_[index].address().to_string() + ": " + explain(error);
        } else {
            winner_ = std::move(attempts_[index]);
        }
        wake_->cancel();
    }

    NameResolver::Endpoints endpoints_;
    asio::any_io_executor executor_;
    ClockTimer* wake_;
    std::vector<Socket> attempts_;
    std::size_t failed_{0};
    Socket winner_;
    std::string last_failure_;
};

ConnectionOpener::ConnectionOpener(OpenerSettings& settings)
    : settings_(settings), wake_(settings.clock->make_timer(settings.executor)) {}

void ConnectionOpener::start(Done done) {
    auto run = [](std::shared_ptr<ConnectionOpener> self) -> asio::awaitable<Result<OpenedStream>> {
        auto opened = co_await self->open();
        co_return opened;
    };
    asio::co_spawn(
        settings_.executor,
        run(shared_from_this()),
        [self = shared_from_this(),
         done = std::move(done)](std::exception_ptr thrown, Result<OpenedStream> opened) {
            self->settings_.deadlines->remove(*self);
            if (thrown) return done(self->with_phase(self->error_of(thrown)));
            if (opened.has_error()) return done(self->with_phase(std::move(opened).error()));
            done(std::move(opened));
        }
    );
}

Error ConnectionOpener::error_of(std::exception_ptr const& thrown) const noexcept {
    try {
        return resource_error(describe_phase(), {}, thrown);
    } catch (std::exception const&) {
        return bare_error(ErrorCategory::connect_failed, out_of_memory);
    }
}

Error ConnectionOpener::with_phase(Error error) const {
    error.phase = phase_;
    return error;
}

void ConnectionOpener::abort() noexcept {
    aborted_ = true;
    stop_waiting();
}

void ConnectionOpener::limit_time(std::chrono::milliseconds limit) {
    settings_.deadlines->set(*this, time_after(settings_.clock->now(), limit));
}

void ConnectionOpener::on_deadline() {
    timed_out_ = true;
    stop_waiting();
}

void ConnectionOpener::stop_waiting() noexcept {
    wake_->cancel();
    error_code ignored;
    if (waiting_socket_ != nullptr) waiting_socket_->close(ignored);
}

Error ConnectionOpener::stop_reason() const {
    if (aborted_) return Error(ErrorCategory::cancelled, "cancelled while " + describe_phase());
    std::string message = describe_phase() + " took too long";
    if (!last_failure_.empty()) message += " (last failure: " + last_failure_ + ")";
    return Error(ErrorCategory::timeout, std::move(message));
}

std::string ConnectionOpener::peer_name() const {
    return settings_.proxy
               ? "proxy " + settings_.proxy->host + ":" + std::to_string(settings_.proxy->port)
               : settings_.origin.host + ":" + std::to_string(settings_.origin.port);
}

std::string ConnectionOpener::describe_phase() const {
    switch (phase_) {
        case ExchangePhase::resolving:
            return "looking up the name " + peer_host();
        case ExchangePhase::tunnelling:
            return "asking the " + peer_name() + " for a tunnel to " + settings_.origin.host;
        case ExchangePhase::handshaking:
            return "completing the TLS handshake with " + settings_.origin.host;
        default:
            return "connecting to " + peer_name();
    }
}

std::string const& ConnectionOpener::peer_host() const {
    return settings_.proxy ? settings_.proxy->host : settings_.origin.host;
}

asio::awaitable<Result<OpenedStream>> ConnectionOpener::open() {
    limit_time(settings_.limits.connect_timeout);
    auto endpoints = co_await resolve();
    if (endpoints.has_error()) co_return endpoints.error();
    phase_ = ExchangePhase::connecting;
    auto socket = co_await connect(std::move(*endpoints));
    if (socket.has_error()) co_return socket.error();
    if (settings_.proxy) {
        phase_ = ExchangePhase::tunnelling;
        auto refused = co_await tunnel(**socket);
        if (refused) co_return std::move(*refused);
    }
    if (settings_.tls) {
        phase_ = ExchangePhase::handshaking;
        auto secured = co_await secure(std::move(*socket));
        co_return secured;
    }
    auto plain = std::make_unique<PlainStream>((*socket)->native_handle());
    co_return OpenedStream{OwnedDescriptor((*socket)->release()), std::move(plain)};
}

asio::awaitable<Result<NameResolver::Endpoints>> ConnectionOpener::resolve() {
    auto& cache = settings_.names;
    if (!cache.endpoints.empty() && settings_.clock->now() < cache.valid_until)
        co_return cache.endpoints;

    std::string const host = peer_host();
    auto const port = settings_.proxy ? settings_.proxy->port : settings_.origin.port;
    error_code not_an_address;
    auto const address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) co_return NameResolver::Endpoints{asio::ip::tcp::endpoint(address, port)};

    // getaddrinfo cannot be interrupted: a lookup that takes too long is abandoned, and its answer,
    // if one ever comes, finds nobody waiting.
    struct Lookup {
        bool done{false};
        error_code error;
        NameResolver::Endpoints endpoints;
    };
    auto const lookup = std::make_shared<Lookup>();
    auto finish = [lookup,
                   weak = weak_from_this()](error_code error, NameResolver::Endpoints found) {
        lookup->done = true;
        lookup->error = error;
        lookup->endpoints = std::move(found);
        if (auto const self = weak.lock()) self->wake_->cancel();
    };
    NameResolver::Handler handler(std::move(finish));
    settings_.resolver->async_resolve(settings_.executor, host, port, std::move(handler));
    while (!lookup->done && !stopped()) co_await wait_until(*wake_, Clock::TimePoint::max());
    if (!lookup->done) co_return stop_reason();
    if (lookup->error || lookup->endpoints.empty()) {
        std::string reason = lookup->error ? explain(lookup->error) : "no address";
        // getaddrinfo says "try again" or "not found" where it could open nothing to ask with, or
        // no list of hosts. Whether it was that, nobody knows: both are told.
        if (auto const lack = lack_of_descriptors(); lack && lookup->error)
            reason += "; " + explain(*lack);
        co_return Error(
            ErrorCategory::connect_failed, "the name " + host + " cannot be resolved: " + reason
        );
    }
    cache.endpoints = lookup->endpoints;
    cache.valid_until = time_after(settings_.clock->now(), name_lifetime);
    co_return std::move(lookup->endpoints);
}

asio::awaitable<Result<ConnectionOpener::Socket>> ConnectionOpener::connect(
    NameResolver::Endpoints endpoints
) {
    race_ = std::make_shared<Race>(interleave(endpoints), settings_.executor, *wake_);
    auto next_start = settings_.clock->now();
    while (!race_->won() && !race_->all_failed() && !stopped()) {
        if (race_->can_start() && (race_->idle() || settings_.clock->now() >= next_start)) {
            race_->start_next();
            next_start = time_after(settings_.clock->now(), connection_attempt_delay);
        }
        last_failure_ = race_->last_failure();
        co_await wait_until(*wake_, race_->can_start() ? next_start : Clock::TimePoint::max());
    }
    Socket winner = race_->take_winner();
    bool const failed = race_->all_failed();
    last_failure_ = race_->last_failure();
    race_->stop();
    if (winner && !stopped()) co_return std::move(winner);
    // A remembered address that no longer answers is not asked again.
    settings_.names.endpoints.clear();
    if (failed)
        co_return Error(
            ErrorCategory::connect_failed, describe_phase() + " failed: " + last_failure_
        );
    co_return stop_reason();
}

asio::awaitable<bool> ConnectionOpener::wait_ready(tcp::socket& socket, IoStatus wanted) {
    if (stopped()) co_return false;
    waiting_socket_ = &socket;
    auto [error] = co_await socket.async_wait(
        wanted == IoStatus::want_write ? tcp::socket::wait_write : tcp::socket::wait_read, as_result
    );
    waiting_socket_ = nullptr;
    co_return !error && !stopped();
}

asio::awaitable<std::optional<Error>> ConnectionOpener::tunnel(tcp::socket& socket) {
    CountedSocket bytes(socket.native_handle());
    auto asked = connect_request(settings_.origin, *settings_.proxy);
    if (!asked) co_return asked.error();
    // It may hold the proxy's password.
    WipedAtEnd const wiped(*asked);
    std::string_view request = *asked;
    std::string const failure = "the proxy " + settings_.proxy->host + " closed the connection";
    while (!request.empty()) {
        auto const written = bytes.write(std::span(request.data(), request.size()));
        if (written.status == IoStatus::done) {
            request.remove_prefix(written.size);
            continue;
        }
        if (written.status != IoStatus::want_write)
            co_return Error(ErrorCategory::connect_failed, failure);
        bool const ready = co_await wait_ready(socket, IoStatus::want_write);
        if (!ready) co_return stop_reason();
    }
    ConnectAnswer answer;
    for (;;) {
        std::array<char, 2048> chunk{};
        auto const got = bytes.read(chunk);
        if (got.status == IoStatus::want_read) {
            bool const ready = co_await wait_ready(socket, IoStatus::want_read);
            if (!ready) co_return stop_reason();
            continue;
        }
        if (got.status != IoStatus::done) co_return Error(ErrorCategory::connect_failed, failure);
        if (auto verdict = answer.feed(std::string_view(chunk.data(), got.size)))
            co_return std::move(verdict->error);
    }
}

asio::awaitable<Result<OpenedStream>> ConnectionOpener::secure(Socket socket) {
    limit_time(settings_.limits.handshake_timeout);
    auto stream = std::make_unique<TlsStream>(*settings_.tls, socket->native_handle());
    for (;;) {
        auto const step = stream->handshake();
        if (step.status == IoStatus::done) break;
        if (step.status != IoStatus::want_read && step.status != IoStatus::want_write)
            co_return stream->handshake_error(step);
        bool const ready = co_await wait_ready(*socket, step.status);
        if (!ready) co_return stop_reason();
    }
    if (auto refused = stream->refuse_peer()) co_return std::move(*refused);
    auto const trusted_until = stream->trust().end_seen_from_now(*settings_.clock);
    co_return OpenedStream{OwnedDescriptor(socket->release()), std::move(stream), trusted_until};
}

}  // namespace otp::http
