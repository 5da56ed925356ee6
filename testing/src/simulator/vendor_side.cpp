#include "simulator/vendor_side.hpp"

#include "message_length.hpp"
#include "simulator/message_id.hpp"

#include <otp/channel.hpp>
#include <otp/error.hpp>
#include <otp/iso8601.hpp>
#include <otp/json_body.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <string_view>

namespace otp::testing::simulator {

namespace json = boost::json;

/// `POST /messages`
struct VendorSide::SendRequest {
    std::string request;
    std::string to;
    Channel channel{Channel::sms};
    std::string reference;
    std::optional<std::int64_t> expires_in_minutes;
};

/// `POST /checks`
struct VendorSide::CheckRequest {
    std::string request;
    std::string id;
    std::string to;
    std::string code;
};

namespace {

constexpr std::chrono::milliseconds usual_life{std::chrono::minutes(5)};

std::string text_in(json::object const& body, std::string_view name) {
    return std::string(string_member(body, name).value_or(""));
}

SimulatedAnswer answered(HttpResponse response) {
    HttpExchange exchange(with_length(std::move(response)));
    exchange.bytes_taken = 1;
    return SimulatedAnswer(std::move(exchange));
}

HttpResponse json_answer(int status, json::object const& body) {
    return HttpResponse(status, {{"Content-Type", "application/json"}}, json::serialize(body));
}

/// The status of a refusal; from 500 up it alone counts for the SDK, and proves nothing.
int status_of(ErrorCategory category, Delivery delivery) {
    bool const is_unknown = delivery == Delivery::unknown;
    switch (category) {
        case ErrorCategory::unavailable:
            return is_unknown ? 503 : 409;
        case ErrorCategory::provider_error:
            return is_unknown ? 500 : 409;
        case ErrorCategory::unauthenticated:
            return 401;
        case ErrorCategory::quota_exhausted:
            return 402;
        case ErrorCategory::permission_denied:
            return 403;
        case ErrorCategory::recipient_not_found:
            return 404;
        case ErrorCategory::rate_limited:
        case ErrorCategory::recipient_throttled:
            return 429;
        default:
            return 422;
    }
}

HttpResponse refusal(std::string_view code, std::string_view message, int status) {
    json::object body;
    body["error"] = code;
    body["message"] = message;
    return json_answer(status, body);
}

HttpResponse page_of_a_proxy(Delivery delivery) {
    return HttpResponse(
        delivery == Delivery::unknown ? 200 : 404,
        {{"Content-Type", "text/html"}},
        "<!DOCTYPE html><title>Simulated</title><p>The simulator was asked for a bad response."
    );
}

HttpResponse refusal_of(Step const& step) {
    auto const category = *step.failure;
    if (category == ErrorCategory::bad_response) return page_of_a_proxy(step.delivery);
    json::object body;
    body["error"] = to_string(category);
    body["message"] = "simulated: " + std::string(describe(category));
    if (step.delivery == Delivery::unknown) body["delivery"] = "unknown";
    return json_answer(status_of(category, step.delivery), body);
}

/// Of an exchange without an answer.
struct Break {
    ExchangePhase phase;
    bool comes;
};

std::optional<Break> break_of(Step const& step) {
    bool const took_bytes = step.delivery == Delivery::unknown;
    auto const last_phase = took_bytes ? ExchangePhase::waiting : ExchangePhase::writing;
    switch (*step.failure) {
        case ErrorCategory::connect_failed:
            return Break{ExchangePhase::connecting, true};
        case ErrorCategory::tls_failed:
            return Break{ExchangePhase::handshaking, true};
        case ErrorCategory::connection_lost:
            return Break{last_phase, true};
        case ErrorCategory::timeout:
            return Break{last_phase, false};
        default:
            return std::nullopt;
    }
}

SimulatedAnswer failed(Step const& step) {
    if (auto const broken = break_of(step)) {
        auto const category = *step.failure;
        HttpExchange exchange(Error(category, "simulated: " + std::string(describe(category))));
        exchange.bytes_taken = step.delivery == Delivery::unknown ? 1 : 0;
        exchange.phase = broken->phase;
        SimulatedAnswer answer(std::move(exchange));
        answer.comes = broken->comes;
        return answer;
    }
    auto response = refusal_of(step);
    if (step.retry_after) {
        response.headers.append("Retry-After", std::to_string(step.retry_after->count()));
    }
    return answered(std::move(response));
}

HttpResponse answer_to_code(
    VerificationOutcome outcome, std::string const& request, std::string const& to
) {
    constexpr int refused = 422;
    if (outcome != VerificationOutcome::approved) {
        return refusal(to_string(outcome), "simulated: the code is not approved", refused);
    }
    json::object body;
    body["request"] = request;
    body["to"] = to;
    body["approved"] = true;
    return json_answer(200, body);
}

bool holds_fixed_code(Rule const& rule, UtcTime sent_at) {
    return rule.code && (!rule.valid_until || sent_at < *rule.valid_until);
}

void end_with_fixed_code(SimulatedMessage& message, Rule const& rule) {
    if (!rule.valid_until || !holds_fixed_code(rule, message.sent_at)) return;
    message.expires_at = std::min(message.expires_at, *rule.valid_until);
}

std::string text_for(SimulatedMessage const& message) {
    auto const left =
        std::chrono::ceil<std::chrono::minutes>(message.expires_at - message.sent_at).count();
    return message.code + " is your code. It is valid for " + std::to_string(left) +
           (left == 1 ? " minute." : " minutes.");
}

}  // namespace

VendorSide::VendorSide(
    std::shared_ptr<MessageStore> store,
    Scenario scenario,
    std::string instance,
    ShowCodes show_codes
)
    : store_(std::move(store)),
      scenario_(std::move(scenario)),
      instance_(std::move(instance)),
      show_codes_(show_codes) {}

SimulatedAnswer VendorSide::answer(
    HttpRequest const& request, std::shared_ptr<Clock> const& clock
) {
    auto const parsed = parse_json_body(request.body);
    auto const* const body = parsed ? parsed->if_object() : nullptr;
    if (body != nullptr && request.route == "/messages") {
        SendRequest asked;
        asked.request = text_in(*body, "request");
        asked.to = text_in(*body, "to");
        asked.channel = parse_channel(text_in(*body, "channel")).value_or(Channel::sms);
        asked.reference = text_in(*body, "reference");
        asked.expires_in_minutes = integer_member(*body, "expires_in_minutes");
        return send(asked, clock);
    }
    if (body != nullptr && request.route == "/checks") {
        CheckRequest asked;
        asked.request = text_in(*body, "request");
        asked.id = text_in(*body, "id");
        asked.to = text_in(*body, "to");
        asked.code = text_in(*body, "code");
        return check(asked, *clock);
    }
    constexpr int not_found = 404;
    return answered(refusal("invalid_request", "the simulator has no such endpoint", not_found));
}

SimulatedAnswer VendorSide::send(SendRequest const& request, std::shared_ptr<Clock> const& clock) {
    auto rule = scenario_.rule_for(request.to);
    auto const step = next_step(rule.send, "send", request.to);
    if (request.expires_in_minutes && !rule.expires_in) {
        rule.expires_in = std::chrono::minutes(*request.expires_in_minutes);
    }
    auto const number =
        scenario_.seed ? store_->count("number\n" + instance_ + '\n' + request.to) : 0;
    auto message = make_message(request, rule, number, clock->utc_now());
    message.clock = clock;
    message.arrives = step.code_arrives;
    message.arrives_at = time_after(clock->now(), step.arrives_after);
    message.was_sent = !step.failure || step.code_arrives;
    auto const seen = message.seen;
    if (message.was_sent && message.arrives) show(message, step);
    store_->add(std::move(message));

    if (step.failure) {
        auto answer = failed(step);
        answer.delay = step.delay;
        return answer;
    }
    json::object body;
    body["id"] = seen.id;
    body["request"] = request.request;
    body["to"] = seen.to;
    body["channel"] = to_string(seen.channel);
    body["accepted"] = true;
    body["expires_at"] = format_iso8601(seen.expires_at);
    if (show_codes_ == ShowCodes::receipt) body["otp"] = seen.code;
    auto answer = answered(json_answer(200, body));
    answer.delay = step.delay;
    return answer;
}

SimulatedAnswer VendorSide::check(CheckRequest const& request, Clock const& clock) {
    auto const rule = scenario_.rule_for(request.to);
    auto const step = next_step(rule.verify, "verify", request.to);
    auto answer = [&] {
        if (step.failure) return failed(step);
        if (step.outcome) {
            return answered(answer_to_code(*step.outcome, request.request, request.to));
        }
        TypedCode const typed{request.request, request.to, request.code};
        auto const outcome =
            store_->check(typed, clock.utc_now(), [&] { return recall(request, rule); });
        return answered(answer_to_code(outcome, request.request, request.to));
    }();
    answer.delay = step.delay;
    return answer;
}

StoredMessage VendorSide::make_message(
    SendRequest const& request, Rule const& rule, std::size_t number, UtcTime now
) const {
    StoredMessage message;
    message.request = request.request;
    auto& seen = message.seen;
    seen.instance = instance_;
    seen.to = request.to;
    seen.channel = request.channel;
    seen.reference = request.reference;
    seen.sent_at = now;
    seen.expires_at = now + rule.expires_in.value_or(usual_life);
    end_with_fixed_code(seen, rule);
    seen.wrong_code_limit = rule.wrong_codes.value_or(3);
    seen.code = make_code(request.request, request.to, rule, number, now);
    seen.text = text_for(seen);
    seen.id = to_text({number, seen.sent_at, seen.expires_at});
    return message;
}

StoredMessage VendorSide::recall(CheckRequest const& request, Rule const& rule) const {
    StoredMessage message;
    message.request = request.request;
    auto& seen = message.seen;
    seen.instance = instance_;
    seen.to = request.to;
    seen.wrong_code_limit = rule.wrong_codes.value_or(3);
    // Of an answer that was lost there is no id: then only the scenario says when it expires.
    auto const id = request.id.empty() ? MessageId{0, UtcTime(), UtcTime::max()}
                                       : parse_message_id(request.id).value_or(MessageId());
    message.was_sent = id.expires_at != UtcTime();
    seen.sent_at = id.sent_at;
    seen.expires_at = id.expires_at;
    end_with_fixed_code(seen, rule);
    seen.code = make_code(request.request, request.to, rule, id.number, id.sent_at);
    return message;
}

std::string VendorSide::make_code(
    std::string_view request,
    std::string_view to,
    Rule const& rule,
    std::size_t number,
    UtcTime sent_at
) const {
    if (holds_fixed_code(rule, sent_at)) return *rule.code;
    std::string source = instance_ + '\n' + std::string(to) + '\n';
    if (scenario_.seed) {
        source += std::to_string(*scenario_.seed) + '\n' + std::to_string(number);
    } else {
        source += request;
    }
    return digits_of(source, rule.code_length.value_or(6));
}

Step VendorSide::next_step(
    std::vector<Step> const& steps, char const* operation, std::string_view to
) {
    // Whoever has one step needs no counting, and no memory.
    if (steps.size() < 2) return steps.empty() ? Step() : steps.front();
    auto const place =
        store_->count(std::string(operation) + '\n' + instance_ + '\n' + std::string(to));
    return steps[std::min(place, steps.size() - 1)];
}

void VendorSide::show(StoredMessage const& message, Step const& step) const {
    if (show_codes_ != ShowCodes::standard_error) return;
    auto const& seen = message.seen;
    auto line = "simulator " + instance_ + ": code " + seen.code + " for " + seen.to + " (" +
                std::string(to_string(seen.channel)) + "), valid until " +
                format_iso8601(seen.expires_at);
    auto const late = std::chrono::ceil<std::chrono::seconds>(step.arrives_after);
    if (late.count() > 0) line += ", arrives in " + std::to_string(late.count()) + " s";
    std::cerr << line + '\n' << std::flush;
}

}  // namespace otp::testing::simulator
