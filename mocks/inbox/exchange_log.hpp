#pragma once

#include "inbox/message_query.hpp"
#include "inbox/verdict.hpp"
#include "vendor/request_subject.hpp"

#include <otp/mocks/mock_exchange.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// Exchanges in a window of a longer list, newest first.
struct ExchangePage {
    std::vector<MockExchange> exchanges;
    /// How many there are in the whole list.
    std::size_t total{0};
};

/// How an answer left.
struct Departure {
    /// As of `MockExchange`.
    std::string outcome;
    std::optional<int> status;
};

/// The exchanges of all sessions; the oldest of many are forgotten. What is added must be masked
/// already. Not thread-safe.
class ExchangeLog {
public:
    /// Keeps so many exchanges, as long as they have 4 KiB each on average.
    explicit ExchangeLog(std::size_t keep) : keep_(keep) {}

    /// The number that the next one will have.
    [[nodiscard]] std::uint64_t next_number() const noexcept { return next_number_; }
    /// Gives it its number and id.
    MockExchange const& add(MockExchange exchange, RequestSubject::Step step);
    /// The answer of one that was held has left. Null if it is gone.
    MockExchange const* release(
        std::uint64_t number, Departure const& departure, std::chrono::milliseconds took
    );
    /// Keeps the verdict beside its exchange: of those with its trace, in `session` if one is
    /// named, the oldest that has no verdict yet, and rather one of its step and its status. Null
    /// if there is none.
    MockExchange const* judge(Verdict const& verdict, std::optional<std::string_view> session = {});

    [[nodiscard]] ExchangePage page(MessageQuery const& query, ListWindow window) const;
    /// Null if it is gone.
    [[nodiscard]] MockExchange const* find(std::uint64_t number) const;
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    /// Forgets the exchanges of a session; nothing: all.
    void clear(std::optional<std::string_view> session = {});

private:
    struct Entry {
        MockExchange exchange;
        RequestSubject::Step step;
        /// What a search looks through, in lower case.
        std::string shown;
        std::size_t bytes;
    };

    [[nodiscard]] Entry* entry(std::uint64_t number);
    [[nodiscard]] static bool takes(MessageQuery const& query, Entry const& entry);
    /// Before it is taken out.
    void forget(Entry const& entry);

    std::size_t keep_;
    std::size_t bytes_{0};
    std::uint64_t next_number_{1};
    /// By number.
    std::deque<Entry> entries_;
    /// The exchanges' numbers, oldest first, by their trace.
    std::multimap<std::string, std::uint64_t, std::less<>> by_trace_;
};

}  // namespace otp::mocks
