#include "inbox/faults_api.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/api_query.hpp"
#include "inbox/duration_text.hpp"
#include "inbox/fault_catalogue.hpp"
#include "inbox/json_of.hpp"
#include "vendor/vendor_names.hpp"
#include "wire/json_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

namespace otp::mocks {
namespace {

namespace json = boost::json;

/// Throws `std::invalid_argument` for members that are missing, unknown or of a wrong type.
void check_members(json::object const& body) {
    constexpr std::array<FieldRule, 8> rules{
        FieldRule{"fault", FieldType::string, true},
        FieldRule{"vendor", FieldType::string},
        FieldRule{"to", FieldType::string},
        FieldRule{"step", FieldType::string},
        FieldRule{"percent", FieldType::integer},
        FieldRule{"count", FieldType::integer},
        FieldRule{"delay", FieldType::string},
        FieldRule{"session", FieldType::string}};
    auto const problems = check_fields(body, rules);
    if (problems.empty()) return;
    auto const& first = problems.front();
    if (first.kind == FieldProblem::Kind::missing) {
        throw std::invalid_argument(first.field + " is missing");
    }
    if (first.kind == FieldProblem::Kind::wrong_type) {
        throw std::invalid_argument(first.field + " is of the wrong type");
    }
    throw std::invalid_argument(
        "the members are fault, vendor, to, step, percent, count, delay and session"
    );
}

/// A number that is a member; `otherwise` if there is none, 0 for what is outside of all bounds.
std::uint32_t number_at(json::object const& body, std::string_view name, std::uint32_t otherwise) {
    auto const* const member = body.if_contains(name);
    if (member == nullptr) return otherwise;
    auto const number = member->is_int64() ? member->get_int64() : 0;
    bool const fits = number > 0 && number <= std::numeric_limits<std::uint32_t>::max();
    return fits ? static_cast<std::uint32_t>(number) : 0;
}

std::chrono::milliseconds delay_of(json::object const& body) {
    auto const text = text_of(body, "delay");
    // Less than nothing is refused like what is no duration.
    constexpr std::chrono::milliseconds none{-1};
    return text ? parse_duration(*text).value_or(none) : std::chrono::milliseconds(0);
}

/// Without members that are null, which say as much as if they were not there.
json::object said(json::object const& body) {
    json::object members;
    for (auto const& [name, value] : body) {
        if (!value.is_null()) members.emplace(name, value);
    }
    return members;
}

MockFault read_fault(json::object const& body, std::optional<std::string> const& session) {
    check_members(body);
    MockFault fault{*text_of(body, "fault")};
    fault.vendor = text_of(body, "vendor").value_or("");
    fault.to = text_of(body, "to").value_or("");
    fault.step = text_of(body, "step").value_or("");
    fault.percent = number_at(body, "percent", 100);
    if (body.contains("count")) fault.count = number_at(body, "count", 0);
    fault.delay = delay_of(body);
    fault.session = text_of(body, "session").value_or(session.value_or(""));
    if (session && fault.session != *session) {
        throw std::invalid_argument("the request names two sessions");
    }
    return fault;
}

MockResponse add(
    MockRequest const& request, std::optional<std::string> const& session, MockState& state
) {
    // Whatever media type it has: curl's -d names another one.
    boost::system::error_code error;
    auto const body = json::parse(request.body, error);
    if (error || !body.is_object()) {
        return problem(400, R"(post {"fault": "html_502", "vendor": "stytch", "count": 3})");
    }
    try {
        auto const fault = read_fault(said(body.get_object()), session);
        return json_response(201, json_of(state.add_fault(fault)));
    } catch (std::invalid_argument const& wrong) {
        return problem(400, wrong.what());
    }
}

}  // namespace

MockResponse answer_faults(AddressedRequest const& request, MockState& state) {
    auto const& method = request.request.method;
    if (!is_read(request.request) && method != "POST" && method != "DELETE") {
        return wrong_method("GET, POST, DELETE");
    }
    return if_good(read_query(request, {}), [&](ApiQuery const& query) {
        if (method == "POST") return add(request.request, query.session, state);
        if (is_read(request.request)) {
            return json_response(200, json_of(state.faults(query.session.value_or(""))));
        }
        state.clear_faults(query.session);
        return empty_response(204);
    });
}

MockResponse answer_known_faults(AddressedRequest const& request) {
    if (!is_read(request.request)) return wrong_method("GET");
    return if_good(read_query(request, {"vendor"}), [&](ApiQuery const& query) {
        auto const vendor = query.at("vendor");
        if (!vendor.empty() && !is_vendor_name(vendor)) return problem(400, no_such_vendor(vendor));
        json::array known;
        for (KnownFault const& each : fault_catalogue()) {
            bool const wanted = vendor.empty() || each.vendor.empty() || each.vendor == vendor;
            if (wanted) known.push_back(json_of(each));
        }
        return json_response(200, known);
    });
}

MockResponse answer_fault(AddressedRequest const& request, std::string_view id, MockState& state) {
    if (request.request.method != "DELETE") return wrong_method("DELETE");
    return if_good(read_query(request, {}), [&](ApiQuery const&) {
        return state.remove_fault(id) ? empty_response(204) : problem(404, "no such fault is on");
    });
}

}  // namespace otp::mocks
