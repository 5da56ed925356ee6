#include "client/borrowed_roster.hpp"
#include "client/client_operation.hpp"
#include "client/client_state.hpp"
#include "client/connection_checks.hpp"
#include "client/plan_for.hpp"
#include "client/reports.hpp"
#include "client/shutdown.hpp"
#include "delivery/run/journal.hpp"
#include "delivery/run/send_call.hpp"
#include "delivery/run/verify_call.hpp"
#include "platform/dispatch_surely.hpp"
#include "platform/process_mark.hpp"
#include "platform/resource_failure.hpp"

#include <otp/client.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/name_resolver.hpp>
#include <otp/seam/random_source.hpp>
#include <otp/seam/transport.hpp>

#include <boost/system/errc.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace otp {
namespace {

Error closed_error() noexcept {
    return platform::bare_error(ErrorCategory::cancelled, "the client has been shut down");
}

/// Of what was asked for before the process was forked, and not begun.
Error left_to_parent() noexcept {
    return platform::bare_error(ErrorCategory::cancelled, platform::left_to_parent);
}

/// The same of an operation, whose code may be on its way by the parent's doing.
Error may_be_sent_by_parent() noexcept {
    auto error = left_to_parent();
    error.delivery = Delivery::unknown;
    return error;
}

Error cannot_begin(std::exception_ptr const& thrown) noexcept {
    return platform::resource_error("beginning the operation", {}, thrown);
}

/// Begins an operation from wherever the caller is.
template <class Call, class Find>
void start_operation(
    std::shared_ptr<ClientState> const& state,
    Find&& find,
    typename Call::Request&& request,
    typename ClientOperation<Call>::Handler&& handler
) {
    using Operation = ClientOperation<Call>;
    using Outcome = typename Operation::Outcome;
    auto& executor = state->executor();
    std::shared_ptr<CancelRequest> cancel;
    try {
        cancel = CancelRequest::connect(handler, executor.work());
    } catch (std::exception const&) {
        return executor.post(std::move(handler), Outcome(cannot_begin(std::current_exception())));
    }
    auto begin = [](auto const& client,
                    auto const& found,
                    auto& asked,
                    auto& completed,
                    auto const& cancelling,
                    platform::ProcessMark begun_in) {
        auto const refuse = [&](Error error) {
            client->executor().complete(std::move(completed), Outcome(std::move(error)));
        };
        if (!begun_in.is_this()) return refuse(may_be_sent_by_parent());
        if (client->closing()) return refuse(closed_error());
        try {
            Operation::begin(client, found, asked, completed, cancelling.get());
        } catch (...) {
            // Once it has begun, only its handler can have thrown.
            if (!completed) throw;
            refuse(cannot_begin(std::current_exception()));
        }
    };
    executor.run(
        begin,
        state,
        std::move(find),
        std::move(request),
        std::move(handler),
        std::move(cancel),
        platform::ProcessMark()
    );
}

using ChangeBreaker =
    std::optional<delivery::Breaker::Change> (delivery::Condition::*)(Clock::TimePoint);

/// False if there is no such instance.
bool change_breaker(ClientState& state, std::string_view name, ChangeBreaker change) {
    BorrowedRoster const roster(state);
    auto const plan = roster->instance(name);
    if (!plan) return false;
    auto const& instance = *(*plan)[0];
    auto const now = state.environment().clock->now();
    if (auto const changed = (instance.condition.get()->*change)(now)) {
        delivery::report_change(state.environment(), instance.config, *changed);
    }
    return true;
}

void tell_observers(ClientState& state, Result<ReloadReport> const& reloaded) {
    Reloaded event;
    std::string message;
    if (reloaded) {
        event.kept = reloaded->kept.size();
        event.added = reloaded->added.size();
        event.replaced = reloaded->replaced.size();
        event.removed = reloaded->removed.size();
    } else {
        auto const error = reloaded.error();
        event.failure = error.category;
        message = error.message;
    }
    event.message = message;
    for (auto const& observer : state.environment().observers) observer->on_reload(event);
}

Result<ReloadReport> try_to_reload(ClientState& state, ClientConfig&& config) {
    try {
        return state.reload(std::move(config));
    } catch (ErrorException const& refused) {
        return refused.error();
    } catch (std::exception const&) {
        return platform::resource_error("the reload", {}, std::current_exception());
    }
}

Result<ReloadReport> reload(
    ClientState& state, ClientConfig&& config, platform::ProcessMark asked_in
) {
    if (!asked_in.is_this()) return left_to_parent();
    if (state.closing()) return closed_error();
    auto reloaded = try_to_reload(state, std::move(config));
    tell_observers(state, reloaded);
    return reloaded;
}

/// What the application left out is the machine's; a transport may also be the vendor's.
ClientOptions with_defaults(ClientOptions options) {
    if (!options.clock) options.clock = Clock::system();
    if (!options.random) options.random = RandomSource::system();
    if (!options.resolver) options.resolver = NameResolver::system();
    std::erase(options.observers, nullptr);
    return options;
}

}  // namespace

OtpClient::OtpClient(executor_type executor, ClientConfig config, ClientOptions options)
    : state_(std::make_shared<ClientState>(
          std::move(executor), std::move(config), with_defaults(std::move(options))
      )) {}

OtpClient::OtpClient(OtpClient&&) noexcept = default;

OtpClient& OtpClient::operator=(OtpClient&& other) noexcept {
    OtpClient closed(std::move(*this));
    state_ = std::move(other.state_);
    return *this;
}

OtpClient::~OtpClient() {
    if (!state_) return;
    auto const executor = state_->executor().work();
    platform::dispatch_surely(executor, [state = std::move(state_)] { state->close(); });
}

OtpClient::executor_type OtpClient::get_executor() const noexcept {
    return state_->executor().user();
}

OtpClient::executor_type OtpClient::executor_of(ClientState const& state) noexcept {
    return state.executor().user();
}

void OtpClient::start_send(
    std::shared_ptr<ClientState> const& state,
    SendTarget&& target,
    SendOtp&& request,
    SendHandler&& handler
) {
    auto find = [target = std::move(target)](delivery::Roster const& roster, SendOtp const& asked) {
        return plan_for(roster, target, asked);
    };
    start_operation<delivery::SendCall>(
        state, std::move(find), std::move(request), std::move(handler)
    );
}

void OtpClient::start_verify(
    std::shared_ptr<ClientState> const& state, VerifyOtp&& request, VerifyHandler&& handler
) {
    auto find = [](delivery::Roster const& roster, VerifyOtp const& asked) {
        return sender_of(roster, asked.handle);
    };
    start_operation<delivery::VerifyCall>(
        state, std::move(find), std::move(request), std::move(handler)
    );
}

void OtpClient::start_shutdown(
    std::shared_ptr<ClientState> const& state,
    std::chrono::milliseconds time_limit,
    ShutdownHandler handler
) {
    auto& executor = state->executor();
    std::shared_ptr<CancelRequest> cancel;
    std::shared_ptr<Shutdown> shutdown;
    try {
        cancel = CancelRequest::connect(handler, executor.work());
        shutdown = std::make_shared<Shutdown>(state);
    } catch (std::exception const&) {
        auto const lack = make_error_code(boost::system::errc::not_enough_memory);
        platform::dispatch_surely(executor.work(), [state] { state->close(); });
        return executor.post(std::move(handler), boost::system::error_code(lack));
    }
    executor.run(
        [time_limit](auto const& begun, auto& completed, auto const& cancelling) {
            begun->run(time_limit, std::move(completed));
            if (cancelling) cancelling->attach(std::weak_ptr<Shutdown>(begun));
        },
        std::move(shutdown),
        std::move(handler),
        std::move(cancel)
    );
}

void OtpClient::start_reload(
    std::shared_ptr<ClientState> const& state, ClientConfig&& config, ReloadHandler&& handler
) {
    state->executor().run(
        [asked_in = platform::ProcessMark()](auto const& client, auto& settings, auto& completed) {
            auto outcome = reload(*client, std::move(settings), asked_in);
            client->executor().post(std::move(completed), std::move(outcome));
        },
        state,
        std::move(config),
        std::move(handler)
    );
}

void OtpClient::start_check(std::shared_ptr<ClientState> const& state, CheckHandler handler) {
    using Outcome = ConnectionChecks::Outcome;
    auto& executor = state->executor();
    std::shared_ptr<CancelRequest> cancel;
    try {
        cancel = CancelRequest::connect(handler, executor.work());
    } catch (std::exception const&) {
        return executor.post(std::move(handler), Outcome(cannot_begin(std::current_exception())));
    }
    executor.run([state,
                  cancel = std::move(cancel),
                  handler = std::move(handler),
                  asked_in = platform::ProcessMark()]() mutable {
        auto const refuse = [&](Error error) {
            state->executor().post(std::move(handler), Outcome(std::move(error)));
        };
        if (!asked_in.is_this()) return refuse(left_to_parent());
        if (state->closing()) return refuse(closed_error());
        auto const checks = ConnectionChecks::begin(state, std::move(handler));
        if (cancel && checks) cancel->attach(std::weak_ptr<ConnectionChecks>(checks));
    });
}

Result<RouteReport> OtpClient::explain(SendTarget const& target, SendOtp const& request) const {
    if (state_->closing()) return closed_error();
    BorrowedRoster const roster(*state_);
    auto const plan = preview_for(*roster, target, request);
    if (!plan) return plan.error();
    return report_route(*plan, request, *state_->environment().clock);
}

std::vector<InstanceHealth> OtpClient::health() const {
    BorrowedRoster const roster(*state_);
    return report_health(*roster, state_->environment().clock->now());
}

bool OtpClient::isolate(std::string_view instance) {
    return change_breaker(*state_, instance, &delivery::Condition::isolate);
}

bool OtpClient::restore(std::string_view instance) {
    return change_breaker(*state_, instance, &delivery::Condition::restore);
}

void OtpClient::warm_up(std::size_t connections) {
    platform::dispatch_surely(
        state_->executor().work(),
        [state = state_, connections, asked_in = platform::ProcessMark()] {
            if (asked_in.is_this()) state->roster()->warm_up(connections);
        }
    );
}

}  // namespace otp
