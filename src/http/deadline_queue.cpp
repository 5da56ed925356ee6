#include "http/deadline_queue.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace otp::http {

DeadlineEntry::~DeadlineEntry() {
    if (queue_ != nullptr) queue_->remove(*this);
}

DeadlineQueue::DeadlineQueue(std::shared_ptr<Clock> clock, boost::asio::any_io_executor executor)
    : clock_(std::move(clock)),
      executor_(std::move(executor)),
      timer_(clock_->make_background_timer(executor_)) {}

DeadlineQueue::~DeadlineQueue() {
    while (first_ != nullptr) unlink(*first_);
}

void DeadlineQueue::set(DeadlineEntry& entry, Clock::TimePoint when) {
    if (entry.queue_ != nullptr) unlink(entry);
    entry.when_ = when;
    entry.queue_ = this;
    DeadlineEntry* before = last_;
    while (before != nullptr && before->when_ > when) before = before->previous_;
    entry.previous_ = before;
    entry.next_ = before != nullptr ? before->next_ : first_;
    (entry.previous_ != nullptr ? entry.previous_->next_ : first_) = &entry;
    (entry.next_ != nullptr ? entry.next_->previous_ : last_) = &entry;
    if (!armed_ || when < armed_for_) arm();
}

void DeadlineQueue::remove(DeadlineEntry& entry) noexcept {
    if (entry.queue_ == nullptr) return;
    unlink(entry);
    if (first_ == nullptr && armed_ && timer_->keeps_context_running()) stop_when_still_empty();
}

void DeadlineQueue::unlink(DeadlineEntry& entry) noexcept {
    (entry.previous_ != nullptr ? entry.previous_->next_ : first_) = entry.next_;
    (entry.next_ != nullptr ? entry.next_->previous_ : last_) = entry.previous_;
    entry.previous_ = entry.next_ = nullptr;
    entry.queue_ = nullptr;
}

void DeadlineQueue::arm() {
    if (armed_) timer_->cancel();
    armed_ = true;
    armed_for_ = first_->when_;
    timer_->async_wait_until(
        armed_for_,
        [weak = weak_from_this(), when = armed_for_](boost::system::error_code error) {
            auto const self = weak.lock();
            if (self && !error && self->armed_ && self->armed_for_ == when) self->on_timer();
        }
    );
}

void DeadlineQueue::on_timer() {
    auto const keep = shared_from_this();
    armed_ = false;
    auto const now = clock_->now();
    while (first_ != nullptr && first_->when_ <= now) {
        DeadlineEntry& due = *first_;
        unlink(due);
        due.on_deadline();
    }
    if (first_ != nullptr && !armed_) arm();
}

// A pending timer keeps io_context::run() from returning, so it must not outlive the last request;
// but the next request usually begins in the completion of the last one. The check is posted behind
// that completion, and finds the queue in use again at no cost.
void DeadlineQueue::stop_when_still_empty() {
    if (stop_posted_) return;
    stop_posted_ = true;
    boost::asio::post(executor_, [weak = weak_from_this()] {
        auto const self = weak.lock();
        if (!self) return;
        self->stop_posted_ = false;
        if (self->first_ != nullptr || !self->armed_) return;
        self->armed_ = false;
        self->timer_->cancel();
    });
}

}  // namespace otp::http
