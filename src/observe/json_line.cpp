#include "observe/json_line.hpp"

#include "observe/clean_utf8.hpp"

#include <otp/error.hpp>
#include <otp/iso8601.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::observe {

namespace {

namespace json = boost::json;

/// JSON's way of saying "there is none".
json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value failure_or_null(std::optional<ErrorCategory> failure) {
    return text_or_null(failure ? to_string(*failure) : "");
}

/// Rounded as `to_json(Attempt)` does.
std::int64_t milliseconds_of(std::chrono::microseconds duration) {
    return std::chrono::round<std::chrono::milliseconds>(duration).count();
}

json::object begin_line(Clock::UtcTime time, std::string_view event) {
    json::object line;
    line["time"] = format_iso8601(time);
    line["event"] = event;
    return line;
}

json::object begin_line(
    Clock::UtcTime time, std::string_view event, OperationRef const& operation
) {
    auto line = begin_line(time, event);
    line["operation"] = operation.number;
    line["kind"] = to_string(operation.kind);
    line["target"] = operation.target;
    if (!operation.traceparent.empty()) line["traceparent"] = operation.traceparent;
    return line;
}

void add_instance(json::object& line, std::string_view instance, std::string_view vendor) {
    line["instance"] = text_or_null(instance);
    line["vendor"] = text_or_null(vendor);
}

std::string finished(json::object const& line) {
    return clean_utf8(json::serialize(line));
}

}  // namespace

std::string json_line(Clock::UtcTime time, AttemptBegun const& event) {
    auto line = begin_line(time, "attempt_begun", event.operation);
    add_instance(line, event.instance, event.vendor);
    line["attempt"] = event.attempt;
    return finished(line);
}

std::string json_line(Clock::UtcTime time, AttemptEnded const& event) {
    auto line = begin_line(time, "attempt_ended", event.operation);
    line["attempt"] = nullptr;
    if (event.number != 0) line["attempt"] = event.number;
    for (auto const& member : to_json(event.attempt)) line[member.key()] = member.value();
    return finished(line);
}

std::string json_line(Clock::UtcTime time, WaitBegun const& event) {
    auto line = begin_line(time, "wait", event.operation);
    line["instance"] = text_or_null(event.instance);
    line["wait_ms"] = event.wait.count();
    line["reason"] = to_string(event.reason);
    return finished(line);
}

std::string json_line(Clock::UtcTime time, OperationEnded const& event) {
    bool const answered_check =
        event.operation.kind == OperationKind::verify && !event.failure.has_value();
    auto line = begin_line(time, "operation_ended", event.operation);
    line["instance"] = text_or_null(event.instance);
    line["failure"] = failure_or_null(event.failure);
    // Of an answered check it says nothing about a code on its way (`to_json(Attempt)`).
    line["delivery"] = text_or_null(answered_check ? "" : to_string(event.delivery));
    line["stop"] = to_string(event.stop);
    line["attempts"] = event.attempts;
    line["latency_ms"] = milliseconds_of(event.latency);
    return finished(line);
}

std::string json_line(Clock::UtcTime time, BreakerChange const& event) {
    auto line = begin_line(time, "breaker_change");
    add_instance(line, event.instance, event.vendor);
    line["from"] = to_string(event.from);
    line["to"] = to_string(event.to);
    line["open_for_ms"] = nullptr;
    if (event.to == BreakerState::open) line["open_for_ms"] = event.open_for.count();
    return finished(line);
}

std::string json_line(Clock::UtcTime time, RestBegun const& event) {
    auto line = begin_line(time, "rest");
    add_instance(line, event.instance, event.vendor);
    line["rest_ms"] = event.rest.count();
    return finished(line);
}

std::string json_line(Clock::UtcTime time, TokenFetched const& event) {
    auto line = begin_line(time, "token_fetched");
    add_instance(line, event.instance, event.vendor);
    line["failure"] = failure_or_null(event.failure);
    line["latency_ms"] = milliseconds_of(event.latency);
    return finished(line);
}

std::string json_line(Clock::UtcTime time, Reloaded const& event) {
    auto line = begin_line(time, "reload");
    line["failure"] = failure_or_null(event.failure);
    line["message"] = text_or_null(event.message);
    line["kept"] = event.kept;
    line["added"] = event.added;
    line["replaced"] = event.replaced;
    line["removed"] = event.removed;
    return finished(line);
}

std::string json_line(Clock::UtcTime time, Warning const& warning) {
    auto line = begin_line(time, "warning");
    add_instance(line, warning.instance, warning.vendor);
    line["message"] = warning.message;
    return finished(line);
}

}  // namespace otp::observe
