#include "inbox/json_of.hpp"

#include "wire/wire_time.hpp"

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

json::value or_null(std::optional<std::string> const& text) {
    return text ? json::value(*text) : json::value(nullptr);
}

/// Where the empty text means that there is none.
json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

template <typename Number>
json::value or_null(std::optional<Number> const& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::value why_json(std::optional<MockExplanation> const& why) {
    if (!why) return nullptr;
    return json::object{
        {"demands", why->demands}, {"broken_by", why->broken_by}, {"document", why->document}};
}

json::value verdict_json(std::optional<std::string> const& verdict) {
    boost::system::error_code error;
    auto value = json::parse(verdict.value_or("null"), error);
    return error ? json::value(nullptr) : value;
}

json::array headers_json(MockHalf const& half) {
    json::array headers;
    for (auto const& [name, value] : half.headers) {
        headers.push_back(json::array{json::value(name), json::value(value)});
    }
    return headers;
}

}  // namespace

json::object json_of(MockMessage const& message) {
    return {
        {"id", message.id},
        {"number", message.number},
        {"vendor", message.vendor},
        {"channel", message.channel},
        {"to", message.to},
        {"code", message.code},
        {"sent_at", iso8601(message.sent_at)},
        {"state", message.state},
        {"expires_at", iso8601(message.expires_at)},
        {"wrong_attempts", message.wrong_attempts},
        {"max_attempts", or_null(message.max_attempts)},
        {"subject", or_null(message.subject)},
        {"text", message.text},
        {"session", message.session},
        {"exchange", or_null(message.exchange)}};
}

json::object json_of(MockExchange const& exchange) {
    return {
        {"id", exchange.id},
        {"number", exchange.number},
        {"at", iso8601(exchange.at)},
        {"took_ms", std::int64_t{exchange.took.count()}},
        {"vendor", exchange.vendor},
        {"method", exchange.method},
        {"path", exchange.path},
        {"status", or_null(exchange.status)},
        {"outcome", exchange.outcome},
        {"message", or_null(exchange.message)},
        {"to", exchange.to},
        {"traceparent", or_null(exchange.traceparent)},
        {"fault", or_null(exchange.fault)},
        {"session", exchange.session},
        {"why", why_json(exchange.why)},
        {"verdict", verdict_json(exchange.verdict)}};
}

json::object full_json_of(MockExchange const& exchange) {
    auto whole = json_of(exchange);
    whole["request"] = json::object{
        {"headers", headers_json(exchange.request)},
        {"query", exchange.query},
        {"body", exchange.request.body},
        {"body_kind", exchange.request.body_kind}};
    whole["answer"] = json::object{
        {"status", or_null(exchange.status)},
        {"headers", headers_json(exchange.answer)},
        {"body", exchange.answer.body},
        {"body_kind", exchange.answer.body_kind}};
    return whole;
}

json::object json_of(ActiveFault const& active) {
    MockFault const& fault = active.fault;
    return {
        {"id", active.id},
        {"fault", fault.fault},
        {"vendor", text_or_null(fault.vendor)},
        {"to", text_or_null(fault.to)},
        {"step", text_or_null(fault.step)},
        {"percent", fault.percent},
        {"remaining", or_null(active.remaining)},
        {"delay_ms", std::int64_t{fault.delay.count()}},
        {"session", fault.session},
        {"hits", active.hits}};
}

json::array json_of(std::vector<ActiveFault> const& faults) {
    json::array list;
    for (ActiveFault const& each : faults) list.push_back(json_of(each));
    return list;
}

json::object json_of(KnownFault const& fault) {
    auto const step = fault.step ? to_string(*fault.step) : std::string_view();
    return {
        {"fault", fault.name},
        {"vendor", text_or_null(fault.vendor)},
        {"step", text_or_null(step)},
        {"status", or_null(fault.status)},
        {"title", fault.title},
        {"obeyed", fault.obeyed}};
}

}  // namespace otp::mocks
