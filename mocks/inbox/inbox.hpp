#pragma once

#include "inbox/message_filter.hpp"
#include "vendor/vendor_answer.hpp"

#include <otp/mocks/mock_message.hpp>
#include <otp/mocks/mock_time.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::mocks {

/// The messages of all mock vendors with the state of their codes, as far as the vendors report it;
/// the oldest of many thousands are forgotten. Not thread-safe.
class Inbox {
public:
    /// Takes what `vendor` reports with an answer that it gave at `now`.
    void record(std::string_view vendor, VendorAnswer const& answer, MockTime now);

    /// Newest first, with the state that they have at `now`.
    [[nodiscard]] std::vector<MockMessage> messages(MessageFilter const& filter, MockTime now)
        const;
    /// The newest of them.
    [[nodiscard]] std::optional<MockMessage> latest(MessageFilter const& filter, MockTime now)
        const;

    void clear();

private:
    enum class State { pending, verified, superseded, locked };
    struct Entry {
        std::uint64_t number{0};
        std::string vendor;
        SentMessage message;
        MockTime sent_at;
        State state{State::pending};
    };
    /// Vendor, and what its verify call names.
    using Key = std::pair<std::string, std::string>;

    void deliver(std::string_view vendor, SentMessage message, MockTime now);
    void settle(std::string_view vendor, SettledCode const& settled);
    void forget_oldest();
    /// The newest entry of a key; null if there is none.
    [[nodiscard]] Entry* newest(Key const& key);
    [[nodiscard]] static MockMessage described(Entry const& entry, MockTime now);
    [[nodiscard]] static std::string_view state_name(Entry const& entry, MockTime now);

    std::uint64_t next_number_{1};
    std::deque<Entry> entries_;
    /// Number of the newest entry of each key.
    std::map<Key, std::uint64_t> newest_;
};

}  // namespace otp::mocks
