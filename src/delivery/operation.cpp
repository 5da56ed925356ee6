#include "delivery/operation.hpp"

#include "delivery/classify.hpp"
#include "delivery/exchange.hpp"

#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::delivery {
namespace {

namespace asio = boost::asio;
using std::chrono::duration_cast;

/// The direction-specific half of an attempt: how to ask, and how to read the answer.
class SendTranslation {
public:
    using Value = SendReceipt;
    SendTranslation(ProviderAdapter const& adapter, SendOtp const& request)
        : adapter_(adapter), request_(request) {}

    [[nodiscard]] Result<HttpRequest> encode(AttemptContext const& context) const {
        return adapter_.encode_send(request_, context);
    }
    [[nodiscard]] Result<SendReceipt> decode(
        HttpResponse const& response, AttemptContext const& context
    ) const {
        return adapter_.decode_send(request_, response, context);
    }
    [[nodiscard]] std::vector<std::string> dropped_hints() const {
        return adapter_.dropped_hints(request_);
    }
    static Delivery delivery_of(SendReceipt const&) { return Delivery::accepted; }

private:
    ProviderAdapter const& adapter_;
    SendOtp const& request_;
};

class VerifyTranslation {
public:
    using Value = Verification;
    VerifyTranslation(ProviderAdapter const& adapter, VerifyOtp const& request)
        : adapter_(adapter), request_(request) {}

    [[nodiscard]] Result<HttpRequest> encode(AttemptContext const& context) const {
        return adapter_.encode_verify(request_, context);
    }
    [[nodiscard]] Result<Verification> decode(
        HttpResponse const& response, AttemptContext const& context
    ) const {
        return adapter_.decode_verify(request_, response, context);
    }
    [[nodiscard]] std::vector<std::string> dropped_hints() const { return {}; }
    static Delivery delivery_of(Verification const&) { return Delivery::accepted; }

private:
    ProviderAdapter const& adapter_;
    VerifyOtp const& request_;
};

void complete_error(
    Error& error, Instance const& instance, Environment const& environment, Clock::TimePoint deadline
) {
    if (error.instance.empty()) error.instance = instance.config.name;
    if (error.vendor.empty()) error.vendor = instance.config.vendor;
    if (error.category == ErrorCategory::timeout && environment.clock->now() >= deadline)
        error.category = ErrorCategory::deadline_exceeded;
}

Attempt describe(
    Instance const& instance, Clock::TimePoint begun, Clock::TimePoint ended, Decision decision
) {
    Attempt attempt;
    attempt.instance = instance.config.name;
    attempt.vendor = instance.config.vendor;
    attempt.latency = duration_cast<std::chrono::microseconds>(ended - begun);
    attempt.decision = decision;
    return attempt;
}

Attempt describe_failure(
    Instance const& instance,
    Clock::TimePoint begun,
    Clock::TimePoint ended,
    Decision decision,
    Error const& error
) {
    Attempt attempt = describe(instance, begun, ended, decision);
    attempt.failure = error.category;
    attempt.delivery = error.delivery;
    attempt.http_status = error.http_status;
    attempt.request_id = error.request_id;
    return attempt;
}

/// Asks one instance, with a renewed token if the kept one is refused. Adds to `attempts`; leaves
/// the last attempt's decision for the caller to change.
template <class Translation>
asio::awaitable<Result<typename Translation::Value>> attempt(
    Environment const& environment,
    Instance& instance,
    Translation translation,
    Clock::TimePoint deadline,
    std::vector<Attempt>& attempts
) {
    auto& clock = *environment.clock;
    auto const reference = environment.references->next();
    AttemptContext context;
    context.instance = instance.config.name;
    context.unique_reference = std::string_view(reference.data(), reference.size());

    for (bool renewed = false;; renewed = true) {
        auto const begun = clock.now();
        context.now = clock.utc_now();
        context.access_token = {};
        auto const fail = [&](Error error, Decision decision) {
            complete_error(error, instance, environment, deadline);
            attempts.push_back(describe_failure(instance, begun, clock.now(), decision, error));
            return error;
        };

        // What cannot be sent is refused before the first byte, that of a token request included.
        Result<HttpRequest> request = translation.encode(context);
        if (!request) co_return fail(request.error(), Decision::finish);

        std::optional<TokenSource::Lease> lease;
        if (instance.tokens) {
            Result<TokenSource::Lease> got = co_await instance.tokens->get(deadline);
            auto const meanwhile = co_await asio::this_coro::cancellation_state;
            if (!got && meanwhile.cancelled() == asio::cancellation_type::none)
                co_return fail(got.error(), Decision::finish);
            if (!got)
                co_return fail(
                    Error(ErrorCategory::cancelled, "cancelled by the caller"), Decision::finish
                );
            lease.emplace(std::move(*got));
            context.access_token = lease->token->reveal();
            request = translation.encode(context);
            if (!request) co_return fail(request.error(), Decision::finish);
        }

        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none)
            co_return fail(
                Error(ErrorCategory::cancelled, "cancelled by the caller"), Decision::finish
            );

        HttpExchange answered =
            co_await exchange(*instance.transport, std::move(*request), deadline);
        if (answered.outcome.has_error()) {
            Error error = answered.outcome.error();
            error.delivery = classify_failure(answered);
            co_return fail(std::move(error), Decision::finish);
        }

        int const status = answered.outcome->status;
        Result<typename Translation::Value> decoded =
            translation.decode(*answered.outcome, context);
        if (decoded) {
            Attempt accepted = describe(instance, begun, clock.now(), Decision::finish);
            accepted.delivery = Translation::delivery_of(*decoded);
            accepted.http_status = status;
            accepted.request_id = decoded->request_id;
            accepted.dropped_hints = translation.dropped_hints();
            attempts.push_back(std::move(accepted));
            co_return std::move(decoded);
        }

        Error error = decoded.error();
        error.http_status = status;
        error.delivery = classify_refusal(error);
        if (!lease || !may_renew_token(error, lease->was_cached, renewed))
            co_return fail(std::move(error), Decision::finish);
        instance.tokens->invalidate(lease->generation);
        fail(std::move(error), Decision::renew_token);
    }
}

Error no_route(Error last, std::vector<Attempt> attempts) {
    Error error(
        ErrorCategory::no_route,
        "no instance of the route can serve this request; the last one says: " + last.message
    );
    error.instance = std::move(last.instance);
    error.vendor = std::move(last.vendor);
    error.violations = std::move(last.violations);
    error.attempts = std::move(attempts);
    return error;
}

}  // namespace

asio::awaitable<Result<SendReceipt>> send(
    Environment const& environment,
    std::span<Instance* const> candidates,
    SendOtp const& request,
    Clock::TimePoint deadline
) {
    std::vector<Attempt> attempts;
    for (std::size_t i = 0;; ++i) {
        Instance& instance = *candidates[i];
        SendTranslation translation(*instance.adapter, request);
        Result<SendReceipt> sent =
            co_await attempt(environment, instance, translation, deadline, attempts);
        if (sent) {
            sent->attempts = std::move(attempts);
            co_return std::move(sent);
        }
        Error error = sent.error();
        bool const untouched = attempts.back().http_status == 0 && may_ask_next_instance(error);
        if (untouched && i + 1 < candidates.size()) {
            attempts.back().decision = Decision::next_instance;
            continue;
        }
        if (untouched && candidates.size() > 1)
            co_return no_route(std::move(error), std::move(attempts));
        error.attempts = std::move(attempts);
        co_return std::move(error);
    }
}

asio::awaitable<Result<Verification>> verify(
    Environment const& environment,
    Instance& instance,
    VerifyOtp const& request,
    Clock::TimePoint deadline
) {
    std::vector<Attempt> attempts;
    VerifyTranslation translation(*instance.adapter, request);
    Result<Verification> checked =
        co_await attempt(environment, instance, translation, deadline, attempts);
    if (checked) {
        checked->http_status = attempts.back().http_status;
        checked->attempts = std::move(attempts);
        co_return std::move(checked);
    }
    Error error = checked.error();
    error.attempts = std::move(attempts);
    co_return std::move(error);
}

}  // namespace otp::delivery
