#include "frame/spoilt_bodies.hpp"
#include "success/success_checks.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <string>
#include <string_view>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr Check spoilt{"spoilt member", Cause::misses_member};
constexpr Check missing{"missing member", Cause::misses_member};
constexpr Check other_type{"type of an optional member", Cause::loses_type};
constexpr Check repeated{"repeated member", Cause::reads_loose_json};
constexpr Check hostile{"hostile member", Cause::reads_loose_json};
constexpr Check wrapping{"wrapped success", Cause::takes_wrapped};

std::string_view kind(std::string_view raw) {
    switch (raw.front()) {
        case '"':
            return "string";
        case '{':
            return "object";
        case '[':
            return "array";
        case 't':
        case 'f':
            return "boolean";
        case 'n':
            return "null";
        default:
            return "number";
    }
}

}  // namespace

void check_spoilt_members(OperationCheck& check) {
    static constexpr std::array<std::string_view, 13> values{
        "null",
        "true",
        "false",
        "-1",
        "1.5",
        "99999999999999999999",
        "\"\"",
        "\"x\"",
        "\"\\u0000\"",
        "[]",
        "[null]",
        "{}",
        "1e400"};
    for (auto const& success : check.successes()) {
        for (auto const& pointer : all_pointers(success.body)) {
            bool const decides = check.is_decisive(pointer);
            boost::system::error_code failure;
            auto const original = json::serialize(*success.body.find_pointer(pointer, failure));
            for (auto const value : values) {
                auto response = success.response;
                response.body = with_value(success.body, pointer, value);
                auto const input = pointer + " = " + std::string(value);
                bool const useless = kind(value) != kind(original) || value == "\"\"" ||
                                     value == "\"\\u0000\"" || value == "1e400";
                if (value == "1e400" || (decides && useless)) {
                    check.expect_no_success({spoilt, input, pointer}, response);
                } else {
                    check.see({spoilt, input, pointer}, response);
                }
            }
            auto response = success.response;
            response.body = without(success.body, pointer);
            if (decides) {
                check.expect_no_success({missing, pointer, pointer}, response);
            } else {
                check.see({missing, pointer, pointer}, response);
            }
        }
    }
}

void check_types_of_optional_members(OperationCheck& check) {
    static constexpr std::array<std::string_view, 7> values{
        "true", "false", "17", "1.5", R"("text")", "[]", "{}"};
    for (auto const& success : check.successes()) {
        for (auto const& pointer : check.answers().of_one_type) {
            boost::system::error_code failure;
            auto const* const original = success.body.find_pointer(pointer, failure);
            if (original == nullptr || original->is_null()) continue;
            for (auto const value : values) {
                if (kind(value) == kind(json::serialize(*original))) continue;
                auto response = success.response;
                response.body = with_value(success.body, pointer, value);
                auto const input = pointer + " = " + std::string(value);
                check.expect_no_success({other_type, input, pointer}, response);
            }
        }
    }
}

void check_repeated_members(OperationCheck& check) {
    static constexpr std::array<std::string_view, 6> others{
        "false", "1", "null", "\"other\"", "{}", "true"};
    for (auto const& success : check.successes()) {
        for (auto const& pointer : check.answers().decisive) {
            boost::system::error_code failure;
            if (!success.body.find_pointer(pointer, failure)) continue;
            for (auto const other : others) {
                for (bool const first : {true, false}) {
                    auto response = success.response;
                    response.body = with_duplicate(success.body, pointer, other, first);
                    check.expect_no_success(
                        {repeated,
                         pointer + (first ? " after " : " before ") + std::string(other),
                         pointer},
                        response
                    );
                }
            }
        }
    }
}

void check_hostile_members(OperationCheck& check) {
    std::string const deep = std::string(1000, '[') + std::string(1000, ']');
    for (auto const& success : check.successes()) {
        auto response = success.response;
        response.body = with_member(success.body, "hostile", deep);
        check.expect_no_success({hostile, "depth 1000"}, response);
        response.body = with_member(success.body, "hostile", "1e400");
        check.expect_no_success({hostile, "1e400"}, response);
        response.body = with_member(success.body, "hostile", "\"\xC3\x28\"");
        check.expect_no_success({hostile, "bad UTF-8"}, response);
        response.body = json::serialize(success.body) + "{}";
        check.expect_no_success({hostile, "a second document"}, response);
    }
}

void check_wrapped_successes(OperationCheck& check) {
    // What may be empty needs no member that would be missed where all are wrapped.
    if (check.answers().empty_success) return;
    for (auto const& success : check.successes()) {
        auto const plain = json::serialize(success.body);
        for (auto const& wrapped :
             {'[' + plain + ']',
              "{\"data\":" + plain + '}',
              "{\"response\":" + plain + '}',
              "{\"result\":[" + plain + "]}",
              json::serialize(json::value(plain))}) {
            auto response = success.response;
            response.body = wrapped;
            check.expect_not_understood({wrapping, wrapped}, response);
        }
    }
}

}  // namespace otp::conformance
