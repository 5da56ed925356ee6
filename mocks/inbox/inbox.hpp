#pragma once

#include "inbox/message_query.hpp"
#include "inbox/session_times.hpp"
#include "vendor/vendor_answer.hpp"

#include <otp/mocks/mock_message.hpp>
#include <otp/mocks/mock_time.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace otp::mocks {

/// Whose answer it is.
struct MessageOrigin {
    std::string_view vendor;
    std::string_view session{};
    /// The number of the exchange.
    std::optional<std::uint64_t> exchange{};
};

/// Messages in a window of a longer list, newest first.
struct MessagePage {
    std::vector<MockMessage> messages;
    /// How many there are in the whole list.
    std::size_t total{0};
};

/// The messages of all mock vendors in all sessions with the state of their codes, as far as the
/// vendors report it; the oldest of many are forgotten. Not thread-safe.
class Inbox {
public:
    /// Keeps so many messages.
    explicit Inbox(std::size_t keep = 20000) : keep_(keep) {}

    /// Takes what a vendor reports with an answer that it gave at `now`. Returns the numbers of the
    /// messages that it changed or made, in order.
    std::vector<std::uint64_t> record(
        MessageOrigin const& origin, VendorAnswer const& answer, MockTime now
    );
    /// The same in the session without a name.
    void record(std::string_view vendor, VendorAnswer const& answer, MockTime now) {
        record(MessageOrigin{vendor}, answer, now);
    }

    /// Newest first, with the state that they have at their session's time.
    [[nodiscard]] std::vector<MockMessage> messages(
        MessageQuery const& query, SessionTimes const& times
    ) const;
    [[nodiscard]] MessagePage page(
        MessageQuery const& query, SessionTimes const& times, ListWindow window
    ) const;
    /// The newest of those with a number above `after`.
    [[nodiscard]] std::optional<MockMessage> latest(
        MessageQuery const& query, SessionTimes const& times, std::uint64_t after = 0
    ) const;
    [[nodiscard]] std::optional<MockMessage> find(std::uint64_t number, SessionTimes const& times)
        const;

    /// Which message a check means that names `key`.
    struct Addressee {
        std::uint64_t message;
        std::string to;
    };
    [[nodiscard]] std::optional<Addressee> addressee(
        std::string_view session, std::string_view vendor, std::string_view key
    ) const;

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    /// The number of the newest message that there was; 0 if there was none.
    [[nodiscard]] std::uint64_t last_number() const noexcept { return next_number_ - 1; }
    /// Forgets the messages of a session; nothing: all.
    void clear(std::optional<std::string_view> session = {});

private:
    enum class State { pending, verified, superseded, locked };
    struct Entry {
        std::uint64_t number{0};
        std::string session;
        std::string vendor;
        SentMessage message;
        MockTime sent_at;
        std::optional<std::uint64_t> exchange{};
        /// What a search looks through, in lower case: all that it shows but its state.
        std::string shown{};
        State state{State::pending};
        std::size_t wrong_attempts{0};
    };
    /// Session, vendor, and what its verify call names.
    using Key = std::tuple<std::string, std::string, std::string>;

    void settle(
        MessageOrigin const& origin, SettledCode const& settled, std::vector<std::uint64_t>& changed
    );
    void deliver(
        MessageOrigin const& origin,
        SentMessage message,
        MockTime now,
        std::vector<std::uint64_t>& changed
    );
    void forget_oldest();
    /// Where the entry of a number stands; the end if it is gone.
    [[nodiscard]] std::deque<Entry>::const_iterator place_of(std::uint64_t number) const;
    /// The newest entry of a key; null if there is none.
    [[nodiscard]] Entry* newest(Key const& key);
    [[nodiscard]] static bool takes(
        MessageQuery const& query, Entry const& entry, SessionTimes const& times
    );
    [[nodiscard]] static std::string shown_by(Entry const& entry);
    [[nodiscard]] static MockMessage described(Entry const& entry, MockTime now);
    [[nodiscard]] static std::string_view state_name(Entry const& entry, MockTime now);

    std::size_t keep_;
    std::uint64_t next_number_{1};
    /// By number.
    std::deque<Entry> entries_;
    /// Number of the newest entry of each key.
    std::map<Key, std::uint64_t> newest_;
};

}  // namespace otp::mocks
