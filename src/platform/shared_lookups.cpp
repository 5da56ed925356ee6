#include "platform/shared_lookups.hpp"

#include "platform/detached_thread.hpp"
#include "platform/lookup_refusal.hpp"

#include <otp/seam/time_after.hpp>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace otp::platform {

using boost::system::error_code;

namespace {

struct LookupsOfProcess {
    explicit LookupsOfProcess(LookupsOfProcess* those_of_parent) : of_parent(those_of_parent) {}

    pid_t process{::getpid()};
    SharedLookups lookups{{Clock::system(), ask_machine, start_detached_thread}};
    /// Their threads are the parent's, and so may be whoever holds their mutex.
    LookupsOfProcess* of_parent;
};

}  // namespace

SharedLookups& SharedLookups::of_process() {
    static std::atomic<LookupsOfProcess*> current{nullptr};
    LookupsOfProcess* known = current.load();
    if (known != nullptr && known->process == ::getpid()) return known->lookups;
    auto fresh = std::make_unique<LookupsOfProcess>(known);
    // Another thread may have been faster.
    if (!current.compare_exchange_strong(known, fresh.get())) return known->lookups;
    return fresh.release()->lookups;
}

void SharedLookups::ask(std::shared_ptr<LookupWaiter> const& waiter) {
    auto refusal = std::make_shared<FoundAddresses>();
    std::unique_lock lock(mutex_);
    auto const now = machine_.clock->now();
    forget_old_names(now);
    Name& name = names_[waiter->host()];
    auto const late_answer = std::exchange(name.late_answer, nullptr);
    if (late_answer && now < time_after(name.answered, late_answer_lifetime)) {
        lock.unlock();
        return waiter->answer(late_answer);
    }
    std::erase_if(name.waiters, [](auto const& earlier) { return !earlier->waits(); });
    if (needs_lookup(name, now)) {
        refusal->error = begin(name, *waiter, now);
        if (refusal->error && name.lookups == 0) {
            lock.unlock();
            return waiter->answer(std::move(refusal));
        }
    }
    name.waiters.push_back(waiter);
}

void SharedLookups::forget_old_names(Clock::TimePoint now) {
    std::erase_if(names_, [now](auto const& entry) {
        Name const& name = entry.second;
        bool const keeps_answer =
            name.late_answer && now < time_after(name.answered, late_answer_lifetime);
        return name.lookups == 0 && !keeps_answer;
    });
}

bool SharedLookups::needs_lookup(Name const& name, Clock::TimePoint now) noexcept {
    if (name.lookups == 0) return true;
    return name.lookups < max_lookups_of_name && now >= time_after(name.newest_begun, overdue);
}

error_code SharedLookups::begin(Name& name, LookupWaiter const& first, Clock::TimePoint now) {
    if (lookups_ >= max_lookups) return LookupRefusal::too_many;
    try {
        auto found = std::make_shared<FoundAddresses>();
        machine_.start_thread(
            [this, found, number = begun_ + 1, host = first.host(), port = first.port()] {
                *found = machine_.look_up(host, port);
                finish(host, number, found);
            }
        );
    } catch (std::system_error const&) {
        return LookupRefusal::no_thread;
    }
    name.newest = ++begun_;
    name.newest_begun = now;
    ++name.lookups;
    ++lookups_;
    return {};
}

void SharedLookups::finish(
    std::string const& host, std::uint64_t number, Found const& found
) noexcept {
    std::vector<std::shared_ptr<LookupWaiter>> answered;
    {
        std::lock_guard const lock(mutex_);
        --lookups_;
        auto const entry = names_.find(host);
        Name& name = entry->second;
        --name.lookups;
        bool const succeeded = !found->error;
        // The failure of one that was given up says nothing about the one that was begun then.
        if (succeeded || number == name.newest || name.lookups == 0) answered.swap(name.waiters);
        bool const is_late = std::none_of(answered.begin(), answered.end(), [](auto const& waiter) {
            return waiter->waits();
        });
        if (succeeded && is_late && names_.size() <= max_names) {
            name.late_answer = found;
            name.answered = machine_.clock->now();
        } else if (name.lookups == 0) {
            names_.erase(entry);
        }
    }
    for (auto const& waiter : answered) waiter->answer(found);
}

}  // namespace otp::platform
