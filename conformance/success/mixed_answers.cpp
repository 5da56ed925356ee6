#include "success/success_checks.hpp"

#include <otp/adapter/contradiction.hpp>
#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace otp::conformance {
namespace {

namespace json = boost::json;

constexpr Check name_of_check{"mixed answer", Cause::misses_contradiction};

/// The success with all members of the refusal that it has not, if they speak against it.
void add_what_is_missing(
    OperationCheck& check, JsonAnswer const& success, JsonAnswer const& refusal
) {
    auto both = success.body.get_object();
    json::object added;
    for (auto const& member : refusal.body.get_object()) {
        if (both.insert(member).second) added.insert(member);
    }
    if (find_contradiction(added, success.response.status).empty()) return;
    auto response = success.response;
    response.body = json::serialize(both);
    check.expect_doubt({name_of_check, response.body}, response);
}

/// Whether it has only members that are null: then its status alone says no.
bool says_nothing(json::object const& refusal) {
    return std::all_of(refusal.begin(), refusal.end(), [](auto const& member) {
        return member.value().is_null();
    });
}

/// The refusal with all members of the success that it has not.
void complete_the_refusal(
    OperationCheck& check, JsonAnswer const& success, JsonAnswer const& refusal
) {
    auto both = refusal.body.get_object();
    if (says_nothing(both)) return;
    for (auto const& member : success.body.get_object()) both.insert(member);
    if (both == success.body.get_object()) return;
    auto response = success.response;
    response.body = json::serialize(both);
    check.expect_no_success({name_of_check, response.body}, response);
}

/// Whether it is a text that tells people of a failure in one of the usual words.
bool tells_failure(json::value const& value) {
    static constexpr std::array<std::string_view, 7> words{
        "invalid", "incorrect", "wrong", "expired", "fail", "not found", "denied"};
    if (!value.is_string()) return false;
    std::string text(value.get_string());
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::any_of(words.begin(), words.end(), [&text](std::string_view word) {
        return text.find(word) != text.npos;
    });
}

/// The success with the refusal's sentence, in place of its own if it has one.
void say_it_with_the_refusals_words(
    OperationCheck& check, JsonAnswer const& success, JsonAnswer const& refusal
) {
    for (auto const& member : refusal.body.get_object()) {
        if (!tells_failure(member.value())) continue;
        auto response = success.response;
        auto const pointer = append_json_pointer("", member.key());
        auto both = success.body.get_object();
        both[member.key()] = member.value();
        response.body = json::serialize(both);
        check.expect_doubt(
            {name_of_check, pointer + " = " + std::string(member.value().get_string())}, response
        );
    }
}

}  // namespace

void check_mixed_answers(OperationCheck& check) {
    for (auto const& success : check.successes()) {
        for (auto const& refusal : check.refusals()) {
            add_what_is_missing(check, success, refusal);
            complete_the_refusal(check, success, refusal);
            say_it_with_the_refusals_words(check, success, refusal);
        }
    }
}

}  // namespace otp::conformance
