#pragma once

#include <otp/seam/transport.hpp>
#include <otp/testing/recording.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace otp::testing {

class ExchangeOperations;

/// Which recording answers, and how often.
enum class Serve {
    /// Each recording once, whatever the order; equal requests get their recordings in order.
    once,
    /// The same, and then the last of those that match, as often as it is asked for.
    repeat,
    /// Each recording once, and only in its turn: a request that is not the next one's fails.
    in_sequence,
};

/// A set of recordings and what was served of it. Several transports may answer from one set, as
/// when one client has several instances.
///
/// Thread safety: all members may be called from several threads.
class Replay {
public:
    explicit Replay(std::vector<Recording> recordings, Serve serve = Serve::once);

    /// The recorded response to `request` (`answer_of`). Errors: `internal`, delivery `not_sent`,
    /// with the differences from the nearest recording, or from the one whose turn it is. Nothing
    /// of the request is told but names and pointers, and of the recording no value that is masked
    /// or may be somebody's.
    [[nodiscard]] Result<HttpResponse> answer(HttpRequest const& request);

    /// Names of the recordings that were not served, in order. A test asserts that it is empty.
    [[nodiscard]] std::vector<std::string> unused() const;
    /// Requests that matched no recording.
    [[nodiscard]] std::size_t unmatched() const;

private:
    struct Entry {
        Recording recording;
        std::size_t served{0};
    };

    // Called with the lock.
    [[nodiscard]] Entry* find(HttpRequest const& request);
    [[nodiscard]] Entry* next();
    [[nodiscard]] Entry* find_next(HttpRequest const& request);
    [[nodiscard]] Error out_of_turn(HttpRequest const& request);
    [[nodiscard]] Error nothing_like(HttpRequest const& request) const;

    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    Serve serve_;
    std::size_t unmatched_{0};
};

/// Answers from recordings, without a network and at once (so the deadline does not matter).
///
/// Every answered request looks like one that was written on a fresh connection; an unmatched one
/// fails with `internal` and 0 bytes taken, which makes it `not_sent`.
class ReplayTransport final : public Transport {
public:
    ReplayTransport(boost::asio::any_io_executor executor, std::shared_ptr<Replay> replay);
    ReplayTransport(ReplayTransport const&) = delete;
    ReplayTransport& operator=(ReplayTransport const&) = delete;
    ~ReplayTransport() override;

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override;
    void close() noexcept override;

private:
    boost::asio::any_io_executor executor_;
    std::unique_ptr<ExchangeOperations> operations_;
    std::shared_ptr<Replay> replay_;
};

/// For `ClientOptions::transport`: every instance answers from `replay`, which the test keeps to
/// ask for `unused()`.
[[nodiscard]] TransportFactory replay_transport_factory(std::shared_ptr<Replay> replay);

/// The same from recordings, or from all of a folder. Throws `ErrorException` like
/// `load_recordings`.
[[nodiscard]] TransportFactory replay_transport_factory(
    std::vector<Recording> recordings, Serve serve = Serve::once
);
[[nodiscard]] TransportFactory replay_transport_factory(
    std::filesystem::path const& folder, Serve serve = Serve::once
);

}  // namespace otp::testing
