#include "stytch/stytch_success.hpp"

#include "common/json_members.hpp"
#include "common/named_members.hpp"
#include "common/text_check.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
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

/// Whether it is a name for the person or the method, in whatever spelling.
bool names_somebody(std::string_view name) noexcept {
    return common::is_spelling_of(name, "userid") || common::is_spelling_of(name, "methodid");
}

/// What an application keeps in these is its own, and `is_of_the_user` looks at the rest.
bool is_profile(std::string_view name) noexcept {
    return name == "user" || name == "session" || name == "user_device";
}

/// Whether all members of the name, in whatever spelling and at any depth, are `id`.
bool all_are(Answer const& answer, std::string_view plain_name, std::string_view id) {
    if (answer.body == nullptr) return true;
    auto const is_id = [id](json::value const& value) {
        return value.is_string() && std::string_view(value.get_string()) == id;
    };
    return std::all_of(answer.body->begin(), answer.body->end(), [&](auto const& member) {
        if (is_profile(std::string_view(member.key().data(), member.key().size()))) return true;
        return common::all_named(json::object{{member.key(), member.value()}}, {plain_name}, is_id);
    });
}

/// The members that the walk over a body leaves behind.
struct Collector {
    StytchSuccess& success;
    std::string_view method_id_name;
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
        } else if (name != "user_created") {
            needs_tree |= may_contradict(name) || names_somebody(name);
        }
    }
};

/// Whether what stands at `name`, if there is anything, is an object of the answer's own user.
bool is_of_the_user(Answer const& answer, std::string_view name) {
    auto const* const value = answer.body == nullptr ? nullptr : answer.body->if_contains(name);
    if (value == nullptr || value->is_null()) return true;
    auto const* const object = value->if_object();
    if (object == nullptr) return false;
    return !object->contains("user_id") ||
           string_member(*object, "user_id") == answer.success.user_id;
}

/// A request may name the user by an id of the application's (`external_id`), which is not echoed.
bool is_stytchs_own_id(std::string_view id) {
    return id.starts_with("user-test-") || id.starts_with("user-live-");
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
        "user_id is another one",
        [](Answer const& answer) {
            return !is_stytchs_own_id(answer.user_id) || answer.user_id == answer.success.user_id;
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
        [](Answer const& answer) {
            return answer.success.method_id == answer.method_id &&
                   all_are(answer, "methodid", answer.method_id);
        },
        verify_page},
    SuccessPredicate<Answer>{
        "there are two users",
        [](Answer const& answer) { return all_are(answer, "userid", answer.success.user_id); },
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

}  // namespace

Result<StytchSuccess> read_success(
    std::string_view body, std::string_view method_id_name, common::StackJson& memory
) {
    StytchSuccess success;
    Collector collector{success, method_id_name};
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
    documented_statuses, verify_predicates, documented_members};

}  // namespace otp::stytch
