#pragma once

#include <otp/export.hpp>
#include <otp/observer.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// Counts what happens inside clients, for Prometheus. docs/metrics.md lists the families.
///
/// - Labels are names from the configuration and from the SDK's closed enums; no label holds a
///   recipient, a code, or anything that a vendor wrote.
/// - Several clients may share one: their events are added up.
/// - Thread safety: all members may be called from several threads.
/// - An event that cannot be counted for want of memory is counted in
///   `otp_observer_dropped_events_total`, and perhaps in some of its families.
class PrometheusObserver final : public Observer {
public:
    /// The `Content-Type` of `text()`.
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

    /// Upper bounds of the histograms' buckets, each inclusive; the last bucket, `+Inf`, has none.
    static constexpr std::array<std::chrono::microseconds, 11> duration_buckets{
        std::chrono::milliseconds(10),
        std::chrono::milliseconds(25),
        std::chrono::milliseconds(50),
        std::chrono::milliseconds(100),
        std::chrono::milliseconds(250),
        std::chrono::milliseconds(500),
        std::chrono::milliseconds(1000),
        std::chrono::milliseconds(2500),
        std::chrono::milliseconds(5000),
        std::chrono::milliseconds(10000),
        std::chrono::milliseconds(30000)};

    /// How many sets of labels a family keeps apart. Further ones are added up in a set whose
    /// labels are all `other`.
    static constexpr std::size_t max_label_sets = 1000;

    PrometheusObserver();
    ~PrometheusObserver() override;

    /// All families as of one moment, in Prometheus' text format 0.0.4: in the same order each
    /// time, and those that have counted nothing yet left out. Events wait meanwhile, which takes
    /// some microseconds for each set of labels. Throws `std::bad_alloc`.
    [[nodiscard]] std::string text() const;

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
    class [[gnu::visibility("hidden")]] State;
    std::unique_ptr<State> state_;
};

}  // namespace otp
