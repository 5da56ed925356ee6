#include "connection_output.hpp"

#include "output.hpp"

#include <otp/iso8601.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace otp::cli {

namespace {

using std::chrono::days;

/// The whole days that are left; below zero, those since the end.
[[nodiscard]] days days_left(TlsReport const& tls, Clock::UtcTime now) {
    return std::chrono::floor<days>(tls.not_after - std::chrono::floor<std::chrono::seconds>(now));
}

[[nodiscard]] std::int64_t milliseconds_of(ConnectionStep const& step) {
    return std::chrono::round<std::chrono::milliseconds>(step.elapsed).count();
}

[[nodiscard]] boost::json::array steps_json(ConnectionReport const& report) {
    boost::json::array steps;
    for (auto const& step : report.steps) {
        boost::json::object object;
        object["phase"] = to_string(step.phase);
        object["ok"] = !step.failed;
        object["elapsed_ms"] = milliseconds_of(step);
        steps.push_back(std::move(object));
    }
    return steps;
}

[[nodiscard]] boost::json::value tls_json(ConnectionReport const& report, Clock::UtcTime now) {
    if (!report.tls) return nullptr;
    boost::json::object object;
    object["version"] = text_or_null(report.tls->version);
    object["subject"] = text_or_null(report.tls->subject);
    object["issuer"] = text_or_null(report.tls->issuer);
    object["not_before"] = format_iso8601(report.tls->not_before);
    object["not_after"] = format_iso8601(report.tls->not_after);
    object["days_left"] = days_left(*report.tls, now).count();
    return object;
}

[[nodiscard]] boost::json::object connection_json(
    ConnectionReport const& report, Clock::UtcTime now
) {
    boost::json::object object;
    object["instance"] = report.instance;
    object["vendor"] = report.vendor;
    object["origin"] = text_or_null(report.origin);
    object["is_token_endpoint"] = report.is_token_endpoint;
    object["ok"] = !report.failure;
    object["proxy"] = text_or_null(report.proxy);
    object["steps"] = steps_json(report);
    object["addresses"] = texts_json(report.addresses);
    object["connected_to"] = text_or_null(report.connected_to);
    object["tls"] = tls_json(report, now);
    object["error"] = nullptr;
    if (report.failure) object["error"] = to_json(*report.failure);
    return object;
}

[[nodiscard]] std::string_view name_of(ExchangePhase phase) {
    switch (phase) {
        case ExchangePhase::resolving:
            return "name";
        case ExchangePhase::connecting:
            return "TCP";
        case ExchangePhase::tunnelling:
            return "tunnel";
        case ExchangePhase::handshaking:
            return "TLS";
        default:
            return to_string(phase);
    }
}

/// What a step has brought.
[[nodiscard]] std::string found_in(ConnectionStep const& step, ConnectionReport const& report) {
    if (step.failed) return "failed";
    switch (step.phase) {
        case ExchangePhase::resolving:
            return join(report.addresses);
        case ExchangePhase::connecting:
            return report.connected_to;
        case ExchangePhase::tunnelling:
            return "through the proxy";
        case ExchangePhase::handshaking:
            return report.tls ? report.tls->version : "ok";
        default:
            return "ok";
    }
}

[[nodiscard]] std::string in_words(days count) {
    return std::to_string(count.count()) + (count == days(1) ? " day" : " days");
}

[[nodiscard]] std::string describe_validity(TlsReport const& tls, Clock::UtcTime now) {
    auto const left = days_left(tls, now);
    auto const date = format_iso8601(tls.not_after).substr(0, 10);
    if (left < days(0)) return "expired on " + date + " (" + in_words(-left) + " ago)";
    return "expires on " + date + " (" + in_words(left) + ')';
}

void print_connection(std::ostream& out, ConnectionReport const& report, Clock::UtcTime now) {
    out << "connection " << report.instance << (report.is_token_endpoint ? ", tokens" : "") << '\n';
    print_detail(out, "origin", report.origin);
    print_detail(out, "proxy", report.proxy);
    for (auto const& step : report.steps) {
        print_detail(
            out,
            name_of(step.phase),
            found_in(step, report) + ", " + std::to_string(milliseconds_of(step)) + " ms"
        );
    }
    if (auto const& tls = report.tls) {
        print_detail(out, "certificate", tls->subject.empty() ? "without a subject" : tls->subject);
        print_detail(out, "issued by", tls->issuer);
        print_detail(out, "validity", describe_validity(*tls, now));
    }
    if (report.failure) print_detail(out, "failed", report.failure->message);
}

}  // namespace

boost::json::array connections_json(std::span<ConnectionReport const> reports, Clock::UtcTime now) {
    boost::json::array connections;
    for (auto const& report : reports) connections.push_back(connection_json(report, now));
    return connections;
}

void print_connections(
    std::ostream& out, std::span<ConnectionReport const> reports, Clock::UtcTime now
) {
    for (auto const& report : reports) print_connection(out, report, now);
}

std::size_t failed_connections(std::span<ConnectionReport const> reports) noexcept {
    auto const failed = std::ranges::count_if(reports, [](ConnectionReport const& report) {
        return report.failure.has_value();
    });
    return static_cast<std::size_t>(failed);
}

std::string verdict_on_connections(std::span<ConnectionReport const> reports) {
    auto const all = reports.size();
    auto const failed = failed_connections(reports);
    if (failed == 0) {
        return all == 1 ? "The connection can be opened" : "All connections can be opened";
    }
    return std::to_string(failed) + " of " + std::to_string(all) +
           (all == 1 ? " connection" : " connections") + " cannot be opened";
}

}  // namespace otp::cli
