#include "simulator/message_store.hpp"

#include <algorithm>
#include <utility>

namespace otp::testing::simulator {

namespace {

using State = SimulatedMessage::State;

bool has_arrived(StoredMessage const& message) {
    return message.was_sent && message.arrives && message.clock &&
           message.arrives_at <= message.clock->now();
}

SimulatedMessage as_seen_now(StoredMessage const& message) {
    auto seen = message.seen;
    bool const is_over = message.clock && message.clock->utc_now() >= seen.expires_at;
    if (seen.state == State::pending && is_over) seen.state = State::expired;
    return seen;
}

std::string box_of(SimulatedMessage const& message) {
    return message.instance + '\n' + message.to;
}

/// The outcome of one more code, which it may use up.
VerificationOutcome try_code(SimulatedMessage& message, std::string_view code, UtcTime now) {
    if (message.state == State::locked) return VerificationOutcome::too_many_attempts;
    if (message.state != State::pending || now >= message.expires_at) {
        return VerificationOutcome::expired;
    }
    if (code == message.code) {
        message.state = State::verified;
        return VerificationOutcome::approved;
    }
    if (++message.wrong_codes >= message.wrong_code_limit) message.state = State::locked;
    return VerificationOutcome::wrong_code;
}

}  // namespace

void MessageStore::add(StoredMessage message) {
    {
        std::lock_guard const lock(mutex_);
        insert(std::move(message));
    }
    changed_.notify_all();
}

void MessageStore::insert(StoredMessage message) {
    auto const stored = std::make_shared<StoredMessage>(std::move(message));
    // What was sent elsewhere is older than what was sent here.
    if (stored->was_sent && stored->clock) {
        auto& newest = newest_[box_of(stored->seen)];
        if (auto const before = newest.lock(); before && before->seen.state == State::pending) {
            before->seen.state = State::superseded;
        }
        newest = stored;
    }
    by_request_[stored->request] = stored;
    messages_.push_back(stored);
    if (messages_.size() <= most_messages) return;
    auto const oldest = std::move(messages_.front());
    messages_.pop_front();
    auto const known = by_request_.find(oldest->request);
    if (known != by_request_.end() && known->second == oldest) by_request_.erase(known);
    auto const newest = newest_.find(box_of(oldest->seen));
    if (newest != newest_.end() && newest->second.lock() == oldest) newest_.erase(newest);
}

VerificationOutcome MessageStore::check(
    TypedCode const& typed, UtcTime now, std::function<StoredMessage()> const& recall
) {
    std::lock_guard const lock(mutex_);
    auto* message = find(typed.request);
    if (message == nullptr) {
        insert(recall());
        message = find(typed.request);
    }
    if (!message->was_sent || message->seen.to != typed.to) return VerificationOutcome::rejected;
    return try_code(message->seen, typed.code, now);
}

std::size_t MessageStore::count(std::string const& what) {
    std::lock_guard const lock(mutex_);
    return counts_[what]++;
}

StoredMessage* MessageStore::find(std::string_view request) {
    auto const found = by_request_.find(request);
    return found == by_request_.end() ? nullptr : found->second.get();
}

StoredMessage const* MessageStore::newest(std::string_view to) const {
    auto const found =
        std::find_if(messages_.rbegin(), messages_.rend(), [to](auto const& message) {
            return message->seen.to == to && has_arrived(*message);
        });
    return found == messages_.rend() ? nullptr : found->get();
}

std::vector<SimulatedMessage> MessageStore::messages() const {
    std::lock_guard const lock(mutex_);
    std::vector<SimulatedMessage> all;
    for (auto const& message : messages_) {
        if (has_arrived(*message)) all.push_back(as_seen_now(*message));
    }
    return all;
}

std::optional<SimulatedMessage> MessageStore::latest(std::string_view to) const {
    std::lock_guard const lock(mutex_);
    auto const* const message = newest(to);
    return message == nullptr ? std::nullopt : std::optional(as_seen_now(*message));
}

std::optional<SimulatedMessage> MessageStore::wait(
    std::string_view to, std::chrono::milliseconds time_limit
) const {
    using std::chrono::steady_clock;
    // No event tells that a client's clock, which may be a test's, has come to a message's time.
    constexpr std::chrono::milliseconds look_again{5};
    auto const end = steady_clock::now() + time_limit;
    std::unique_lock lock(mutex_);
    while (true) {
        auto const* const message = newest(to);
        if (message != nullptr) {
            auto seen = as_seen_now(*message);
            if (seen.state == State::pending) return seen;
        }
        auto const now = steady_clock::now();
        if (now >= end) return std::nullopt;
        changed_.wait_until(lock, std::min(end, now + look_again));
    }
}

void MessageStore::clear() {
    std::lock_guard const lock(mutex_);
    messages_.clear();
    by_request_.clear();
    newest_.clear();
    counts_.clear();
}

}  // namespace otp::testing::simulator
