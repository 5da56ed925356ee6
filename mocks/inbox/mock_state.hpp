#pragma once

#include "inbox/event_feed.hpp"
#include "inbox/exchange_log.hpp"
#include "inbox/inbox.hpp"
#include "inbox/mock_clock.hpp"
#include "inbox/sessions.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/mock_exchange.hpp>
#include <otp/mocks/mock_fault.hpp>
#include <otp/mocks/mock_message.hpp>
#include <otp/mocks/mock_time.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What became of a wait for a message: the message, or why there is none.
struct AwaitedMessage {
    enum class End { arrived, none_came, too_many_wait, stopped };
    End end;
    std::optional<MockMessage> message;
};

/// What a session's clock shows.
struct ClockReading {
    MockTime now;
    /// By how much it was moved since the beginning.
    std::chrono::milliseconds moved;
};

/// An answer that has not left yet.
struct Underway {
    MockResponse response;
    /// How long it has to wait.
    std::chrono::milliseconds delay{0};
    /// The exchange's number.
    std::uint64_t exchange{0};
    /// Whether `MockState::finish` has to be called when it leaves.
    bool late{false};
    std::chrono::steady_clock::time_point begun{};
};

/// What there is.
struct MockCounts {
    std::size_t messages;
    std::size_t exchanges;
    std::size_t sessions;
    std::size_t keep;
};

/// All that the mock vendors know and remember: sessions, messages, exchanges. Carries requests to
/// the vendors, records what they report, and tells it to who reads events. Thread-safe: one lock
/// for all, which nobody holds while an answer is late or somebody waits.
///
/// Where a session is optional, nothing means all of them. Names of sessions are valid ones.
class MockState {
public:
    /// `seed` as of `Sessions`; `keep` as of `MockOptions`.
    MockState(
        Sessions::MakeVendors vendors,
        MockClock clock,
        std::optional<std::uint32_t> seed,
        std::size_t keep = 20000
    );
    MockState(MockState const&) = delete;
    MockState& operator=(MockState const&) = delete;

    /// A vendor's answer to a request whose path has no prefix. Precondition: it is one of them.
    /// The answer carries the header field Date, too.
    [[nodiscard]] Underway begin(
        std::string_view vendor, MockRequest const& request, std::string_view session
    );
    /// The answer leaves.
    void finish(Underway const& underway);
    /// Both, for an answer that nothing makes late.
    [[nodiscard]] MockResponse answer(
        std::string_view vendor, MockRequest const& request, std::string_view session = {}
    );

    [[nodiscard]] std::vector<MockMessage> messages(MessageQuery const& query) const;
    [[nodiscard]] MessagePage page(MessageQuery const& query, ListWindow window) const;
    [[nodiscard]] std::optional<MockMessage> message(std::uint64_t number) const;
    /// The newest message as soon as there is one, for `timeout` at most. Waits only if fewer than
    /// `most_waiting` do already, readers of events among them.
    [[nodiscard]] AwaitedMessage await_message(
        MessageQuery const& query, std::chrono::milliseconds timeout, std::size_t most_waiting
    ) const;
    [[nodiscard]] ExchangePage exchanges(MessageQuery const& query, ListWindow window) const;
    [[nodiscard]] std::optional<MockExchange> exchange(std::uint64_t number) const;
    [[nodiscard]] MockVerdicts take_verdicts(
        std::string_view json_lines, std::optional<std::string_view> session
    );

    /// Events from now on, `hello` first; null if `most_waiting` wait already.
    [[nodiscard]] std::shared_ptr<ResponseStream> open_events(
        EventFilter const& filter, std::size_t most_waiting
    );
    /// How many wait for a message now.
    [[nodiscard]] std::size_t waiting() const;
    /// Ends all waits and events, and lets nobody wait any more.
    void stop_waits();

    [[nodiscard]] MockCounts counts() const;
    /// Forgets messages, exchanges, and what the vendors know.
    void forget(std::optional<std::string_view> session = {});
    void revoke_tokens(std::optional<std::string_view> session = {});

    /// Throws as `check_fault` does, or if the session has too many.
    [[nodiscard]] ActiveFault add_fault(MockFault const& fault);
    /// False if there is none.
    bool remove_fault(std::string_view id);
    void clear_faults(std::optional<std::string_view> session = {});
    [[nodiscard]] std::vector<ActiveFault> faults(std::string_view session) const;

    [[nodiscard]] ClockReading read_clock(std::string_view session = {}) const;
    /// These throw `std::invalid_argument` as `MockClock` does.
    void set_clock(MockTime now, std::string_view session = {});
    void advance_clock(std::chrono::milliseconds by, std::string_view session = {});
    void reset_clock(std::string_view session = {});

private:
    // All of these are called with the lock.
    [[nodiscard]] Session& use(std::string_view name);
    [[nodiscard]] SessionTimes times() const;
    [[nodiscard]] bool too_many_wait(std::size_t most_waiting) const;
    /// Without the exchange, if that is forgotten.
    [[nodiscard]] MockMessage without_lost_exchange(MockMessage message) const;
    /// Keeps what came of a request, and tells it. Returns the exchange's number.
    std::uint64_t record(
        MockExchange exchange,
        RequestSubject const& subject,
        VendorAnswer const& answer,
        Session const& session
    );
    void forget_records(std::optional<std::string_view> session);
    void tell(MockMessage const& message);
    void tell(MockExchange const& exchange);
    void tell_clock(Session const& session);
    void tell_faults(Session const& session);
    [[nodiscard]] std::string hello(EventFilter const& filter) const;

    /// Guards everything below.
    mutable std::mutex mutex_;
    mutable std::condition_variable delivered_;
    mutable std::size_t waiting_{0};
    bool stopped_{false};
    std::size_t keep_;
    std::size_t held_{0};
    std::uint64_t faults_added_{0};
    Sessions sessions_;
    Inbox inbox_;
    ExchangeLog log_;
    EventFeed feed_;
};

}  // namespace otp::mocks
