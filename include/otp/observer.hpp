#pragma once

#include <otp/attempt.hpp>
#include <otp/decision.hpp>
#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/export.hpp>
#include <otp/instance_health.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// Something that an operator should know, although the operation went on. Safe to log.
struct Warning {
    std::string instance;
    std::string vendor;
    /// What was seen and what the SDK did about it.
    std::string message;
};

/// What an application asked for.
enum class OperationKind { send, verify };

/// The stable name: `send`, `verify`.
[[nodiscard]] std::string_view to_string(OperationKind kind) noexcept;

/// Which operation an event belongs to. Views live as long as the call.
struct OperationRef {
    /// Counted from 1 in each client.
    std::uint64_t number{0};
    OperationKind kind{OperationKind::send};
    /// The route, or the instance if one was named; of a verify the instance that sent.
    std::string_view target;
    /// The request's; empty if it gave none, or a malformed one.
    std::string_view traceparent;
};

/// An attempt begins: a token may be fetched, then the request is sent.
struct AttemptBegun {
    OperationRef operation;
    std::string_view instance;
    std::string_view vendor;
    /// Counted from 1 in each operation; what was skipped is not counted. A question that confirms
    /// an approval has the number of the check.
    std::size_t attempt{1};
};

/// An attempt is over, or an instance was passed over (`Decision::skip`), or could not be asked, as
/// the request could not be put into the vendor's words.
struct AttemptEnded {
    OperationRef operation;
    Attempt const& attempt;
    /// As of `AttemptBegun`; 0: none was begun.
    std::size_t number{0};
};

/// The operation waits before its next attempt.
struct WaitBegun {
    OperationRef operation;
    /// Who is asked then.
    std::string_view instance;
    std::chrono::milliseconds wait{0};
    DecisionReason reason{DecisionReason::not_sent};
};

/// An operation is over. Told before its handler is called.
struct OperationEnded {
    OperationRef operation;
    /// Nothing: it succeeded, which for a verify means that the vendor judged the code.
    std::optional<ErrorCategory> failure;
    Delivery delivery{Delivery::not_sent};
    DecisionReason stop{DecisionReason::succeeded};
    /// The last instance that was asked; empty if none was.
    std::string_view instance;
    std::size_t attempts{0};
    /// From the beginning of the operation, waits included.
    std::chrono::microseconds latency{0};
};

/// The breaker of an instance changed. `half_open` is reported when the first probe begins.
struct BreakerChange {
    std::string_view instance;
    std::string_view vendor;
    BreakerState from{BreakerState::closed};
    BreakerState to{BreakerState::open};
    /// How long no request is let through; only where `to` is `open`.
    std::chrono::milliseconds open_for{0};
};

/// An instance asked to be left alone.
struct RestBegun {
    std::string_view instance;
    std::string_view vendor;
    std::chrono::milliseconds rest{0};
};

/// An access token was asked for.
struct TokenFetched {
    std::string_view instance;
    std::string_view vendor;
    /// Nothing: there is one.
    std::optional<ErrorCategory> failure;
    std::chrono::microseconds latency{0};
};

/// A reload is over (`OtpClient::async_reload`).
struct Reloaded {
    /// Nothing: the client goes by the new configuration. Else by the old one, as before.
    std::optional<ErrorCategory> failure;
    /// Of the failure; safe to log.
    std::string_view message;
    /// Numbers of instances.
    std::size_t kept{0};
    std::size_t added{0};
    std::size_t replaced{0};
    std::size_t removed{0};
};

/// Hears what happens inside a client. An extension point: derive from it, override what is of
/// interest, and hand it over in `ClientOptions::observers`. All events are safe to log.
///
/// - Executor: called where the client does its work (a strand, unless `Threading::single`), so a
///   member must not block. `isolate` and `restore` report where they are called.
/// - Exceptions: none may leave a member; one that does ends the program.
/// - Lifetime: shared with the client and its last operation. What an event refers to lives as long
///   as the call.
class Observer {
public:
    Observer() = default;
    Observer(Observer const&) = delete;
    Observer& operator=(Observer const&) = delete;
    virtual ~Observer() = default;

    virtual void on_attempt_begun(AttemptBegun const& /*event*/) noexcept {}
    virtual void on_attempt_ended(AttemptEnded const& /*event*/) noexcept {}
    virtual void on_wait(WaitBegun const& /*event*/) noexcept {}
    virtual void on_operation_ended(OperationEnded const& /*event*/) noexcept {}
    virtual void on_breaker_change(BreakerChange const& /*event*/) noexcept {}
    virtual void on_rest(RestBegun const& /*event*/) noexcept {}
    virtual void on_token_fetched(TokenFetched const& /*event*/) noexcept {}
    virtual void on_reload(Reloaded const& /*event*/) noexcept {}
    virtual void on_warning(Warning const& /*warning*/) noexcept {}
};

}  // namespace otp
