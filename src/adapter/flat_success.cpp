#include <otp/adapter/flat_success.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::adapter {
namespace {

bool holds(NeededMember const& member, JsonObject const& body) {
    switch (member.value) {
        case NeededMember::Value::id:
            return is_vendor_id(string_member(body, member.name).value_or(""));
        case NeededMember::Value::truth:
            return bool_member(body, member.name) == true;
        case NeededMember::Value::same:
            return string_member(body, member.name) == member.expected;
    }
    return false;
}

std::string_view what_is_wrong_with(NeededMember const& member) noexcept {
    switch (member.value) {
        case NeededMember::Value::id:
            return "a member is missing or no id";
        case NeededMember::Value::truth:
            return "a member is not true";
        case NeededMember::Value::same:
            return "a member is missing or another one";
    }
    return {};
}

constexpr std::string_view another_status = "its status is not the documented one";

}  // namespace

AnswerProblem problem_of(
    HttpResponse const& response, JsonObject const& body, FlatSuccess const& success
) {
    if (response.status != success.http_status) return {another_status};
    std::vector<std::string> pointers;
    for (auto const& member : success.members) {
        pointers.push_back(append_json_pointer("", member.name));
        if (!holds(member, body)) return {what_is_wrong_with(member), std::move(pointers.back())};
    }
    std::vector<std::string_view> const documented(pointers.begin(), pointers.end());
    auto problem = find_contradiction(body, response.status, documented);
    if (!problem.empty() || !success.members_are_all) return problem;
    return find_undocumented_refusal(body, documented);
}

Result<JsonObject> read_success(
    HttpResponse const& response,
    FlatSuccess const& success,
    AttemptContext const& context,
    JsonMemory& memory
) {
    if (response.status != success.http_status) return not_understood(response, another_status);
    auto body = JsonObject::read(response.body, memory);
    if (!body) return not_understood(response, body.error().message);
    auto const problem = problem_of(response, *body, success);
    if (!problem.empty()) return not_understood(response, problem, context.sent);
    return body;
}

}  // namespace otp::adapter
