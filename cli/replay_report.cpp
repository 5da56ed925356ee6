#include "replay_report.hpp"

#include "output.hpp"

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string_view>
#include <utility>

namespace otp::cli {

namespace {

using testing::DriftFinding;
using testing::DriftReport;

[[nodiscard]] std::string_view verdict(DriftFinding const& finding) noexcept {
    if (!finding.not_sent.empty()) return "not_sent";
    return finding.differences.empty() ? "same" : "drift";
}

[[nodiscard]] std::size_t count(DriftReport const& report, std::string_view wanted) {
    return static_cast<std::size_t>(std::count_if(
        report.findings.begin(),
        report.findings.end(),
        [wanted](DriftFinding const& finding) { return verdict(finding) == wanted; }
    ));
}

void print_finding(std::ostream& out, DriftFinding const& finding) {
    if (!finding.not_sent.empty()) {
        out << "not sent  " << finding.recordings.front() << ": " << finding.not_sent << '\n';
        return;
    }
    bool const is_same = finding.differences.empty();
    out << (is_same ? "same      " : "DRIFT     ") << finding.request << ": "
        << (is_same ? "as in " : "unlike ") << finding.nearest;
    if (finding.recordings.size() > 1) {
        out << ", of " << finding.recordings.size() << " recordings of this request";
    }
    out << '\n';
    for (auto const& difference : finding.differences) out << "          " << difference << '\n';
}

}  // namespace

std::string drift_text(DriftReport const& report) {
    std::ostringstream out;
    for (auto const& finding : report.findings) print_finding(out, finding);
    out << count(report, "same") << " answers as recorded, " << count(report, "drift")
        << " that differ, " << count(report, "not_sent") << " recordings that were not sent\n";
    return std::move(out).str();
}

boost::json::object drift_json(DriftReport const& report) {
    boost::json::array requests;
    for (auto const& finding : report.findings) {
        boost::json::object request;
        request["verdict"] = verdict(finding);
        request["request"] = finding.request;
        request["recordings"] = texts_json(finding.recordings);
        request["http_status"] = nullptr;
        if (finding.http_status != 0) request["http_status"] = finding.http_status;
        request["nearest"] = text_or_null(finding.nearest);
        request["differences"] = texts_json(finding.differences);
        request["reason"] = text_or_null(finding.not_sent);
        requests.push_back(std::move(request));
    }
    boost::json::object object;
    object["ok"] = report.has_compared() && !report.has_drift();
    object["requests"] = std::move(requests);
    return object;
}

}  // namespace otp::cli
