#include "inbox/verdict.hpp"

#include "wire/json_fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

std::optional<int> status_of(json::object const& event) {
    auto const* const status = event.if_contains("http_status");
    if (status == nullptr || !status->is_int64()) return std::nullopt;
    auto const number = status->get_int64();
    return number >= 100 && number <= 999 ? std::optional(static_cast<int>(number)) : std::nullopt;
}

RequestSubject::Step step_of(json::object const& event) {
    auto const kind = text_of(event, "kind");
    if (kind == "send") return RequestSubject::Step::send;
    return kind == "verify" ? RequestSubject::Step::verify : RequestSubject::Step::other;
}

std::optional<Verdict> read_verdict(std::string_view line) {
    boost::system::error_code error;
    auto const value = json::parse(line, error);
    auto const* const event = value.if_object();
    if (error || event == nullptr) return std::nullopt;
    auto trace = text_of(*event, "traceparent");
    if (text_of(*event, "event") != "attempt_ended" || !trace || trace->empty()) {
        return std::nullopt;
    }
    return Verdict{
        std::move(*trace),
        text_of(*event, "vendor").value_or(""),
        step_of(*event),
        status_of(*event),
        json::serialize(*event)};
}

}  // namespace

std::vector<Verdict> read_verdicts(std::string_view json_lines) {
    std::vector<Verdict> verdicts;
    while (!json_lines.empty()) {
        auto const end = std::min(json_lines.find('\n'), json_lines.size());
        if (auto verdict = read_verdict(json_lines.substr(0, end))) {
            verdicts.push_back(std::move(*verdict));
        }
        json_lines.remove_prefix(std::min(end + 1, json_lines.size()));
    }
    return verdicts;
}

}  // namespace otp::mocks
