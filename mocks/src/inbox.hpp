#pragma once

#include "message_filter.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What a vendor knows about a code that someone typed.
enum class CodeCheck { approved, wrong, expired, locked, used, unknown };

/// A message to be delivered.
struct OutgoingMessage {
    std::string vendor;
    std::string channel;
    std::string to;
    /// What the vendor's verify call names: a target, a user id, a method id. A new message
    /// replaces the pending one of the same vendor and key.
    std::string key;
    std::string code;
    MockOptions::Time expires_at;
};

/// The messages of all mock vendors with the state of their codes; the oldest of many thousands are
/// forgotten. Not thread-safe.
class Inbox {
public:
    using Now = std::function<MockOptions::Time()>;

    explicit Inbox(Now now) : now_(std::move(now)) {}

    void deliver(OutgoingMessage message);

    /// Compares `code` with the newest message of `vendor` and `key`, and uses it up on success.
    /// `max_attempts`: the wrong try with this number locks the code.
    CodeCheck check(
        std::string_view vendor,
        std::string_view key,
        std::string_view code,
        std::optional<std::size_t> max_attempts = {}
    );

    /// How many messages `vendor` sent for `key` after `since`.
    [[nodiscard]] std::size_t sent_since(
        std::string_view vendor, std::string_view key, MockOptions::Time since
    ) const;

    /// Newest first.
    [[nodiscard]] std::vector<MockMessage> messages(MessageFilter const& filter) const;
    /// The newest of them.
    [[nodiscard]] std::optional<MockMessage> latest(MessageFilter const& filter) const;

    void clear();

private:
    enum class State { pending, verified, superseded, locked };
    struct Entry {
        std::uint64_t number{0};
        OutgoingMessage message;
        MockOptions::Time sent_at;
        State state{State::pending};
        std::size_t wrong_attempts{0};
    };
    using Key = std::pair<std::string, std::string>;

    [[nodiscard]] MockMessage described(Entry const& entry) const;
    [[nodiscard]] std::string state_name(Entry const& entry) const;
    [[nodiscard]] Entry& entry(std::uint64_t number);
    void forget_oldest();

    Now now_;
    std::uint64_t next_number_{1};
    std::deque<Entry> entries_;
    /// Numbers of the entries of each vendor and key, oldest first.
    std::map<Key, std::deque<std::uint64_t>> by_key_;
};

}  // namespace otp::mocks
