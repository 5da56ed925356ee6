#include <otp/json_body.hpp>
#include <otp/testing/recording_drift.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace otp::testing {
namespace {

namespace json = boost::json;

std::string_view type_of(json::value const& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    if (value.is_string()) return "a text";
    if (value.is_bool()) return "true or false";
    return value.is_null() ? "null" : "a number";
}

void compare(
    json::value const& recorded,
    json::value const& actual,
    std::string const& pointer,
    Differences& found
) {
    if (recorded.is_null() || actual.is_null()) return;
    auto const place = pointer.empty() ? std::string("body") : "body " + pointer;
    if (type_of(recorded) != type_of(actual)) {
        found.push_back(
            place + " is " + std::string(type_of(actual)) + " and was " +
            std::string(type_of(recorded))
        );
    } else if (auto const* const members = recorded.if_object()) {
        auto const& others = actual.get_object();
        for (auto const& [name, member] : *members) {
            auto const there = append_json_pointer(pointer, {name.data(), name.size()});
            if (auto const* const other = others.if_contains(name)) {
                compare(member, *other, there, found);
            } else {
                found.push_back("body " + there + " is missing");
            }
        }
        for (auto const& [name, member] : others) {
            if (members->contains(name)) continue;
            auto const there = append_json_pointer(pointer, {name.data(), name.size()});
            found.push_back("body " + there + " is new, " + std::string(type_of(member)));
        }
    } else if (auto const* const elements = recorded.if_array()) {
        auto const& others = actual.get_array();
        if (elements->empty() || others.empty()) return;
        compare(elements->front(), others.front(), append_json_pointer(pointer, "0"), found);
    }
}

}  // namespace

Differences compare_shapes(RecordedResponse const& recorded, HttpResponse const& response) {
    Differences found;
    if (recorded.status != response.status) {
        found.push_back(
            "status is " + std::to_string(response.status) + " and was " +
            std::to_string(recorded.status)
        );
    }
    auto const* const expected = std::get_if<json::value>(&recorded.body);
    auto const actual = parse_json_body(response.body);
    if (expected != nullptr && actual) {
        compare(*expected, *actual, "", found);
    } else if (expected != nullptr) {
        found.emplace_back(response.body.empty() ? "body is missing" : "body is not JSON any more");
    } else if (std::holds_alternative<std::monostate>(recorded.body)) {
        if (!response.body.empty()) found.emplace_back("body is new");
    } else if (response.body.empty()) {
        found.emplace_back("body is missing");
    } else if (actual && !actual->is_string()) {
        found.emplace_back("body is JSON and was not");
    }
    return found;
}

}  // namespace otp::testing
