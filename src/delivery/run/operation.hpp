#pragma once

#include "delivery/roster/plan.hpp"
#include "delivery/run/attempt_log.hpp"
#include "delivery/run/call.hpp"
#include "delivery/run/course.hpp"
#include "delivery/run/environment.hpp"
#include "delivery/run/journal.hpp"
#include "platform/process_mark.hpp"

#include <otp/seam/clock.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace otp::delivery {

/// One operation: what it was given, and what it has tried so far. Its loop owns it, and the
/// attempt under way works on it, too.
struct Operation {
    /// Begins now. The client's environment and the call outlive the object; the plan is not empty.
    Operation(
        Environment& client_environment,
        Plan&& call_plan,
        std::chrono::milliseconds time_limit,
        Call& given_call
    )
        : environment(client_environment),
          call(given_call),
          plan(std::move(call_plan)),
          begun(now()),
          deadline(time_after(begun, time_limit)),
          course(plan, deadline),
          journal(environment, call.kind(), plan.target(), call.traceparent()),
          log(journal) {}
    Operation(Operation const&) = delete;
    Operation& operator=(Operation const&) = delete;

    [[nodiscard]] Clock::TimePoint now() const noexcept { return environment.clock->now(); }
    /// False in a forked child: there it is the parent's.
    [[nodiscard]] bool is_ours() const noexcept { return begun_in.is_this(); }
    /// Ends what is awaited, soon.
    void cancel() { cancellation.emit(boost::asio::cancellation_type::terminal); }

    Environment& environment;
    Call& call;
    Plan plan;
    platform::ProcessMark begun_in;
    Clock::TimePoint begun;
    Clock::TimePoint deadline;
    Course course;
    Journal journal;
    AttemptLog log;
    /// Holds all of it, and is held while something is awaited.
    std::weak_ptr<void> owner;
    /// That of what is awaited.
    boost::asio::cancellation_signal cancellation;
    /// By the caller.
    bool cancelled{false};
};

}  // namespace otp::delivery
