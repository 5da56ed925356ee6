#pragma once

#include "simulator/scenario.hpp"

#include <otp/seam/clock.hpp>
#include <otp/testing/simulator.hpp>
#include <otp/verification_outcome.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::testing::simulator {

/// A message as the simulator keeps it.
struct StoredMessage {
    SimulatedMessage seen;
    /// The request's own id, which the handle has, too.
    std::string request;
    /// Whether the person gets it, and when.
    bool arrives{true};
    Clock::TimePoint arrives_at{};
    /// Null: it was sent elsewhere.
    std::shared_ptr<Clock> clock{};
    /// Whether the request was taken and not carried out: no code is right.
    bool was_sent{true};
};

/// A code that somebody typed.
struct TypedCode {
    std::string_view request;
    std::string_view to;
    std::string_view code;
};

/// What was sent, and how far each recipient has come in the scenario.
///
/// Thread safety: all members may be called from several threads.
class MessageStore {
public:
    /// Keeps a message; the one before to the same recipient, by the same instance, can be verified
    /// no more. The oldest goes where there are too many.
    void add(StoredMessage message);

    /// What the code deserves at `now`. A message that is not known is one of another process, or
    /// too old: `recall` makes it anew.
    [[nodiscard]] VerificationOutcome check(
        TypedCode const& typed, UtcTime now, std::function<StoredMessage()> const& recall
    );

    /// How often it was asked for `what` before.
    [[nodiscard]] std::size_t count(std::string const& what);

    [[nodiscard]] std::vector<SimulatedMessage> messages() const;
    [[nodiscard]] std::optional<SimulatedMessage> latest(std::string_view to) const;
    [[nodiscard]] std::optional<SimulatedMessage> wait(
        std::string_view to, std::chrono::milliseconds time_limit
    ) const;
    void clear();

private:
    static constexpr std::size_t most_messages = 10000;

    [[nodiscard]] StoredMessage* find(std::string_view request);
    /// Null if none has arrived.
    [[nodiscard]] StoredMessage const* newest(std::string_view to) const;
    void insert(StoredMessage message);

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    /// The oldest first.
    std::deque<std::shared_ptr<StoredMessage>> messages_;
    std::map<std::string, std::shared_ptr<StoredMessage>, std::less<>> by_request_;
    /// By instance and recipient.
    std::map<std::string, std::weak_ptr<StoredMessage>, std::less<>> newest_;
    std::map<std::string, std::size_t, std::less<>> counts_;
};

}  // namespace otp::testing::simulator
