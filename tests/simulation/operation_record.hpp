#pragma once

#include "simulation/fate.hpp"

#include <otp/attempt.hpp>
#include <otp/client.hpp>
#include <otp/observer.hpp>
#include <otp/route_report.hpp>
#include <otp/seam/clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::simulation {

/// One request as the network saw it.
struct ExchangeRecord {
    std::size_t vendor{0};
    Fate fate;
    Clock::TimePoint begun{};
    std::uint64_t bytes_taken{0};
    /// Stands for the token that it brought.
    std::size_t authorization{0};
    /// A question that confirms an approval, which the vendor counts for nothing.
    bool is_question{false};
    /// The vendor did what it was asked.
    bool carried_out{false};
    /// The client got an answer, whole; and it was the vendor's own to this request.
    bool answered{false};
    bool answered_truly{false};
    /// The client was told by the vendor that it took the request, which need not be true.
    bool answered_well{false};
    /// 401 by the vendor itself, as it does not know the token.
    bool token_unknown{false};
    /// How long the answer asked to be left alone; only with a 429 or 503 that says so.
    std::optional<std::chrono::milliseconds> retry_after{};
    /// It says so in a way that only the client works out: a date, or within the body.
    bool client_decides_rest{false};
};

/// A code that a vendor sent.
struct SentCode {
    std::size_t vendor;
    /// Of the operation's exchanges.
    std::size_t exchange;
    std::string code;
    Clock::UtcTime expires_at;
};

/// An attempt as the client told its observers.
struct AttemptRecord {
    std::string instance;
    Clock::TimePoint begun{};
    std::optional<Attempt> ended{};
    /// How many requests the operation had made before.
    std::size_t exchanges_before{0};
    /// Of the breaker's model.
    std::uint64_t epoch{0};
    bool is_probe{false};
    /// Another probe was under way.
    bool is_further_probe{false};
    /// The breaker let it through, and it was not only that nobody else could be asked.
    bool was_let_in{false};
    /// A question about an approval, which is no attempt of its own.
    bool is_question{false};
    /// The instance got a token while this waited for one.
    bool token_came{false};
};

/// Everything that is known of one `async_send` or `async_verify`: what was asked, what the vendors
/// did, and what the client says about it.
struct OperationRecord {
    std::uint64_t id{0};
    OperationKind kind{OperationKind::send};
    std::string target;
    /// Of a check: the instance that sent the code.
    std::string sender;
    /// The code of the vendor that is asked was typed; and nothing speaks against its being taken.
    bool right_code{false};
    bool expects_approval{false};
    /// Of a check: the send that it is about.
    std::uint64_t of_send{0};
    Clock::TimePoint begun{};
    Clock::TimePoint deadline{};
    std::optional<RouteReport> explained{};
    OnUnknown on_unknown{OnUnknown::stop};
    std::size_t max_attempts{0};
    std::optional<Clock::TimePoint> cancelled_at{};
    /// The client heard of that at once, and not a few steps later.
    bool cancelled_in_place{false};
    /// Which of the client's configurations it goes by; nothing until it has begun.
    std::optional<std::size_t> generation{};

    // The vendors' ledger.
    std::deque<ExchangeRecord> exchanges{};
    std::vector<SentCode> codes{};
    bool approved_by_vendor{false};

    // What the client said.
    std::vector<AttemptRecord> attempts{};
    std::vector<Attempt> passed_over{};
    std::size_t waits{0};
    std::size_t ends_told{0};
    std::size_t completions{0};
    Clock::TimePoint completed{};
    std::optional<SendReceipt> receipt{};
    std::optional<Verification> verification{};
    std::optional<Error> failure{};

    [[nodiscard]] bool is_over() const noexcept { return completions > 0; }
    /// Null if it succeeded, or is not over.
    [[nodiscard]] Error const* error() const noexcept { return failure ? &*failure : nullptr; }
};

/// The `traceparent` by which a request on the network is known to belong to an operation.
[[nodiscard]] std::string traceparent_of(std::uint64_t operation);
/// 0: it belongs to none.
[[nodiscard]] std::uint64_t operation_of(std::string_view traceparent) noexcept;

}  // namespace otp::simulation
