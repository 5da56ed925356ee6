#include <otp/adapter/flat_success.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <string>
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

std::string problem_with(NeededMember const& member) {
    auto problem = std::string(member.name);
    switch (member.value) {
        case NeededMember::Value::id:
            return problem.append(" is missing or no id");
        case NeededMember::Value::truth:
            return problem.append(" is not true");
        case NeededMember::Value::same:
            return problem.append(" is missing or another one");
    }
    return problem;
}

AnswerProblem contradiction_in(
    JsonObject const& body, FlatSuccess const& success, std::vector<std::string> const& pointers
) {
    std::vector<std::string_view> const documented(pointers.begin(), pointers.end());
    auto problem = find_contradiction(body, success.http_status, documented);
    if (!problem.empty() || !success.members_are_all) return problem;
    return find_undocumented_refusal(body, documented);
}

}  // namespace

Result<JsonObject> read_success(
    HttpResponse const& response,
    FlatSuccess const& success,
    AttemptContext const& context,
    JsonMemory& memory
) {
    if (response.status != success.http_status)
        return not_understood(response, "its status is not the documented one");
    auto body = JsonObject::read(response.body, memory);
    if (!body) return not_understood(response, body.error().message);
    std::vector<std::string> pointers;
    for (auto const& member : success.members) {
        if (!holds(member, *body)) return not_understood(response, problem_with(member));
        pointers.push_back(append_json_pointer("", member.name));
    }
    auto const problem = contradiction_in(*body, success, pointers);
    if (!problem.empty()) return not_understood(response, problem, context.sent);
    return body;
}

}  // namespace otp::adapter
