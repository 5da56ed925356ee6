#include "http/connect/connection_opener.hpp"

#include "http/connect/lookup_failure.hpp"
#include "http/connect/proxy_tunnel.hpp"
#include "http/tls/tls_stream.hpp"
#include "platform/resource_failure.hpp"
#include "platform/wait_until.hpp"
#include "platform/wiped_at_end.hpp"

#include <otp/seam/time_after.hpp>

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

// Asio would leave the socket open in every program that this process starts, and so keep the
// connection from ending. If this fails, Asio tries itself and tells why.
void open_private(tcp::socket& socket, tcp const& protocol) {
    platform::OwnedDescriptor opened(
        ::socket(protocol.family(), protocol.type() | SOCK_CLOEXEC, protocol.protocol())
    );
    error_code ignored;
    if (opened.is_open()) socket.assign(protocol, opened.get(), ignored);
    if (socket.is_open()) opened.release();
}

/// For messages.
std::string with_port(std::string const& host, std::uint16_t port) {
    bool const is_ipv6 = host.find(':') != host.npos;
    return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

}  // namespace

/// Connection attempts to several addresses, of which the first to succeed wins.
class ConnectionOpener::Race : public std::enable_shared_from_this<Race> {
public:
    Race(HostAddresses::Addresses addresses, asio::any_io_executor executor, ClockTimer& wake)
        : addresses_(std::move(addresses)), executor_(std::move(executor)), wake_(&wake) {}

    [[nodiscard]] bool can_start() const { return attempts_.size() < addresses_->size(); }
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
        open_private(socket, (*addresses_)[index].protocol());
        // A request is one write, and nothing is gained by holding it back (RFC 896).
        socket.set_option(tcp::no_delay(true), ignored);
        socket.async_connect(
            (*addresses_)[index],
            [self = shared_from_this(), index](error_code error) { self->finished(index, error); }
        );
    }

    /// Closes what is still connecting. The owner no longer waits.
    void stop() {
        wake_ = nullptr;
        error_code ignored;
        for (auto& attempt : attempts_) {
            if (attempt) attempt->close(ignored);
        }
    }

private:
    void finished(std::size_t index, error_code error) {
        if (wake_ == nullptr || winner_) return;
        if (!error) attempts_[index]->native_non_blocking(true, error);
        if (error) {
            ++failed_;
            last_failure_ =
                (*addresses_)[index].address().to_string() + ": " + platform::explain(error);
        } else {
            winner_ = std::move(attempts_[index]);
        }
        wake_->cancel();
    }

    HostAddresses::Addresses addresses_;
    asio::any_io_executor executor_;
    ClockTimer* wake_;
    std::vector<Socket> attempts_;
    std::size_t failed_{0};
    Socket winner_;
    std::string last_failure_;
};

ConnectionOpener::ConnectionOpener(OpenerSettings& settings, OpeningRecord* record)
    : settings_(settings), record_(record), wake_(settings.clock->make_timer(settings.executor)) {}

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
        return platform::resource_error(describe_phase(), {}, thrown);
    } catch (std::exception const&) {
        return platform::bare_error(ErrorCategory::connect_failed, platform::out_of_memory);
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

void ConnectionOpener::enter(ExchangePhase phase) {
    phase_ = phase;
    if (record_ != nullptr) record_->begin(phase, settings_.clock->now());
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
    auto const& proxy = settings_.proxy;
    return proxy ? "proxy " + with_port(proxy->host, proxy->port)
                 : with_port(settings_.origin.host, settings_.origin.port);
}

std::string ConnectionOpener::describe_phase() const {
    switch (phase_) {
        case ExchangePhase::resolving:
            return "looking up " + name_to_resolve();
        case ExchangePhase::tunnelling:
            return "asking the " + peer_name() + " for a tunnel to " + settings_.origin.host;
        case ExchangePhase::handshaking:
            return "completing the TLS handshake with " + settings_.origin.host;
        default:
            return "connecting to " + peer_name();
    }
}

std::string ConnectionOpener::name_to_resolve() const {
    auto const& proxy = settings_.proxy;
    return proxy ? "the proxy's name " + proxy->host : "the name " + settings_.origin.host;
}

asio::awaitable<Result<OpenedStream>> ConnectionOpener::open() {
    limit_time(settings_.limits.connect_timeout);
    enter(ExchangePhase::resolving);
    auto addresses = co_await resolve();
    if (addresses.has_error()) co_return addresses.error();
    if (record_ != nullptr) record_->set_addresses(**addresses);
    if (leaves_this_machine(settings_.origin, **addresses)) {
        co_return Error(
            ErrorCategory::connect_failed,
            name_to_resolve() +
                " leads to another machine, and plain http is only for this one: use https, or "
                "127.0.0.1 or [::1] in place of the name"
        );
    }
    auto opened = co_await open_at(*addresses);
    if (opened) {
        settings_.addresses->trust(*addresses);
    } else if (!aborted_) {
        settings_.addresses->distrust(*addresses);
    }
    co_return opened;
}

asio::awaitable<Result<HostAddresses::Addresses>> ConnectionOpener::resolve() {
    if (auto addresses = settings_.addresses->at_hand()) co_return addresses;
    // A lookup that takes too long for this opening goes on: its answer serves the next one.
    auto const lookup = settings_.addresses->look_up([weak = weak_from_this()] {
        if (auto const self = weak.lock()) self->wake_->cancel();
    });
    // The rest of the time is for addresses that have failed before, which are better than none.
    auto const new_ones_until =
        time_after(settings_.clock->now(), settings_.limits.connect_timeout / 2);
    while (!lookup->is_done() && !stopped()) {
        auto last_resort = settings_.addresses->last_resort();
        if (last_resort && settings_.clock->now() >= new_ones_until) co_return last_resort;
        co_await wait_until(*wake_, last_resort ? new_ones_until : Clock::TimePoint::max());
    }
    if (!lookup->is_done()) co_return stop_reason();
    if (lookup->addresses()) co_return lookup->addresses();
    std::string reason = explain_lookup_failure(lookup->error());
    // getaddrinfo says "try again" or "not found" where it could open nothing to ask with, or
    // no list of hosts. Whether it was that, nobody knows: both are told.
    if (auto const lack = platform::lack_of_descriptors(); lack && lookup->error()) {
        reason += "; " + platform::explain(*lack);
    }
    co_return Error(
        ErrorCategory::connect_failed, name_to_resolve() + " cannot be resolved: " + reason
    );
}

asio::awaitable<Result<OpenedStream>> ConnectionOpener::open_at(HostAddresses::Addresses addresses
) {
    enter(ExchangePhase::connecting);
    auto socket = co_await connect(std::move(addresses));
    if (socket.has_error()) co_return socket.error();
    if (record_ != nullptr) {
        error_code ignored;
        record_->set_connection((*socket)->remote_endpoint(ignored));
    }
    if (settings_.proxy) {
        enter(ExchangePhase::tunnelling);
        auto refused = co_await tunnel(**socket);
        if (refused) co_return std::move(*refused);
    }
    if (settings_.tls) {
        enter(ExchangePhase::handshaking);
        auto secured = co_await secure(std::move(*socket));
        co_return secured;
    }
    auto plain = std::make_unique<PlainStream>((*socket)->native_handle());
    co_return OpenedStream{platform::OwnedDescriptor((*socket)->release()), std::move(plain)};
}

asio::awaitable<Result<ConnectionOpener::Socket>> ConnectionOpener::connect(
    HostAddresses::Addresses addresses
) {
    race_ = std::make_shared<Race>(std::move(addresses), settings_.executor, *wake_);
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
    if (failed) {
        co_return Error(
            ErrorCategory::connect_failed, describe_phase() + " failed: " + last_failure_
        );
    }
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
    platform::WipedAtEnd const wiped(*asked);
    std::string_view request = *asked;
    std::string const failure = "the " + peer_name() + " closed the connection";
    while (!request.empty()) {
        auto const written = bytes.write(std::span(request.data(), request.size()));
        if (written.status == IoStatus::done) {
            request.remove_prefix(written.size);
            continue;
        }
        if (written.status != IoStatus::want_write) {
            co_return Error(ErrorCategory::connect_failed, failure);
        }
        bool const ready = co_await wait_ready(socket, IoStatus::want_write);
        if (!ready) co_return stop_reason();
    }
    ConnectAnswer answer("the " + peer_name(), has_credentials(*settings_.proxy));
    for (;;) {
        std::array<char, 2048> chunk{};
        auto const got = bytes.read(chunk);
        if (got.status == IoStatus::want_read) {
            bool const ready = co_await wait_ready(socket, IoStatus::want_read);
            if (!ready) co_return stop_reason();
            continue;
        }
        if (got.status != IoStatus::done) co_return Error(ErrorCategory::connect_failed, failure);
        if (auto verdict = answer.feed(std::string_view(chunk.data(), got.size))) {
            co_return std::move(verdict->error);
        }
    }
}

asio::awaitable<Result<OpenedStream>> ConnectionOpener::secure(Socket socket) {
    limit_time(settings_.limits.handshake_timeout);
    auto stream = std::make_unique<TlsStream>(*settings_.tls, socket->native_handle());
    for (;;) {
        auto const step = stream->handshake();
        bool const goes_on =
            step.status == IoStatus::want_read || step.status == IoStatus::want_write;
        if (step.status == IoStatus::done) break;
        if (!goes_on) {
            // Before anything else is asked of OpenSSL, which would lose the reason.
            auto failure = stream->handshake_error(step);
            if (record_ != nullptr) record_->set_tls(stream->report());
            co_return failure;
        }
        bool const ready = co_await wait_ready(*socket, step.status);
        if (!ready) co_return stop_reason();
    }
    if (record_ != nullptr) record_->set_tls(stream->report());
    if (auto refused = stream->refuse_peer()) co_return std::move(*refused);
    auto const trusted_until = stream->trust().end_seen_from_now(*settings_.clock);
    co_return OpenedStream{
        platform::OwnedDescriptor(socket->release()), std::move(stream), trusted_until};
}

}  // namespace otp::http
