#include "delivery/roster/token_source.hpp"

#include "delivery/decide/clock_difference.hpp"
#include "platform/resource_failure.hpp"
#include "platform/wait_until.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace otp::delivery {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// A token is renewed this long before its end, so that it does not expire on the way.
constexpr auto expiry_margin = 30s;
// A fetch serves every operation that waits for it, so it does not end with the deadline of the one
// that happened to begin it.
constexpr auto fetch_limit = 30s;

/// The token, or why there is none and how far the request had come.
Result<AccessToken> token_in(
    HttpExchange const& answered, TokenGrant const& grant, Clock::UtcTime sent, Clock const& clock
) {
    Result<AccessToken> token = answered.outcome ? grant.decode(*answered.outcome)
                                                 : Result<AccessToken>(answered.outcome.error());
    if (token) return token;
    Error error = token.error();
    error.phase = answered.phase;
    if (answered.outcome) tell_clock_difference(error, *answered.outcome, sent, clock.utc_now());
    return error;
}

Error told_to_a_waiter(Error const& failure) noexcept {
    try {
        Error error = failure;
        // Whatever became of the token request, the code's request was never made.
        error.delivery = Delivery::not_sent;
        error.message = "no access token: " + error.message;
        return error;
    } catch (std::exception const&) {
        return platform::bare_error(failure.category, platform::out_of_memory);
    }
}

}  // namespace

TokenSource::TokenSource(
    TokenGrant const& grant,
    std::shared_ptr<Transport> transport,
    std::shared_ptr<Clock> clock,
    asio::any_io_executor executor
)
    : grant_(grant),
      transport_(std::move(transport)),
      clock_(std::move(clock)),
      executor_(std::move(executor)) {}

bool TokenSource::usable() const noexcept {
    return token_ && (!expires_at_ || clock_->now() < *expires_at_);
}

std::optional<TokenSource::Lease> TokenSource::cached() const {
    if (!usable()) return {};
    return Lease(token_, generation_, true);
}

asio::awaitable<std::optional<Result<TokenSource::Lease>>> TokenSource::get(
    Clock::TimePoint deadline
) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (usable()) co_return Lease(token_, generation_, true);

    auto const keep = shared_from_this();
    Waiter waiter(clock_->make_timer(executor_));
    waiters_.push_back(waiter);
    if (!fetching()) start_fetch(time_after(clock_->now(), fetch_limit));
    boost::system::error_code waited;
    if (!waiter.outcome) waited = co_await platform::wait_until(*waiter.wake, deadline);
    if (waiter.outcome) co_return std::move(*waiter.outcome);
    if (waited == boost::system::errc::not_enough_memory) {
        co_return platform::bare_error(
            ErrorCategory::connect_failed, "waiting for a token failed: out of memory"
        );
    }
    // The time is up, or the caller cancelled; the caller tells which.
    Error late(ErrorCategory::timeout, "no access token came in time");
    has_news_ = true;
    co_return late;
}

void TokenSource::invalidate(std::uint64_t generation) noexcept {
    if (generation == generation_) token_.reset();
}

void TokenSource::close() noexcept {
    closed_ = true;
    transport_->close();
}

void TokenSource::start_fetch(Clock::TimePoint deadline) noexcept {
    platform::ProcessMark const begun_in;
    fetch_begun_in_ = begun_in;
    fetch_begun_at_ = clock_->now();
    try {
        HttpRequest request = grant_.encode();
        request.repeatable = false;
        auto on_answered = [self = shared_from_this(), sent = clock_->utc_now(), begun_in](
                               HttpExchange const& answered
                           ) { self->on_answered(answered, sent, begun_in); };
        transport_->async_exchange(
            std::move(request), deadline, Transport::ExchangeHandler(std::move(on_answered))
        );
    } catch (...) {
        fail_fetch(std::current_exception(), begun_in);
    }
}

void TokenSource::on_answered(
    HttpExchange const& answered, Clock::UtcTime sent, platform::ProcessMark begun_in
) noexcept {
    // The answer may have been on its way when the client, and the grant with it, ended.
    if (closed_) {
        return finish_fetch(
            platform::bare_error(ErrorCategory::cancelled, "the client has been closed"), begun_in
        );
    }
    try {
        finish_fetch(token_in(answered, grant_, sent, *clock_), begun_in);
    } catch (...) {
        fail_fetch(std::current_exception(), begun_in);
    }
}

void TokenSource::fail_fetch(
    std::exception_ptr const& thrown, platform::ProcessMark begun_in
) noexcept {
    finish_fetch(platform::resource_error("the token request", {}, thrown), begun_in);
}

void TokenSource::finish_fetch(
    Result<AccessToken> fetched, platform::ProcessMark begun_in
) noexcept {
    if (fetch_begun_in_ == begun_in) fetch_begun_in_.reset();
    auto const failure = keep(std::move(fetched));
    has_news_ = failure.has_value();
    if (listener_) {
        listener_(
            failure ? std::optional(failure->category) : std::nullopt,
            std::chrono::duration_cast<std::chrono::microseconds>(clock_->now() - fetch_begun_at_)
        );
    }
    for (Waiter& waiter : waiters_) {
        if (waiter.joined_in != begun_in) continue;
        if (failure) {
            waiter.outcome.emplace(told_to_a_waiter(*failure));
        } else {
            waiter.outcome.emplace(Lease(token_, generation_, false));
        }
        waiter.wake->cancel();
    }
}

std::optional<Error> TokenSource::keep(Result<AccessToken> fetched) noexcept {
    if (!fetched) return std::move(fetched).error();
    try {
        token_ = std::make_shared<Secret const>(std::move(fetched->token));
    } catch (std::exception const&) {
        return platform::resource_error("keeping the token", {}, std::current_exception());
    }
    ++generation_;
    expires_at_.reset();
    if (fetched->expires_in) {
        auto const lifetime = *fetched->expires_in;
        expires_at_ = time_after(clock_->now(), std::max(lifetime - expiry_margin, lifetime / 2));
    }
    return std::nullopt;
}

}  // namespace otp::delivery
