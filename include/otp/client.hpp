#pragma once

#include <otp/config.hpp>
#include <otp/connection_report.hpp>
#include <otp/coroutine_frames.hpp>
#include <otp/export.hpp>
#include <otp/instance_health.hpp>
#include <otp/observer.hpp>
#include <otp/reload_report.hpp>
#include <otp/result.hpp>
#include <otp/route_report.hpp>
#include <otp/send_otp.hpp>
#include <otp/send_receipt.hpp>
#include <otp/transport_factory.hpp>
#include <otp/vendor_registry.hpp>
#include <otp/verify_otp.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace OTP_EXPORT otp {

class Clock;
class ConfigWatcher;
class NameResolver;
class RandomSource;

/// Whether one thread or several run the client's executor.
enum class Threading {
    /// Any executor, any number of threads; the client's work is serialized by a strand.
    multiple,
    /// One thread runs an `io_context`, and only it calls the client: no lock, no strand.
    single,
};

/// What a client is built with beside its configuration. All of it is optional.
struct ClientOptions {
    Threading threading{Threading::multiple};
    /// Vendors that the configuration may name.
    VendorRegistry vendors{VendorRegistry::built_in()};
    /// Makes the transport of each instance; `OtpClient::testing` has ones without a network. Empty
    /// function: the vendor's own (`VendorRegistry::transport_of`), or else HTTP/1.1 over pooled
    /// TLS connections (`make_http_transport`).
    TransportFactory transport;
    /// Null: the machine's clocks and Asio's timers (`Clock::system`).
    std::shared_ptr<Clock> clock;
    /// Null: the operating system's generator (`RandomSource::system`).
    std::shared_ptr<RandomSource> random;
    /// Null: the machine's resolver (`NameResolver::system`).
    std::shared_ptr<NameResolver> resolver;
    /// Each hears everything, in this order.
    std::vector<std::shared_ptr<Observer>> observers;
    /// Looks up `OTP_ROUTE_<NAME>`, names of instances separated by commas, and what `choose_proxy`
    /// asks for. Empty function: no override and no proxy. Default: the process's environment.
    std::function<std::optional<std::string>(std::string const& name)> environment{
        ConfigSources::process().environment};
    /// Names of all variables that `environment` knows: an `OTP_ROUTE_<NAME>` of no route is
    /// refused. Empty function: none is looked for. A name that `environment` does not know counts
    /// for nothing.
    std::function<std::vector<std::string>()> environment_names{
        ConfigSources::process().environment_names};
};

/// Which instances may serve a send: a route (a plain text) or one instance by name.
class SendTarget {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): `async_send("login", ...)` reads best.
    SendTarget(std::string route) : name_(std::move(route)) {}
    // NOLINTNEXTLINE(google-explicit-constructor)
    SendTarget(char const* route) : name_(route) {}

    [[nodiscard]] static SendTarget instance(std::string name) {
        SendTarget target(std::move(name));
        target.is_route_ = false;
        return target;
    }

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] bool is_route() const noexcept { return is_route_; }

private:
    std::string name_;
    bool is_route_{true};
};

class [[gnu::visibility("hidden")]] ClientState;

/// Sends and verifies one-time passwords through the configured instances.
///
/// - Completion tokens: any (`use_future`, `use_awaitable`, a callback, ...); default `deferred`.
/// - Completion: exactly once, with `Result`, on the handler's associated executor or else the
///   client's, and never from inside the initiating call. Nothing is thrown. A handler without an
///   executor of its own may run on the strand that does the client's work, so it must not block.
/// - Cancellation: any type, through the handler's cancellation slot; completes with `cancelled`
///   and the `Delivery` that is true at that moment.
///   As with every Asio operation the signal is emitted where the operation was started and its
///   handler runs: on one thread, or on one strand that the handler is bound to.
/// - Lifetimes: the client may be destroyed while operations run; they complete with `cancelled`.
/// - Thread safety: with `Threading::multiple` all members may be called from several threads.
class OtpClient {
public:
    using SendSignature = void(Result<SendReceipt>);
    using VerifySignature = void(Result<Verification>);
    using ShutdownSignature = void(boost::system::error_code);
    using ReloadSignature = void(Result<ReloadReport>);
    using CheckSignature = void(Result<std::vector<ConnectionReport>>);
    using executor_type = boost::asio::any_io_executor;

    /// Throws `ErrorException`: `config_invalid`, or `connect_failed` if the process has no
    /// descriptor or memory left. Reads CA and certificate files; opens no connection.
    OtpClient(executor_type executor, ClientConfig config, ClientOptions options = {});

    OtpClient(OtpClient&&) noexcept;
    OtpClient& operator=(OtpClient&&) noexcept;
    OtpClient(OtpClient const&) = delete;
    OtpClient& operator=(OtpClient const&) = delete;
    ~OtpClient();

    [[nodiscard]] executor_type get_executor() const noexcept;

    /// Sends one code through the first instance of `target` that can be reached and serves the
    /// request (docs/delivery.md).
    ///
    /// The request is repeated, here or at another instance of the route, only where it provably
    /// was not processed, and where the route opts in to more (`RouteConfig::on_unknown`).
    ///
    /// Errors: see `ErrorCategory`; `Error::stop` says why nothing further was tried. A request
    /// that no instance can serve is `unsupported` (one candidate) or `no_route`; if none may be
    /// asked now it is `circuit_open`; an unknown target is `config_invalid`.
    template <boost::asio::completion_token_for<SendSignature> Token = boost::asio::deferred_t>
    auto async_send(SendTarget target, SendOtp request, Token&& token = Token()) {
        return boost::asio::async_initiate<Token, SendSignature>(
            InitiateSend{state_}, token, std::move(target), std::move(request)
        );
    }

    /// Checks a code with the instance that sent it. Repeated only where the vendor provably did
    /// not count the check: each one uses up one of the few that vendors allow.
    template <boost::asio::completion_token_for<VerifySignature> Token = boost::asio::deferred_t>
    auto async_verify(VerifyOtp request, Token&& token = Token()) {
        return boost::asio::async_initiate<Token, VerifySignature>(
            InitiateVerify{state_}, token, std::move(request)
        );
    }

    /// Takes no further operation, waits until those in flight are done, at most for `time_limit`,
    /// and then cancels the rest. Completes without an error if all were done in time, with
    /// `timed_out` if some had to be cancelled, with `operation_aborted` if it was cancelled
    /// itself, and with `not_enough_memory` if there was none to wait: the rest is cancelled then,
    /// too. In any case it completes behind the last operation.
    template <boost::asio::completion_token_for<ShutdownSignature> Token = boost::asio::deferred_t>
    auto async_shutdown(std::chrono::milliseconds time_limit, Token&& token = Token()) {
        return boost::asio::async_initiate<Token, ShutdownSignature>(
            InitiateShutdown{state_}, token, time_limit
        );
    }

    /// Goes by another configuration from now on; operations under way end with the one that they
    /// began with. Nothing is lost: instances that are as they were keep their connections, token,
    /// breaker and budget; those that changed, or whose TLS files did, are made anew, so that no
    /// connection made with old settings serves a new request.
    ///
    /// Errors: `config_invalid` and what else the constructor throws; the client then goes by the
    /// old configuration, as if nothing had been asked for. `cancelled` after a shutdown. It does
    /// not wait, and cannot be cancelled.
    template <boost::asio::completion_token_for<ReloadSignature> Token = boost::asio::deferred_t>
    auto async_reload(ClientConfig config, Token&& token = Token()) {
        return boost::asio::async_initiate<Token, ReloadSignature>(
            InitiateReload{state_}, token, std::move(config)
        );
    }

    /// Tries the way to the origin of each instance and, where that is another one, of its token
    /// endpoint: name resolution, TCP, the proxy's tunnel, TLS. All of them at once, each on a new
    /// connection that is opened as a request's would be, within the instance's `connect_timeout`
    /// and `handshake_timeout`, and then closed. No request is sent, but CONNECT to a proxy.
    ///
    /// What fails is told in the reports, which are in the order of the instances' names. Errors:
    /// `cancelled`, if the client has been shut down, or if the process was forked before the check
    /// began and this is the child. A check that is cancelled completes with
    /// reports that say so.
    template <boost::asio::completion_token_for<CheckSignature> Token = boost::asio::deferred_t>
    auto async_check_connections(Token&& token = Token()) {
        return boost::asio::async_initiate<Token, CheckSignature>(InitiateCheck{state_}, token);
    }

    /// Who would be asked for `request` now, in which order, and who would not and why, as
    /// `async_send` goes by it; nothing is sent. It takes no turn of a route's strategy. An
    /// instance that rests may be waited for all the same, and one whose breaker is open is asked
    /// if there is no other. Errors: `config_invalid` for an unknown target, and `cancelled` after
    /// a shutdown.
    [[nodiscard]] Result<RouteReport> explain(SendTarget const& target, SendOtp const& request)
        const;

    /// How each instance is, in the order of their names. Asks no vendor (that does
    /// `async_check_connections`).
    [[nodiscard]] std::vector<InstanceHealth> health() const;

    /// Takes an instance out of service: no request goes to it, not even a check of a code that it
    /// sent, until `restore`. Operations under way finish their attempt. False if there is no such
    /// instance.
    bool isolate(std::string_view instance);
    /// Ends an isolation, and closes the instance's breaker whatever it was. False if there is no
    /// such instance.
    bool restore(std::string_view instance);

    /// Opens `connections` connections to the origin of each instance ahead of need.
    void warm_up(std::size_t connections = 1);

private:
    using SendHandler = boost::asio::any_completion_handler<SendSignature>;
    using VerifyHandler = boost::asio::any_completion_handler<VerifySignature>;
    using ShutdownHandler = boost::asio::any_completion_handler<ShutdownSignature>;
    using ReloadHandler = boost::asio::any_completion_handler<ReloadSignature>;
    using CheckHandler = boost::asio::any_completion_handler<CheckSignature>;

    static void start_send(
        std::shared_ptr<ClientState> const& state,
        SendTarget&& target,
        SendOtp&& request,
        SendHandler&& handler
    );
    static void start_verify(
        std::shared_ptr<ClientState> const& state, VerifyOtp&& request, VerifyHandler&& handler
    );
    static void start_shutdown(
        std::shared_ptr<ClientState> const& state,
        std::chrono::milliseconds time_limit,
        ShutdownHandler handler
    );
    static void start_reload(
        std::shared_ptr<ClientState> const& state, ClientConfig&& config, ReloadHandler&& handler
    );
    static void start_check(std::shared_ptr<ClientState> const& state, CheckHandler handler);
    static executor_type executor_of(ClientState const& state) noexcept;

    // Named initiations that know their executor, as asio::cancel_after of later Boosts wants it.
    struct InitiateSend {
        std::shared_ptr<ClientState> state;
        using executor_type = OtpClient::executor_type;
        [[nodiscard]] executor_type get_executor() const noexcept { return executor_of(*state); }
        template <class Handler>
        void operator()(Handler&& handler, SendTarget&& target, SendOtp&& request) const {
            start_send(
                state,
                std::move(target),
                std::move(request),
                SendHandler(std::forward<Handler>(handler))
            );
        }
    };
    struct InitiateVerify {
        std::shared_ptr<ClientState> state;
        using executor_type = OtpClient::executor_type;
        [[nodiscard]] executor_type get_executor() const noexcept { return executor_of(*state); }
        template <class Handler>
        void operator()(Handler&& handler, VerifyOtp&& request) const {
            start_verify(state, std::move(request), VerifyHandler(std::forward<Handler>(handler)));
        }
    };
    struct InitiateShutdown {
        std::shared_ptr<ClientState> state;
        using executor_type = OtpClient::executor_type;
        [[nodiscard]] executor_type get_executor() const noexcept { return executor_of(*state); }
        template <class Handler>
        void operator()(Handler&& handler, std::chrono::milliseconds time_limit) const {
            start_shutdown(state, time_limit, ShutdownHandler(std::forward<Handler>(handler)));
        }
    };
    struct InitiateReload {
        std::shared_ptr<ClientState> state;
        using executor_type = OtpClient::executor_type;
        [[nodiscard]] executor_type get_executor() const noexcept { return executor_of(*state); }
        template <class Handler>
        void operator()(Handler&& handler, ClientConfig&& config) const {
            start_reload(state, std::move(config), ReloadHandler(std::forward<Handler>(handler)));
        }
    };
    struct InitiateCheck {
        std::shared_ptr<ClientState> state;
        using executor_type = OtpClient::executor_type;
        [[nodiscard]] executor_type get_executor() const noexcept { return executor_of(*state); }
        template <class Handler>
        void operator()(Handler&& handler) const {
            start_check(state, CheckHandler(std::forward<Handler>(handler)));
        }
    };

    /// Reloads, also after the client has moved, and tells its observers what could not be read.
    friend class ConfigWatcher;

    std::shared_ptr<ClientState> state_;
};

}  // namespace otp
