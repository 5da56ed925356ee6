#pragma once

#include <otp/export.hpp>
#include <otp/observer.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <string_view>

namespace OTP_EXPORT otp {

class Clock;

/// Writes one JSON object for each event, on one line. docs/metrics.md lists the members; further
/// ones may come.
///
/// - Several clients may share one. Lines are written one after the other, never two at once.
/// - Thread safety: all members may be called from several threads.
/// - Nothing is thrown: a line that cannot be made or written is dropped, and counted.
class JsonLineObserver final : public Observer {
public:
    /// Takes one line, UTF-8 without its line feed. The view lives as long as the call. Called
    /// where the client does its work, so it must not block, and must not call what reports an
    /// event
    /// (`OtpClient::isolate`). It may throw: then the line counts as dropped.
    using Sink = std::function<void(std::string_view line)>;

    /// `sink` is not empty. `clock` gives the lines' time; null: the machine's (`Clock::system`).
    explicit JsonLineObserver(Sink sink, std::shared_ptr<Clock> clock = nullptr);

    /// Writes to `out`, each line with its line feed, and does not flush. `out` must outlive the
    /// observer, which lives as long as its clients' last operation, and nobody else may write to
    /// it at the same time. While `out` has failed, lines are dropped.
    explicit JsonLineObserver(std::ostream& out, std::shared_ptr<Clock> clock = nullptr);

    /// How many lines were dropped so far.
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

    void on_attempt_begun(AttemptBegun const& event) noexcept override;
    void on_attempt_ended(AttemptEnded const& event) noexcept override;
    void on_wait(WaitBegun const& event) noexcept override;
    void on_operation_ended(OperationEnded const& event) noexcept override;
    void on_breaker_change(BreakerChange const& event) noexcept override;
    void on_rest(RestBegun const& event) noexcept override;
    void on_token_fetched(TokenFetched const& event) noexcept override;
    void on_reload(Reloaded const& event) noexcept override;
    void on_warning(Warning const& warning) noexcept override;

private:
    template <class Event>
    void write(Event const& event) noexcept;

    Sink sink_;
    std::shared_ptr<Clock> clock_;
    /// Held while a line is written.
    std::mutex mutex_;
    std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace otp
