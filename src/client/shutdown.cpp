#include "client/shutdown.hpp"

#include <otp/time_after.hpp>

#include <boost/system/errc.hpp>

#include <utility>

namespace otp {

Shutdown::Shutdown(std::shared_ptr<ClientState> state, Handler handler)
    : state_(std::move(state)),
      timer_(state_->environment().clock->make_timer(state_->executor().work())),
      handler_(std::move(handler)) {}

void Shutdown::run(std::chrono::milliseconds patience) {
    state_->begin_closing();
    if (state_->in_flight().count() == 0) return finish({});
    state_->in_flight().when_idle([self = shared_from_this()] { self->finish({}); });
    timer_->async_wait_until(
        time_after(state_->environment().clock->now(), patience),
        [self = shared_from_this()](boost::system::error_code cancelled) {
            if (!cancelled) self->finish(make_error_code(boost::system::errc::timed_out));
        }
    );
}

void Shutdown::finish(boost::system::error_code outcome) {
    if (!handler_) return;
    Handler handler(std::move(*handler_));
    handler_.reset();
    timer_->cancel();
    state_->close();
    state_->executor().post(std::move(handler), std::move(outcome));
}

}  // namespace otp
