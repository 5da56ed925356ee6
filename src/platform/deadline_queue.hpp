#pragma once

#include <otp/seam/clock.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/intrusive/list.hpp>

#include <memory>
#include <optional>

namespace otp::platform {

class DeadlineQueue;

/// Something that must end by a time. Leaves its queue when it is destroyed.
class DeadlineEntry {
public:
    DeadlineEntry() = default;
    DeadlineEntry(DeadlineEntry const&) = delete;
    DeadlineEntry& operator=(DeadlineEntry const&) = delete;

    [[nodiscard]] bool is_waiting() const noexcept { return queue_ != nullptr; }
    /// What it was last set to.
    [[nodiscard]] Clock::TimePoint when() const noexcept { return when_; }

    /// Called once when the time has come; the entry has left the queue by then.
    virtual void on_deadline() = 0;

protected:
    ~DeadlineEntry();

private:
    friend class DeadlineQueue;
    boost::intrusive::list_member_hook<> hook_;
    DeadlineQueue* queue_{nullptr};
    Clock::TimePoint when_{};
};

/// One timer for the deadlines of many requests. A timer for each would cost two system calls a
/// request; this one is set when the earliest deadline comes nearer, which is seldom, as deadlines
/// mostly grow. Not thread-safe.
class DeadlineQueue : public std::enable_shared_from_this<DeadlineQueue> {
public:
    DeadlineQueue(std::shared_ptr<Clock> clock, boost::asio::any_io_executor executor);
    ~DeadlineQueue();
    DeadlineQueue(DeadlineQueue const&) = delete;
    DeadlineQueue& operator=(DeadlineQueue const&) = delete;

    /// Enters `entry`, or moves it if it has entered. The entry leaves the queue or is destroyed
    /// before the queue is. Throws `std::bad_alloc`; then the entry is in the queue no more. The
    /// others hold, or end early if their times cannot be watched either.
    void set(DeadlineEntry& entry, Clock::TimePoint when);
    void remove(DeadlineEntry& entry) noexcept;

private:
    using Entries = boost::intrusive::list<
        DeadlineEntry,
        boost::intrusive::
            member_hook<DeadlineEntry, boost::intrusive::list_member_hook<>, &DeadlineEntry::hook_>,
        boost::intrusive::constant_time_size<false>>;

    void link(DeadlineEntry& entry) noexcept;
    void unlink(DeadlineEntry& entry) noexcept;
    void arm();
    void disarm() noexcept;
    [[nodiscard]] bool try_to_arm() noexcept;
    void on_timer();
    void end_first();
    void arm_or_end();
    void stop_when_still_empty() noexcept;
    void stop_if_empty() noexcept;

    std::shared_ptr<Clock> clock_;
    boost::asio::any_io_executor executor_;
    std::unique_ptr<ClockTimer> timer_;
    /// In order of time.
    Entries entries_;
    /// The time that the timer waits for, if it does.
    std::optional<Clock::TimePoint> armed_for_;
    bool stop_posted_{false};
};

}  // namespace otp::platform
