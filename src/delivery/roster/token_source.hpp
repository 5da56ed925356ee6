#pragma once

#include "platform/process_mark.hpp"

#include <otp/adapter/access_token.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace otp::delivery {

/// The access token of one instance: fetched when first needed, kept until it expires or is
/// refused, and shared by all operations; concurrent ones wait for one fetch. A forked child
/// fetches its own. Not thread-safe.
class TokenSource : public std::enable_shared_from_this<TokenSource> {
public:
    /// A token as an operation holds it.
    class Lease {
    public:
        Lease(std::shared_ptr<Secret const> held, std::uint64_t of_generation, bool from_cache)
            : token(std::move(held)), generation(of_generation), was_cached(from_cache) {}
        std::shared_ptr<Secret const> token;
        std::uint64_t generation;
        /// Whether it was there already, and so may have gone stale.
        bool was_cached;
    };

    /// `grant` lives until the source is closed, or is kept alive by `keep`.
    TokenSource(
        TokenGrant const& grant,
        std::shared_ptr<Transport> transport,
        std::shared_ptr<Clock> clock,
        boost::asio::any_io_executor executor
    );

    /// The kept token, if it is usable.
    [[nodiscard]] std::optional<Lease> cached() const;

    /// A usable token by `deadline`. Errors: those of the grant, `not_sent`; the same error is
    /// given to all that waited for the fetch. Optional only because co_spawn makes an empty result
    /// when a coroutine throws.
    boost::asio::awaitable<std::optional<Result<Lease>>> get(Clock::TimePoint deadline);

    /// The vendor refused the token of that generation: it is not handed out again.
    void invalidate(std::uint64_t generation) noexcept;

    /// What the grant belongs to.
    void keep(std::shared_ptr<void const> owner) { grant_owner_ = std::move(owner); }

    /// Whether a failure that a waiter was given is one that nobody has asked about yet: many wait
    /// for one fetch, and it failed once. Takes it.
    [[nodiscard]] bool take_failure_news() noexcept { return std::exchange(has_news_, false); }

    /// Called when a fetch is over: with why it failed, or nothing, and how long it took.
    using FetchListener =
        std::function<void(std::optional<ErrorCategory>, std::chrono::microseconds)>;
    void set_fetch_listener(FetchListener listener) { listener_ = std::move(listener); }

    [[nodiscard]] Transport& transport() const noexcept { return *transport_; }

    /// Ends a fetch in flight, and the transport that it runs on.
    void close() noexcept;

private:
    /// Leaves the list with its coroutine.
    struct Waiter : boost::intrusive::list_base_hook<
                        boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
        explicit Waiter(std::unique_ptr<ClockTimer> timer) : wake(std::move(timer)) {}
        std::unique_ptr<ClockTimer> wake;
        std::optional<Result<Lease>> outcome;
        /// Only a fetch of the same process answers it.
        platform::ProcessMark joined_in;
    };

    [[nodiscard]] bool usable() const noexcept;
    /// Whether this process, and not the one that it was forked from, has a fetch in flight.
    [[nodiscard]] bool fetching() const noexcept {
        return fetch_begun_in_ && fetch_begun_in_->is_this();
    }
    void start_fetch(Clock::TimePoint deadline) noexcept;
    void on_answered(
        HttpExchange const& answered, Clock::UtcTime sent, platform::ProcessMark begun_in
    ) noexcept;
    void fail_fetch(std::exception_ptr const& thrown, platform::ProcessMark begun_in) noexcept;
    void finish_fetch(Result<AccessToken> fetched, platform::ProcessMark begun_in) noexcept;
    /// Nothing if there is a token now, else why there is none.
    std::optional<Error> keep(Result<AccessToken> fetched) noexcept;

    TokenGrant const& grant_;
    std::shared_ptr<void const> grant_owner_;
    std::shared_ptr<Transport> transport_;
    std::shared_ptr<Clock> clock_;
    boost::asio::any_io_executor executor_;
    std::shared_ptr<Secret const> token_;
    std::optional<Clock::TimePoint> expires_at_;
    std::uint64_t generation_{0};
    std::optional<platform::ProcessMark> fetch_begun_in_;
    Clock::TimePoint fetch_begun_at_{};
    FetchListener listener_;
    bool closed_{false};
    bool has_news_{false};
    boost::intrusive::list<Waiter, boost::intrusive::constant_time_size<false>> waiters_;
};

}  // namespace otp::delivery
