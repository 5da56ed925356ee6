#include "frame/spoilt_bodies.hpp"
#include "success/success_checks.hpp"

#include <otp/json_body.hpp>

#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr Check name_of_check{"contradiction", Cause::misses_contradiction};

/// A member that speaks against a success, as raw JSON.
struct Contradiction {
    std::string_view name;
    std::string_view value;
};

constexpr std::array contradictions{
    Contradiction{"error", R"("failed")"},
    Contradiction{"error", R"({"code":"failed","message":"Invalid code."})"},
    Contradiction{"error", "true"},
    Contradiction{"errors", R"(["failed"])"},
    Contradiction{"errors", R"({"Error":["Invalid code."]})"},
    Contradiction{"error_code", "17"},
    Contradiction{"error_message", R"("failed")"},
    Contradiction{"detail", R"("Invalid code.")"},
    Contradiction{"title", R"("Bad Request")"},
    Contradiction{"type", R"("https://tools.ietf.org/html/rfc7231#section-6.5.1")"},
    Contradiction{"trace_id", R"("00-trace-span-00")"},
    Contradiction{"code", R"("failed")"},
    Contradiction{"invalid_params", R"({"otp":"is wrong"})"},
    Contradiction{"invalid_parameters", R"([{"name":"otp"}])"},
    Contradiction{"status", "400"},
    Contradiction{"status", R"("failed")"},
    Contradiction{"status_code", "500"},
    Contradiction{"success", "false"},
    Contradiction{"success", "0"},
    Contradiction{"success", "null"},
    Contradiction{"success", R"("")"},
    Contradiction{"success", R"("false")"},
    Contradiction{"verified", "false"},
    Contradiction{"verified", R"("no")"},
    Contradiction{"is_valid", "false"},
    Contradiction{"valid", "0"},
    Contradiction{"approved", "false"},
    Contradiction{"ok", "false"},
    Contradiction{"code_expired", "true"},
    Contradiction{"failed", "true"},
    Contradiction{"failure_reason", R"("CODE_MISMATCH")"},
    Contradiction{"rejected_checks", R"(["otp"])"},
    Contradiction{"err", R"("Invalid code.")"},
    Contradiction{"err_code", "40029"},
    Contradiction{"is_match", "false"},
    Contradiction{"verification_result", "false"},
    Contradiction{"verification_status", R"("REJECTED")"},
    Contradiction{"response_code", "400"},
    Contradiction{"result_message", R"("OTP not verified.")"},
    Contradiction{"reason", R"("Too many attempts.")"},
    Contradiction{"is_invalid_code", "true"},
    Contradiction{"is_incorrect_otp", "true"},
    Contradiction{"invalid_code", "true"},
    Contradiction{"wrong_code", "true"},
    Contradiction{"expired_code", "true"},
    Contradiction{"response_status", "400"},
    Contradiction{"response_status_code", "400"},
    Contradiction{"result", "-1"},
};

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

/// `InvalidParams` of `invalid_params`.
std::string pascal(std::string_view text) {
    std::string result;
    bool first = true;
    for (char const c : text) {
        if (c == '_') {
            first = true;
            continue;
        }
        result += first ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        first = false;
    }
    return result;
}

/// The styles in which interfaces write a name of several words.
std::vector<std::string> styles_of_name(std::string_view name) {
    auto camel = pascal(name);
    camel[0] = name[0];
    return {std::string(name), upper(name), pascal(name), camel};
}

json::object const& object_at(json::value const& document, std::string const& pointer) {
    boost::system::error_code failure;
    return document.find_pointer(pointer, failure)->get_object();
}

bool is_error(Contradiction const& contradiction) {
    return contradiction.name.find("error") != std::string_view::npos;
}

/// Adds the member to every object of the success that has none of that name. In an object that
/// tells of other things only an error speaks against the answer.
void add_in_place(
    OperationCheck& check,
    JsonAnswer const& success,
    Contradiction const& contradiction,
    std::string const& name
) {
    for (auto const& place : pointers_of_objects(success.body)) {
        if (object_at(success.body, place).contains(name)) continue;
        if (check.is_about_other_things(place) && !is_error(contradiction)) continue;
        auto response = success.response;
        response.body = with_member_at(success.body, place, name, contradiction.value);
        check.expect_doubt(
            {name_of_check, place + '/' + name + " = " + std::string(contradiction.value)}, response
        );
    }
}

/// Adds it below members that no document knows.
void add_nested(
    OperationCheck& check,
    JsonAnswer const& success,
    Contradiction const& contradiction,
    std::string const& name
) {
    auto const member = "{\"" + name + "\":" + std::string(contradiction.value) + '}';
    for (auto const& nested :
         {member, "{\"content\":" + member + '}', '[' + member + ']', "[[" + member + "]]"}) {
        auto response = success.response;
        response.body = with_member(success.body, "answer", nested);
        check.expect_doubt({name_of_check, "/answer = " + nested}, response);
    }
}

/// Adds it below members that the adapter may know: whoever takes one out must look into it.
void add_below_documented_names(OperationCheck& check, JsonAnswer const& success) {
    for (auto const& member : check.documented_members()) {
        auto const& name = member.first;
        for (std::string const nested :
             {R"({"error":"failed"})",
              R"({"content":[{"error_code":17}]})",
              R"([{"errors":[1]}])"}) {
            auto response = success.response;
            auto const pointer = append_json_pointer("", name);
            response.body = object_at(success.body, "").contains(name)
                                ? with_value(success.body, pointer, nested)
                                : with_member(success.body, name, nested);
            check.expect_doubt({name_of_check, pointer + " = " + nested}, response);
        }
    }
}

/// An empty success says nothing that a text could be held against.
void add_messages_to_an_empty_success(OperationCheck& check) {
    for (std::string const text :
         {R"({"message":"Invalid code."})",
          R"({"Message":"Invalid code."})",
          R"({"message":17})",
          R"({"message":true})",
          R"({"MESSAGE":{}})",
          R"({"message":["Invalid code."]})",
          R"({"message":{"text":"Invalid code."}})",
          R"({"data":[{"message":0.5}]})",
          R"({"data":{"message":"Invalid code."}})",
          R"({"result":"Invalid code."})",
          R"({"done":false})",
          R"({"type":null,"title":null,"detail":null,"instance":null})",
          R"({"Title":"Bad Request","Status":400,"Detail":"Invalid code."})"}) {
        for (auto const& success : check.answers().successes) {
            auto response = success;
            response.body = text;
            check.expect_doubt({name_of_check, text}, response);
        }
    }
}

}  // namespace

void check_contradictions(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        for (auto const& contradiction : contradictions) {
            for (auto const& name : styles_of_name(contradiction.name)) {
                add_in_place(check, success, contradiction, name);
                add_nested(check, success, contradiction, name);
            }
        }
        add_below_documented_names(check, success);
    }
    if (check.answers().empty_success) add_messages_to_an_empty_success(check);
}

}  // namespace otp::conformance
