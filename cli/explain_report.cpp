#include "explain_report.hpp"

#include "attempt_text.hpp"
#include "output.hpp"

#include <boost/json/array.hpp>

#include <cstddef>
#include <ostream>
#include <sstream>
#include <string_view>
#include <utility>

namespace otp::cli {

namespace {

[[nodiscard]] boost::json::object candidate_json(CandidateReport const& candidate) {
    boost::json::object object;
    object["instance"] = candidate.instance;
    object["vendor"] = candidate.vendor;
    object["usable"] = !candidate.reason;
    object["reason"] = text_or_null(candidate.reason ? to_string(*candidate.reason) : "");
    object["explanation"] = text_or_null(candidate.explanation);
    return object;
}

/// `route login, rule 0`.
[[nodiscard]] std::string headline(ExplainReport const& report) {
    if (!report.route) return "instance " + report.found.target;
    auto const text = "route " + report.found.target;
    return report.found.rule ? text + ", rule " + std::to_string(*report.found.rule) : text;
}

/// Every send takes a turn, and this program's first one is also its last.
[[nodiscard]] std::string describe_strategy(RouteConfig const& route) {
    if (route.strategy == RouteStrategy::in_order) return "";
    return std::string(to_string(route.strategy)) +
           ": this is the order of a program's first send, and others begin elsewhere";
}

[[nodiscard]] std::string describe(CandidateReport const& candidate) {
    auto text = describe_instance(candidate.instance, candidate.vendor);
    if (!candidate.reason) return text;
    text += ": " + std::string(to_string(*candidate.reason));
    return candidate.explanation.empty() ? text : text + ", " + candidate.explanation;
}

void print_candidates(std::ostream& out, RouteReport const& found) {
    std::size_t asked = 0;
    for (auto const& candidate : found.candidates) {
        bool const is_refusal = candidate.reason == DecisionReason::refused;
        auto const name = candidate.reason ? std::string(is_refusal ? "refuses" : "not asked")
                                           : "asked " + std::to_string(++asked);
        print_detail(out, name, describe(candidate));
    }
}

[[nodiscard]] CandidateReport const* first_refusal(RouteReport const& found) noexcept {
    for (auto const& candidate : found.candidates) {
        if (candidate.reason == DecisionReason::refused) return &candidate;
    }
    return nullptr;
}

[[nodiscard]] std::string verdict(ExplainReport const& report) {
    if (auto const* const first = report.asked_first()) {
        return first->instance + " would be asked first";
    }
    if (auto const* const refusal = first_refusal(report.found)) {
        return refusal->instance + " refuses the request, and a send would end there";
    }
    return "Nobody would be asked";
}

}  // namespace

CandidateReport const* ExplainReport::asked_first() const noexcept {
    for (auto const& candidate : found.candidates) {
        if (!candidate.reason) return &candidate;
        if (candidate.reason == DecisionReason::refused) return nullptr;
    }
    return nullptr;
}

boost::json::object explain_json(ExplainReport const& report) {
    boost::json::array candidates;
    for (auto const& candidate : report.found.candidates) {
        candidates.push_back(candidate_json(candidate));
    }
    boost::json::object object;
    object["ok"] = true;
    object["route"] = text_or_null(report.route ? report.found.target : "");
    object["rule"] = nullptr;
    if (report.found.rule) object["rule"] = *report.found.rule;
    object["candidates"] = std::move(candidates);
    return object;
}

std::string explain_text(ExplainReport const& report) {
    std::ostringstream out;
    out << headline(report) << '\n';
    if (report.route) print_detail(out, "strategy", describe_strategy(*report.route));
    print_candidates(out, report.found);
    out << verdict(report) << "; nothing was sent.\n";
    return std::move(out).str();
}

}  // namespace otp::cli
