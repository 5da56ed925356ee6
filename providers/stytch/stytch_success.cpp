#include "stytch/stytch_success.hpp"

#include "common/json_members.hpp"
#include "common/named_members.hpp"
#include "common/text_check.hpp"

#include <otp/adapter/json_body.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace otp::stytch {
namespace {

namespace json = boost::json;
using common::JsonMember;

constexpr std::string_view send_page =
    "https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send";
constexpr std::string_view verify_page = "https://stytch.com/docs/api/authenticate-otp";
constexpr std::string_view errors_page = "https://stytch.com/docs/api/errors/400";

constexpr int http_ok = 200;

/// It repeats the HTTP status, as a number or as text.
bool is_ok(JsonMember const& status_code) noexcept {
    return status_code.kind == JsonMember::Kind::integer
               ? status_code.integer == http_ok
               : common::parse_integer(status_code.text) == http_ok;
}

using Names = std::initializer_list<std::string_view>;
Names const names_of_user{"userid", "sessionuserid"};
Names const names_of_method{"methodid", "phoneid", "emailid"};
Names const names_of_number{"phonenumber", "phone"};
Names const names_of_address{"email", "emailaddress"};

/// Whether it is a name for the person or the method, in whatever spelling.
bool names_somebody(std::string_view name) noexcept {
    auto const is_one_of = [name](Names names) {
        return std::any_of(names.begin(), names.end(), [name](std::string_view plain_name) {
            return common::is_spelling_of(name, plain_name);
        });
    };
    return is_one_of(names_of_user) || is_one_of(names_of_method) || is_one_of(names_of_number) ||
           is_one_of(names_of_address);
}

/// What an application keeps in these is its own, and `is_of_the_user` looks at the rest.
bool is_profile(std::string_view name) noexcept {
    return name == "user" || name == "session" || name == "user_device";
}

/// Of an answer with a body, whether all members of these names, in whatever spelling and at any
/// depth, are texts of which `is_same` is true.
template <class IsSame>
bool all_are(Answer const& answer, Names plain_names, IsSame is_same) {
    auto const holds = [is_same](json::value const& value) {
        return value.is_string() && is_same(std::string_view(value.get_string()));
    };
    return std::all_of(answer.body->begin(), answer.body->end(), [&](auto const& member) {
        if (is_profile(std::string_view(member.key().data(), member.key().size()))) return true;
        return common::all_named(json::object{{member.key(), member.value()}}, plain_names, holds);
    });
}

bool names_one_person(Answer const& answer) {
    auto const is = [](std::string_view id) {
        return [id](std::string_view named) { return named == id; };
    };
    return all_are(answer, names_of_user, is(answer.success.user_id)) &&
           all_are(answer, names_of_method, is(answer.success.method_id));
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
                   common::equal_ignoring_case(text, answer.recipient) ||
                   (!is_address && is_same_number(text, answer.recipient));
        }
    );
}

/// The members that the walk over a body leaves behind.
struct Collector {
    StytchSuccess& success;
    std::string_view method_id_name;
    bool is_verify;
    bool needs_tree{false};

    void take(JsonMember const& member) {
        auto const& [name, kind, text, integer] = member;
        auto const as_text = kind == JsonMember::Kind::text ? text : std::string_view();
        // Whatever its name: what speaks against a success may lie below.
        needs_tree |= kind == JsonMember::Kind::nested || name == "user" || name == "session";
        if (name == "request_id") {
            success.request_id = as_text;
        } else if (name == "user_id") {
            success.user_id = as_text;
        } else if (name == method_id_name) {
            success.method_id = as_text;
        } else if (name == "status_code") {
            success.repeats_the_status = is_ok(member);
        } else if (name == "session_token" || name == "session_jwt") {
            bool const is_session =
                kind == JsonMember::Kind::null || kind == JsonMember::Kind::text;
            if (!is_session) success.has_sessions_as_texts = false;
            (name == "session_jwt" ? success.session_jwt : success.session_token) = as_text;
        } else if (name == "error_type" || name == "error") {
            success.names_an_error |= kind != JsonMember::Kind::null;
        } else if (name != "user_created" && name != "reset_sessions") {
            needs_tree |= is_verify || may_contradict(name) || names_somebody(name);
        }
    }
};

/// Whether what stands at `name`, if there is anything, is an object of the answer's own user.
bool is_of_the_user(Answer const& answer, std::string_view name) {
    auto const* const value = answer.body == nullptr ? nullptr : answer.body->if_contains(name);
    if (value == nullptr || value->is_null()) return true;
    auto const* const object = value->if_object();
    if (object == nullptr) return false;
    return std::all_of(object->begin(), object->end(), [&](auto const& member) {
        std::string_view const key(member.key().data(), member.key().size());
        bool const is_id = common::is_spelling_of(key, "userid") ||
                           (name == "user" && common::is_spelling_of(key, "id"));
        auto const* const text = member.value().if_string();
        return !is_id || (text != nullptr &&
                          std::string_view(text->data(), text->size()) == answer.success.user_id);
    });
}

/// A request may name the user by an id of the application's (`external_id`), which is not echoed.
bool is_stytchs_own_id(std::string_view id) {
    return id.starts_with("user-test-") || id.starts_with("user-live-");
}

bool names_wanted_user(Answer const& answer) {
    return answer.user_id.empty() || !is_stytchs_own_id(answer.user_id) ||
           answer.user_id == answer.success.user_id;
}

constexpr SuccessPredicate<Answer> an_error{
    "it names an error",
    [](Answer const& answer) { return !answer.success.names_an_error; },
    errors_page};
constexpr SuccessPredicate<Answer> another_status{
    "status_code is not 200",
    [](Answer const& answer) { return answer.success.repeats_the_status; },
    send_page};
constexpr SuccessPredicate<Answer> no_request_id{
    "request_id is missing",
    [](Answer const& answer) { return !answer.success.request_id.empty(); },
    send_page};
constexpr SuccessPredicate<Answer> no_user_id{
    "user_id is missing or no id",
    [](Answer const& answer) { return common::is_vendor_id(answer.success.user_id); },
    send_page};
constexpr SuccessPredicate<Answer> no_method_id{
    "the id of the phone number or email address is missing or no id",
    [](Answer const& answer) { return common::is_vendor_id(answer.success.method_id); },
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
                   (answer.body == nullptr ||
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
    SuccessPredicate<Answer>{
        "the session is no text",
        [](Answer const& answer) { return answer.success.has_sessions_as_texts; },
        verify_page},
    // Another method's success must not pass for this one's.
    SuccessPredicate<Answer>{
        "method_id is another one",
        [](Answer const& answer) { return answer.success.method_id == answer.method_id; },
        verify_page},
    SuccessPredicate<Answer>{
        "there are two users, or two numbers or addresses",
        [](Answer const& answer) { return answer.body == nullptr || names_one_person(answer); },
        verify_page},
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

Result<StytchSuccess> read_success(
    std::string_view body, std::string_view method_id_name, common::StackJson& memory
) {
    StytchSuccess success;
    // What nobody documents may be a no in the answer to a code.
    bool const is_verify = method_id_name == "method_id";
    Collector collector{success, method_id_name, is_verify};
    auto unreadable = common::visit_json_members(body, memory, [&](JsonMember const& member) {
        collector.take(member);
    });
    if (unreadable) return std::move(*unreadable);
    if (collector.needs_tree) {
        auto tree = common::parse_json_object(body, memory);
        if (!tree) return std::move(tree).error();
        success.tree.emplace(std::move(*tree));
    }
    return success;
}

constinit SuccessTable<Answer> const send_success{
    documented_statuses, send_predicates, documented_members};

constinit SuccessTable<Answer> const verify_success{
    documented_statuses, verify_predicates, documented_members, members_of_verify};

}  // namespace otp::stytch
