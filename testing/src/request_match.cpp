#include "target_pattern.hpp"

#include <otp/json_body.hpp>
#include <otp/testing/request_match.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace otp::testing {
namespace {

namespace json = boost::json;

/// The recorded value, so that one sees what was expected, if it can be nobody's: a word, a small
/// number, `true`. Nothing of the request: whoever tests with real people would find them in a log.
std::string shown(json::value const& recorded) {
    constexpr std::size_t longest = 40;
    constexpr int most_digits = 3;
    auto const text = json::serialize(recorded);
    auto const digits =
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool const is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7F && c != '@';
    });
    bool const is_masked = text.find(masked_value) != std::string::npos;
    if (recorded.is_structured() || text.size() > longest || !is_plain || is_masked) return "";
    return digits > most_digits ? "" : " from " + text;
}

/// Collects where a request's body differs from a recorded one.
class BodyComparison {
public:
    BodyComparison(std::vector<std::string> const& ignored, Differences& found)
        : ignored_(ignored), found_(found) {}

    void compare_json(
        json::value const& recorded, json::value const& actual, std::string const& pointer
    ) {
        if (is_ignored(pointer)) return;
        if (recorded.is_object() && actual.is_object()) {
            compare_objects(recorded.get_object(), actual.get_object(), pointer);
        } else if (recorded.is_array() && actual.is_array() &&
                   recorded.get_array().size() == actual.get_array().size()) {
            for (std::size_t index = 0; index < recorded.get_array().size(); ++index) {
                compare_json(
                    recorded.get_array()[index],
                    actual.get_array()[index],
                    append_json_pointer(pointer, std::to_string(index))
                );
            }
        } else if (recorded.is_array() && actual.is_array()) {
            report(pointer, "has another length");
        } else if (kind_name(recorded) != kind_name(actual)) {
            report(pointer, "must be " + kind_name(recorded) + " and is " + kind_name(actual));
        } else if (recorded != actual) {
            report(pointer, "differs" + shown(recorded));
        }
    }

    void compare_forms(FormFields const& recorded_fields, FormFields const& actual_fields) {
        // Sorted by name; the values of one name keep their order.
        std::multimap<std::string, std::string> const recorded(
            recorded_fields.begin(), recorded_fields.end()
        );
        std::multimap<std::string, std::string> const actual(
            actual_fields.begin(), actual_fields.end()
        );
        auto expected = recorded.begin();
        auto given = actual.begin();
        while (expected != recorded.end() || given != actual.end()) {
            if (given == actual.end() ||
                (expected != recorded.end() && expected->first < given->first)) {
                report(append_json_pointer("", (expected++)->first), "is missing");
            } else if (expected == recorded.end() || given->first < expected->first) {
                report(append_json_pointer("", (given++)->first), "is not in the recording");
            } else {
                auto const pointer = append_json_pointer("", expected->first);
                if (!is_ignored(pointer) && expected->second != given->second) {
                    report(pointer, "differs" + shown(json::value(expected->second)));
                }
                ++expected;
                ++given;
            }
        }
    }

private:
    // A number stays a number whatever Boost.JSON stores it in, but 1 and "1" are not the same.
    static std::string kind_name(json::value const& value) {
        switch (value.kind()) {
            case json::kind::null:
                return "null";
            case json::kind::bool_:
                return "a boolean";
            case json::kind::string:
                return "a string";
            case json::kind::array:
                return "an array";
            case json::kind::object:
                return "an object";
            case json::kind::double_:
                return "a number with a fraction";
            case json::kind::int64:
            case json::kind::uint64:
                return "an integer";
        }
        return "unknown";
    }

    void compare_objects(
        json::object const& recorded, json::object const& actual, std::string const& pointer
    ) {
        for (auto const& member : recorded) {
            auto const place = append_json_pointer(pointer, member.key());
            if (auto const* const value = actual.if_contains(member.key())) {
                compare_json(member.value(), *value, place);
            } else {
                report(place, "is missing");
            }
        }
        for (auto const& member : actual) {
            if (!recorded.contains(member.key())) {
                report(append_json_pointer(pointer, member.key()), "is not in the recording");
            }
        }
    }

    bool is_ignored(std::string const& pointer) const {
        return std::find(ignored_.begin(), ignored_.end(), pointer) != ignored_.end();
    }

    void report(std::string const& pointer, std::string_view what) {
        found_.push_back("body" + (pointer.empty() ? "" : ' ' + pointer) + ' ' + std::string(what));
    }

    std::vector<std::string> const& ignored_;
    Differences& found_;
};

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

bool value_matches(std::string_view recorded, std::string_view actual) {
    if (!recorded.ends_with(masked_value)) return recorded == actual;
    auto const scheme = recorded.substr(0, recorded.size() - masked_value.size());
    return actual.size() > scheme.size() && actual.starts_with(scheme);
}

void compare_headers(
    RecordedHeaders const& recorded, HttpRequest const& request, Differences& found
) {
    std::vector<std::pair<std::string, std::string_view>> lines;
    for (auto const& header : request.headers) {
        lines.emplace_back(lower_case(header.name), header.value);
    }
    if (!request.content_type.empty()) lines.emplace_back("content-type", request.content_type);
    std::sort(lines.begin(), lines.end());

    for (auto const& [name, value] : recorded) {
        auto const same_name = [&wanted = name](auto const& line) { return line.first == wanted; };
        auto const line = std::find_if(lines.begin(), lines.end(), same_name);
        if (line == lines.end()) {
            found.push_back("header " + name + " is missing");
        } else if (std::count_if(lines.begin(), lines.end(), same_name) > 1) {
            found.push_back("header " + name + " is repeated");
        } else if (!value_matches(value, line->second)) {
            found.push_back("header " + name + " differs" + shown(json::value(value)));
        }
    }
    for (auto const& line : lines) {
        if (!recorded.contains(line.first)) {
            found.push_back("header " + line.first + " is not in the recording");
        }
    }
}

void compare_bodies(
    RecordedBody const& recorded,
    std::string_view actual,
    std::vector<std::string> const& ignored,
    Differences& found
) {
    BodyComparison comparison(ignored, found);
    if (auto const* const expected = std::get_if<json::value>(&recorded)) {
        if (auto const value = parse_json_body(actual)) {
            comparison.compare_json(*expected, *value, "");
        } else {
            found.emplace_back("body is not JSON");
        }
    } else if (auto const* const fields = std::get_if<FormFields>(&recorded)) {
        if (auto given = parse_form(actual)) {
            comparison.compare_forms(*fields, std::move(*given));
        } else {
            found.emplace_back("body is not a form");
        }
    } else if (auto const* const text = std::get_if<std::string>(&recorded)) {
        if (*text != actual) found.emplace_back("body differs");
    } else if (!actual.empty()) {
        found.emplace_back("body is not in the recording");
    }
}

Differences compare_all(
    RecordedRequest const& recorded,
    HttpRequest const& request,
    std::vector<std::string> const& ignored
) {
    Differences found;
    if (recorded.method != request.method) {
        found.push_back("method differs" + shown(json::value(to_string(recorded.method))));
    }
    if (!match_target(recorded.target, request.target())) found.emplace_back("target differs");
    compare_headers(recorded.headers, request, found);
    compare_bodies(recorded.body, request.body, ignored, found);
    return found;
}

}  // namespace

Differences compare(RecordedRequest const& recorded, HttpRequest const& request) {
    return compare_all(recorded, request, {});
}

Differences compare(Recording const& recording, HttpRequest const& request) {
    return compare_all(recording.request, request, recording.ignored);
}

}  // namespace otp::testing
