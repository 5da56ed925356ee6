#pragma once

#include <otp/delivery.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>
#include <otp/send_otp.hpp>
#include <otp/verification_outcome.hpp>
#include <otp/verify_otp.hpp>

#include <boost/asio/any_completion_handler.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <variant>

namespace otp::delivery {

/// What became of an operation that a guard let begin.
struct Settlement {
    /// `accepted` and `unknown` are counted: a code may be on its way, or a check used up.
    /// `not_sent` is given back.
    Delivery delivery{Delivery::not_sent};
    /// Of a check that the vendor judged.
    std::optional<VerificationOutcome> verification{};
};

/// What a guard has set aside for an operation until that is over. It stands for what is in the
/// guard's store under an id of its own, so that settling it may be repeated there.
///
/// Not every one is settled: an operation whose context is destroyed, or that goes on in the parent
/// of a forked process, lets go of it. In the store it counts as sent when it lapses.
class Reservation {
public:
    Reservation() = default;
    Reservation(Reservation const&) = delete;
    Reservation& operator=(Reservation const&) = delete;
    virtual ~Reservation() = default;

    /// Once at most. Returns at once: what takes time goes on behind it.
    virtual void settle(Settlement const& settlement) noexcept = 0;
};

/// Says whether an operation may begin, before a byte of it is sent. Each operation asks once, in
/// front of its first attempt, however many it then makes.
///
/// - Executor: that on which the client does its work. It is called there, and calls the handler
///   there, never from inside of `reserve` or of a cancellation; an executor associated with the
///   handler is not looked at.
/// - Completion: once, at the latest at the deadline. What is said of an operation while a store
///   does not answer is for the guard to decide.
/// - Cancellation: through the handler's slot, of any type. The handler is called soon, with any
///   verdict; what was reserved all the same is settled as `not_sent`.
class Guard {
public:
    /// What is to begin.
    struct Request {
        /// The route, or the instance if one was named; of a check the instance that sent.
        std::string_view target;
        /// Valid until the verdict is there.
        std::variant<SendOtp const*, VerifyOtp const*> asked;
    };

    /// The operation begins, with a reservation or with null where nothing was set aside; or it
    /// ends with the error, which is `not_sent` whatever it says. `Error::stop` names the rule;
    /// without one it is `refused`.
    using Verdict = Result<std::unique_ptr<Reservation>>;
    using Handler = boost::asio::any_completion_handler<void(Verdict)>;

    Guard() = default;
    Guard(Guard const&) = delete;
    Guard& operator=(Guard const&) = delete;
    virtual ~Guard() = default;

    /// The verdict, where it is known at once: `handler` is not called then. Nothing where it has
    /// to be waited for.
    [[nodiscard]] virtual std::optional<Verdict> reserve(
        Request const& request, Clock::TimePoint deadline, Handler handler
    ) noexcept = 0;
};

}  // namespace otp::delivery
