#include "simulation/timeline.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/post.hpp>

#include <utility>

namespace otp::simulation {

void Timeline::at(TimePoint when, Event event) {
    due_.push({when, ++order_, std::move(event)});
}

void Timeline::after(std::chrono::steady_clock::duration delay, Event event) {
    at(time_after(now(), delay), std::move(event));
}

void Timeline::after_steps(std::size_t steps, Event event) {
    steps_until_event_ = steps;
    event_after_steps_ = std::move(event);
}

void Timeline::sleep(std::chrono::milliseconds length) {
    clock_->advance(length);
    slept_ += length;
}

bool Timeline::run(std::uint64_t most_rounds) {
    for (std::uint64_t round = 0; round < most_rounds; ++round) {
        make_steps();
        auto const timer = clock_->next_due();
        if (!timer && due_.empty()) {
            if (!event_after_steps_) return true;
            std::exchange(event_after_steps_, {})();
            continue;
        }
        bool const only_timer = due_.empty();
        bool const only_event = !timer;
        bool const event_first =
            only_event || (!only_timer && (due_.top().when < *timer ||
                                           (due_.top().when == *timer && dice_.percent(50))));
        auto const when = event_first ? due_.top().when : *timer;
        // Timers of this moment complete, too: what of them comes first is the executor's order.
        if (when > now()) clock_->advance(when - now());
        if (event_first) happen();
    }
    return false;
}

void Timeline::make_steps() {
    context_.restart();
    while (context_.poll_one() != 0) step();
}

void Timeline::step() {
    if (!event_after_steps_) return;
    if (steps_until_event_ > 0) {
        --steps_until_event_;
        return;
    }
    std::exchange(event_after_steps_, {})();
}

void Timeline::happen() {
    // On the executor, as an application's own code would be.
    boost::asio::post(context_, std::move(const_cast<Due&>(due_.top()).event));
    due_.pop();
}

}  // namespace otp::simulation
