#pragma once

#include "http/pool/connection.hpp"
#include "platform/published_count.hpp"

#include <otp/connection_counts.hpp>
#include <otp/seam/clock.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace otp::http {

/// The connections of one origin: which are idle, and how many there may be. It opens nothing and
/// wakes nobody; the transport does. Not thread-safe, but for `counts`.
class ConnectionPool {
public:
    using Pointer = std::shared_ptr<Connection>;

    explicit ConnectionPool(std::size_t max_connections);

    /// The connection that became idle last and is still usable; those that are not are closed on
    /// the way. Null if there is none.
    [[nodiscard]] Pointer take_idle(Clock::TimePoint now);

    /// A permit for one more connection; to be given back by `discard`, `forget` or
    /// `opening_failed`.
    [[nodiscard]] bool may_open() const noexcept { return connections() < max_connections_; }
    void opening_started() noexcept { opening_.increase(); }
    void opening_failed() noexcept { opening_.decrease(); }
    /// There is a connection now.
    void opening_succeeded() noexcept;
    /// Nobody will hear what comes of those that are being opened.
    void openings_abandoned() noexcept { opening_.set(0); }

    void put_idle(Pointer connection);
    /// A connection that was taken, or just opened, is closed and gone.
    void discard(Connection& connection) noexcept;
    /// The same of one that is closed already.
    void forget() noexcept { open_.decrease(); }
    /// Closes an idle connection that the peer has ended.
    void drop_idle(Connection& connection);
    /// Closes the connection that has been idle for the longest time, if any.
    void drop_oldest_idle();
    void close_idle() noexcept;
    /// Closes what has been idle for too long at `now`; answers when the next one will have been.
    std::optional<Clock::TimePoint> close_expired(Clock::TimePoint now);

    /// Idle, in use and being opened.
    [[nodiscard]] std::size_t connections() const noexcept { return open_.get() + opening_.get(); }
    /// All but `waiting`. May be called from any thread.
    [[nodiscard]] ConnectionCounts counts() const noexcept;

private:
    void publish_idle() noexcept { idle_count_.set(idle_.size()); }

    std::size_t max_connections_;
    platform::PublishedCount opening_;
    /// Idle and in use.
    platform::PublishedCount open_;
    /// The size of `idle_`, for other threads.
    platform::PublishedCount idle_count_;
    /// The longest idle first.
    std::vector<Pointer> idle_;
};

}  // namespace otp::http
