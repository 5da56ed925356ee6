#pragma once

#include "platform/lookup_waiter.hpp"

#include <otp/seam/clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace otp::platform {

/// The lookups of a process, whoever asks for them. `getaddrinfo` blocks and cannot be interrupted,
/// so each lookup has a thread of its own, and no name waits for another one.
///
/// - One lookup at a time for a name: who asks while it is under way waits for it with the others.
/// - One that takes too long (`overdue`) is given up, and the next one who asks begins another
///   beside it, as far as the limits allow. The first answer of either serves all.
/// - An answer that finds nobody waiting any more is kept for the next one, for a short time.
///
/// Thread-safe. Outlives its threads: the process's own is never destroyed.
class SharedLookups {
public:
    using Found = LookupWaiter::Found;

    static constexpr std::chrono::seconds overdue{30};
    static constexpr std::chrono::seconds late_answer_lifetime{30};
    static constexpr std::size_t max_lookups{64};
    static constexpr std::size_t max_lookups_of_name{4};
    /// Under way, or with a late answer.
    static constexpr std::size_t max_names{128};

    /// What lookups are made of.
    struct Machine {
        std::shared_ptr<Clock> clock;
        /// Blocks until the answer is there; does not throw.
        std::function<FoundAddresses(std::string const& host, std::uint16_t port)> look_up;
        /// Runs it elsewhere. Throws `std::system_error` if it cannot.
        std::function<void(std::function<void()> work)> start_thread;
    };

    explicit SharedLookups(Machine machine) : machine_(std::move(machine)) {}

    /// Those of this process; after a `fork`, of the child, where none is under way.
    [[nodiscard]] static SharedLookups& of_process();

    /// Sees to it that the waiter gets an answer, never from inside this call, or a
    /// `LookupRefusal`. Throws `std::bad_alloc`; then it gets none.
    void ask(std::shared_ptr<LookupWaiter> const& waiter);

private:
    struct Name {
        std::vector<std::shared_ptr<LookupWaiter>> waiters;
        /// How many are under way, and the last one that was begun.
        std::size_t lookups{0};
        std::uint64_t newest{0};
        Clock::TimePoint newest_begun{};
        /// What nobody waited for any more.
        Found late_answer;
        Clock::TimePoint answered{};
    };
    using Names = std::map<std::string, Name>;

    void forget_old_names(Clock::TimePoint now);
    [[nodiscard]] static bool needs_lookup(Name const& name, Clock::TimePoint now) noexcept;
    /// Why not, if so.
    boost::system::error_code begin(Name& name, LookupWaiter const& first, Clock::TimePoint now);
    void finish(std::string const& host, std::uint64_t number, Found const& found) noexcept;

    Machine machine_;
    std::mutex mutex_;
    Names names_;
    std::size_t lookups_{0};
    std::uint64_t begun_{0};
};

}  // namespace otp::platform
