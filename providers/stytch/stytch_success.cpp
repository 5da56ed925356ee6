#include "stytch/stytch_success.hpp"

#include <otp/adapter/json_object.hpp>
#include <otp/adapter/named_members.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace otp::stytch {
namespace {

namespace json = boost::json;

constexpr std::string_view send_page =
    "https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send";
constexpr std::string_view verify_page = "https://stytch.com/docs/api/authenticate-otp";
constexpr std::string_view errors_page = "https://stytch.com/docs/api/errors/400";

constexpr int http_ok = 200;

using Names = std::initializer_list<std::string_view>;
Names const names_of_user{"userid", "sessionuserid"};
Names const names_of_method{"methodid", "phoneid", "emailid"};
Names const names_of_number{"phonenumber", "phone"};
Names const names_of_address{"email", "emailaddress"};

/// Whether all members of these names, in whatever spelling and at any depth, are texts of which
/// `is_same` is true. What an application keeps in a profile is its own, and `is_of_the_user` looks
/// at the rest.
template <class IsSame>
bool all_are(Answer const& answer, Names plain_names, IsSame is_same) {
    auto const holds = [is_same](json::value const& value) {
        return value.is_string() && is_same(std::string_view(value.get_string()));
    };
    return adapter::all_named(*answer.body, plain_names, holds, {"user", "session", "user_device"});
}

std::string_view text_of(Answer const& answer, std::string_view name) {
    return string_member(*answer.body, name).value_or(std::string_view());
}

/// Most answers have just the members that name the one user and the one method: nothing is to be
/// compared then.
bool has_usual_members_only(Answer const& answer) {
    auto const members = answer.body->members();
    return answer.body->is_flat() &&
           std::all_of(members.begin(), members.end(), [&](adapter::JsonMember const& member) {
               std::string_view const name = member.name;
               return name == "status_code" || name == "request_id" || name == "user_id" ||
                      name == answer.method_id_name || name == "user_created";
           });
}

bool names_one_person(Answer const& answer) {
    if (has_usual_members_only(answer)) return true;
    auto const is = [](std::string_view id) {
        return [id](std::string_view named) { return named == id; };
    };
    return all_are(answer, names_of_user, is(text_of(answer, "user_id"))) &&
           all_are(answer, names_of_method, is(method_id_of(answer)));
}

/// Whether it has the digits of the number, and nothing else that tells something.
bool is_same_number(std::string_view text, std::string_view number) {
    std::string digits = "+";
    for (char const c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (std::string_view("+ -().").find(c) == std::string_view::npos) {
            return false;
        }
    }
    return digits == number;
}

/// Only what is of the recipient's kind: a user may have both. A masked one names nobody.
bool names_recipient_if_any(Answer const& answer) {
    bool const is_address = answer.recipient.find('@') != answer.recipient.npos;
    return all_are(
        answer,
        is_address ? names_of_address : names_of_number,
        [&](std::string_view text) {
            return text.find('*') != text.npos ||
                   adapter::equal_ignoring_case(text, answer.recipient) ||
                   (!is_address && is_same_number(text, answer.recipient));
        }
    );
}

/// It repeats the HTTP status, as a number or as text.
bool repeats_status_if_any(Answer const& answer) {
    auto const& body = *answer.body;
    if (!body.contains("status_code")) return true;
    if (auto const text = string_member(body, "status_code")) {
        return adapter::parse_integer(*text) == http_ok;
    }
    return integer_member(body, "status_code") == http_ok;
}

bool has_sessions_as_texts(Answer const& answer) {
    auto const is_session = [&](std::string_view name) {
        return !answer.body->has_value(name) || string_member(*answer.body, name).has_value();
    };
    return is_session("session_token") && is_session("session_jwt");
}

/// Whether what stands at `name`, if there is anything, is an object of the answer's own user.
bool is_of_the_user(Answer const& answer, std::string_view name) {
    if (!answer.body->has_value(name)) return true;
    auto const* const object = object_member(*answer.body, name);
    if (object == nullptr) return false;
    return std::all_of(object->begin(), object->end(), [&](auto const& member) {
        std::string_view const key(member.key().data(), member.key().size());
        bool const is_id = adapter::is_spelling_of(key, "userid") ||
                           (name == "user" && adapter::is_spelling_of(key, "id"));
        auto const* const text = member.value().if_string();
        return !is_id || (text != nullptr && std::string_view(text->data(), text->size()) ==
                                                 text_of(answer, "user_id"));
    });
}

/// A request may name the user by an id of the application's (`external_id`), which is not echoed.
bool is_stytchs_own_id(std::string_view id) {
    return id.starts_with("user-test-") || id.starts_with("user-live-");
}

bool names_wanted_user(Answer const& answer) {
    return answer.user_id.empty() || !is_stytchs_own_id(answer.user_id) ||
           answer.user_id == text_of(answer, "user_id");
}

constexpr SuccessPredicate<Answer> an_error{
    "it names an error",
    [](Answer const& answer) {
        return has_usual_members_only(answer) || !names_an_error(*answer.body);
    },
    errors_page};
constexpr SuccessPredicate<Answer> another_status{
    "status_code is not 200", repeats_status_if_any, send_page};
constexpr SuccessPredicate<Answer> no_request_id{
    "request_id is missing",
    [](Answer const& answer) { return !text_of(answer, "request_id").empty(); },
    send_page};
constexpr SuccessPredicate<Answer> no_user_id{
    "user_id is missing or no id",
    [](Answer const& answer) { return adapter::is_vendor_id(text_of(answer, "user_id")); },
    send_page};
constexpr SuccessPredicate<Answer> no_method_id{
    "the id of the phone number or email address is missing or no id",
    [](Answer const& answer) { return adapter::is_vendor_id(method_id_of(answer)); },
    send_page};

constexpr std::array send_predicates{
    an_error,
    another_status,
    no_request_id,
    no_user_id,
    no_method_id,
    SuccessPredicate<Answer>{
        "it names another user, number or address",
        [](Answer const& answer) {
            return names_wanted_user(answer) &&
                   (has_usual_members_only(answer) ||
                    (names_one_person(answer) && names_recipient_if_any(answer)));
        },
        send_page},
};

constexpr std::array verify_predicates{
    an_error,
    another_status,
    no_request_id,
    no_user_id,
    no_method_id,
    SuccessPredicate<Answer>{"the session is no text", has_sessions_as_texts, verify_page},
    // Another method's success must not pass for this one's.
    SuccessPredicate<Answer>{
        "method_id is another one",
        [](Answer const& answer) { return method_id_of(answer) == answer.method_id; },
        verify_page},
    SuccessPredicate<Answer>{
        "there are two users, or two numbers or addresses", names_one_person, verify_page},
    SuccessPredicate<Answer>{
        "user is another one",
        [](Answer const& answer) { return is_of_the_user(answer, "user"); },
        verify_page},
    SuccessPredicate<Answer>{
        "session is another user's",
        [](Answer const& answer) { return is_of_the_user(answer, "session"); },
        verify_page},
};

constexpr std::array documented_statuses{http_ok};
/// The user's and the session's members tell of all their addresses, devices and factors; what an
/// application keeps in them is its own.
constexpr std::array<std::string_view, 7> documented_members{
    "/status_code",
    "/user/*",
    "/user/trusted_metadata/**",
    "/user/untrusted_metadata/**",
    "/session/*",
    "/session/custom_claims/**",
    "/user_device/*"};
/// The user is named by an id alone.
constexpr std::array<std::string_view, 9> members_of_send{
    "/status_code",
    "/request_id",
    "/user_id",
    "/phone_id",
    "/email_id",
    "/user_created",
    "/user/*",
    "/session/*",
    "/user_device/*"};
constexpr std::array<std::string_view, 13> members_of_verify{
    "/request_id",
    "/user_id",
    "/method_id",
    "/session_token",
    "/session_jwt",
    "/reset_sessions",
    "/status_code",
    "/user",
    "/user/**",
    "/session",
    "/session/**",
    "/user_device",
    "/user_device/**"};

}  // namespace

bool names_an_error(adapter::JsonObject const& body) {
    return body.has_value("error_type") || body.has_value("error");
}

std::string_view method_id_of(Answer const& answer) {
    return text_of(answer, answer.method_id_name);
}

constinit SuccessTable<Answer> const send_success{
    documented_statuses, send_predicates, members_of_send};

constinit SuccessTable<Answer> const verify_success{
    documented_statuses, verify_predicates, documented_members, members_of_verify};

}  // namespace otp::stytch
