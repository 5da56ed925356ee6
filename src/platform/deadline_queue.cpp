#include "platform/deadline_queue.hpp"

#include <boost/asio/post.hpp>

#include <exception>
#include <iterator>
#include <utility>

namespace otp::platform {

DeadlineEntry::~DeadlineEntry() {
    if (queue_ != nullptr) queue_->remove(*this);
}

DeadlineQueue::DeadlineQueue(std::shared_ptr<Clock> clock, boost::asio::any_io_executor executor)
    : clock_(std::move(clock)),
      executor_(std::move(executor)),
      timer_(clock_->make_background_timer(executor_)) {}

DeadlineQueue::~DeadlineQueue() {
    while (!entries_.empty()) unlink(entries_.front());
}

void DeadlineQueue::set(DeadlineEntry& entry, Clock::TimePoint when) {
    if (entry.queue_ != nullptr) unlink(entry);
    entry.when_ = when;
    link(entry);
    if (armed_for_ && when >= *armed_for_) return;
    try {
        arm();
    } catch (...) {
        unlink(entry);
        // The others must not go without a limit for the sake of this one.
        arm_or_end();
        throw;
    }
}

void DeadlineQueue::remove(DeadlineEntry& entry) noexcept {
    if (entry.queue_ == nullptr) return;
    unlink(entry);
    if (entries_.empty() && armed_for_ && timer_->keeps_context_running()) stop_when_still_empty();
}

// From the back, as most deadlines are later than those before them.
void DeadlineQueue::link(DeadlineEntry& entry) noexcept {
    auto place = entries_.end();
    while (place != entries_.begin() && std::prev(place)->when_ > entry.when_) --place;
    entries_.insert(place, entry);
    entry.queue_ = this;
}

void DeadlineQueue::unlink(DeadlineEntry& entry) noexcept {
    entries_.erase(entries_.iterator_to(entry));
    entry.queue_ = nullptr;
}

void DeadlineQueue::arm() {
    disarm();
    auto const when = entries_.front().when_;
    timer_->async_wait_until(
        when,
        [weak = weak_from_this(), when](boost::system::error_code error) {
            auto const self = weak.lock();
            if (self && !error && self->armed_for_ == when) self->on_timer();
        }
    );
    armed_for_ = when;
}

void DeadlineQueue::disarm() noexcept {
    if (!armed_for_) return;
    armed_for_.reset();
    timer_->cancel();
}

bool DeadlineQueue::try_to_arm() noexcept {
    try {
        arm();
        return true;
    } catch (std::exception const&) {
        return false;
    }
}

void DeadlineQueue::on_timer() {
    armed_for_.reset();
    auto const now = clock_->now();
    while (!entries_.empty() && entries_.front().when_ <= now) end_first();
    arm_or_end();
}

// A limit that nobody can watch counts as reached: too early is better than never.
void DeadlineQueue::arm_or_end() {
    while (!entries_.empty() && !armed_for_ && !try_to_arm()) end_first();
}

void DeadlineQueue::end_first() {
    DeadlineEntry& due = entries_.front();
    unlink(due);
    try {
        due.on_deadline();
    } catch (...) {
        // A user's handler has thrown; the others' limits hold all the same.
        if (!entries_.empty() && !armed_for_) static_cast<void>(try_to_arm());
        throw;
    }
}

// A pending timer keeps io_context::run() from returning, so it must not outlive the last request;
// but the next request usually begins in the completion of the last one. The check is posted behind
// that completion, and finds the queue in use again at no cost.
// Where there is no memory to post it, run() returns later: when the timer has come to its end.
void DeadlineQueue::stop_when_still_empty() noexcept {
    if (stop_posted_) return;
    try {
        boost::asio::post(executor_, [weak = weak_from_this()] {
            if (auto const self = weak.lock()) self->stop_if_empty();
        });
        stop_posted_ = true;
    } catch (std::exception const&) {
    }
}

void DeadlineQueue::stop_if_empty() noexcept {
    stop_posted_ = false;
    if (entries_.empty()) disarm();
}

}  // namespace otp::platform
