#include <otp/error.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <sstream>
#include <utility>

namespace otp {

namespace {

/// JSON's way of saying "there is none".
boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::value phase_or_null(std::optional<ExchangePhase> phase) {
    return text_or_null(phase ? to_string(*phase) : "");
}

boost::json::value status_or_null(int http_status) {
    return http_status == 0 ? boost::json::value(nullptr) : boost::json::value(http_status);
}

/// The error's own words, or those of its category.
std::string_view message_of(Error const& error) noexcept {
    return error.message.empty() ? describe(error.category) : std::string_view(error.message);
}

std::string in_one_line(Error const& error) {
    std::ostringstream out;
    out << error;
    return std::move(out).str();
}

}  // namespace

Error::Error(ErrorCategory error_category, std::string error_message, Delivery error_delivery)
    : category(error_category), delivery(error_delivery), message(std::move(error_message)) {}

boost::json::object to_json(Error const& error) {
    boost::json::array violations;
    violations.reserve(error.violations.size());
    for (auto const& violation : error.violations) {
        boost::json::object entry;
        entry["pointer"] = violation.pointer;
        entry["message"] = violation.message;
        violations.emplace_back(std::move(entry));
    }

    boost::json::object json;
    json["category"] = to_string(error.category);
    json["delivery"] = to_string(error.delivery);
    json["instance"] = text_or_null(error.instance);
    json["vendor"] = text_or_null(error.vendor);
    json["vendor_code"] = text_or_null(error.vendor_code);
    json["http_status"] = status_or_null(error.http_status);
    json["phase"] = phase_or_null(error.phase);
    json["message"] = message_of(error);
    json["request_id"] = text_or_null(error.request_id);
    json["url"] = text_or_null(error.documentation_url);
    json["violations"] = std::move(violations);
    json["retry_after_ms"] = nullptr;
    if (error.retry_after) json["retry_after_ms"] = error.retry_after->count();
    json["stop"] = text_or_null(error.stop ? to_string(*error.stop) : "");
    return json;
}

boost::json::object to_json(Attempt const& attempt) {
    boost::json::array hints;
    for (auto const& hint : attempt.hints) {
        boost::json::object entry;
        entry["name"] = hint.name;
        entry["wanted"] = hint.wanted;
        entry["used"] = nullptr;
        if (hint.used) entry["used"] = *hint.used;
        hints.emplace_back(std::move(entry));
    }

    boost::json::object json;
    json["instance"] = text_or_null(attempt.instance);
    json["vendor"] = text_or_null(attempt.vendor);
    json["failure"] = text_or_null(attempt.failure ? to_string(*attempt.failure) : "");
    json["outcome"] = text_or_null(attempt.outcome ? to_string(*attempt.outcome) : "");
    // Of an answered check it says nothing about a code on its way.
    json["delivery"] = text_or_null(attempt.outcome ? "" : to_string(attempt.delivery));
    json["http_status"] = status_or_null(attempt.http_status);
    json["vendor_code"] = text_or_null(attempt.vendor_code);
    json["phase"] = phase_or_null(attempt.phase);
    json["request_id"] = text_or_null(attempt.request_id);
    json["latency_ms"] = std::chrono::round<std::chrono::milliseconds>(attempt.latency).count();
    json["waited_ms"] = attempt.waited_before.count();
    json["decision"] = to_string(attempt.decision);
    json["reason"] = to_string(attempt.reason);
    json["hints"] = std::move(hints);
    return json;
}

Error field_error(ErrorCategory category, std::string_view pointer, std::string_view message) {
    std::string text(pointer);
    text += ' ';
    text += message;
    Error error(category, std::move(text));
    error.violations.push_back({std::string(pointer), std::string(message)});
    return error;
}

Error field_errors(ErrorCategory category, std::vector<FieldViolation> violations) {
    if (violations.size() == 1) {
        return field_error(category, violations.front().pointer, violations.front().message);
    }
    Error error(category, std::to_string(violations.size()) + " fields cannot be used");
    error.violations = std::move(violations);
    return error;
}

ErrorException::ErrorException(Error error)
    : std::runtime_error(in_one_line(error)), error_(std::move(error)) {}

void throw_exception_from_error(Error const& error, boost::source_location const& /*location*/) {
    throw ErrorException(error);
}

}  // namespace otp
