#include "http/pool/connection_pool.hpp"

#include <algorithm>
#include <utility>

namespace otp::http {

ConnectionPool::ConnectionPool(std::size_t max_connections) : max_connections_(max_connections) {}

ConnectionPool::Pointer ConnectionPool::take_idle(Clock::TimePoint now) {
    while (!idle_.empty()) {
        Pointer connection = std::move(idle_.back());
        idle_.pop_back();
        publish_idle();
        if (connection->usable(now)) return connection;
        discard(*connection);
    }
    return nullptr;
}

void ConnectionPool::opening_succeeded() noexcept {
    opening_.decrease();
    open_.increase();
}

void ConnectionPool::put_idle(Pointer connection) {
    // Only the one that is taken next keeps its buffers: 34 KB for TLS.
    if (!idle_.empty()) idle_.back()->release_memory();
    idle_.push_back(std::move(connection));
    publish_idle();
}

void ConnectionPool::discard(Connection& connection) noexcept {
    connection.close();
    forget();
}

void ConnectionPool::drop_idle(Connection& connection) {
    auto const found = std::find_if(idle_.begin(), idle_.end(), [&](Pointer const& idle) {
        return idle.get() == &connection;
    });
    if (found == idle_.end()) return;
    discard(connection);
    idle_.erase(found);
    publish_idle();
}

void ConnectionPool::drop_oldest_idle() {
    if (idle_.empty()) return;
    discard(*idle_.front());
    idle_.erase(idle_.begin());
    publish_idle();
}

std::optional<Clock::TimePoint> ConnectionPool::close_expired(Clock::TimePoint now) {
    std::erase_if(idle_, [this, now](Pointer const& connection) {
        bool const expired = connection->idle_until() <= now;
        if (expired) discard(*connection);
        return expired;
    });
    publish_idle();
    auto const next =
        std::min_element(idle_.begin(), idle_.end(), [](auto const& a, auto const& b) {
            return a->idle_until() < b->idle_until();
        });
    if (next == idle_.end()) return {};
    return (*next)->idle_until();
}

void ConnectionPool::close_idle() noexcept {
    for (auto const& connection : idle_) discard(*connection);
    idle_.clear();
    publish_idle();
}

ConnectionCounts ConnectionPool::counts() const noexcept {
    ConnectionCounts counts;
    counts.open = open_.get();
    // What is closed may still be counted here for a moment.
    counts.idle = std::min(idle_count_.get(), counts.open);
    counts.opening = opening_.get();
    return counts;
}

}  // namespace otp::http
