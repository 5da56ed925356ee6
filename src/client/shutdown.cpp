#include "client/shutdown.hpp"

#include "platform/post_or_run.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>

#include <exception>
#include <utility>

namespace otp {

namespace errc = boost::system::errc;

Shutdown::Shutdown(std::shared_ptr<ClientState> state)
    : state_(std::move(state)),
      timer_(state_->environment().clock->make_timer(state_->executor().work())) {}

void Shutdown::run(std::chrono::milliseconds time_limit, Handler handler) noexcept {
    handler_.emplace(std::move(handler));
    state_->begin_closing();
    if (state_->in_flight().count() == 0) return finish({});
    try {
        wait(time_limit);
    } catch (std::exception const&) {
        finish(make_error_code(errc::not_enough_memory));
    }
}

void Shutdown::wait(std::chrono::milliseconds time_limit) {
    state_->in_flight().when_idle([self = shared_from_this()] { self->finish({}); });
    timer_->async_wait_until(
        time_after(state_->environment().clock->now(), time_limit),
        [self = shared_from_this()](boost::system::error_code cancelled) {
            if (!cancelled) self->finish(make_error_code(errc::timed_out));
        }
    );
}

// Later: what is in flight completes with it, and the caller is inside of its `emit`.
void Shutdown::cancel() noexcept {
    platform::post_or_run(state_->executor().work(), [self = shared_from_this()] {
        self->finish(boost::asio::error::operation_aborted);
    });
}

void Shutdown::finish(boost::system::error_code outcome) noexcept {
    if (std::exchange(finishing_, true)) return;
    timer_->cancel();
    state_->close();
    complete_when_idle(outcome);
}

void Shutdown::complete_when_idle(boost::system::error_code outcome) noexcept {
    if (state_->in_flight().count() == 0) return complete(outcome);
    try {
        state_->in_flight().when_idle([self = shared_from_this(), outcome] {
            self->complete(outcome);
        });
    } catch (std::exception const&) {
        complete(outcome);
    }
}

void Shutdown::complete(boost::system::error_code outcome) noexcept {
    state_->executor().post(std::move(*handler_), std::move(outcome));
}

}  // namespace otp
