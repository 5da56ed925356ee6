#include "10npay/ten_n_pay_success.hpp"

#include <otp/adapter/json_object.hpp>
#include <otp/adapter/named_members.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace otp::ten_n_pay {
namespace {

namespace json = boost::json;

constexpr std::string_view send_page = "https://developers.10npay.com/docs/send-verification-code";
constexpr std::string_view verify_page =
    "https://developers.10npay.com/docs/verify-the-phone-number";
constexpr std::string_view status_page = "https://developers.10npay.com/bg/docs/check-user-status/";
/// RFC 9112 6.3: a message without a length ends where the connection does, cut off or not.
constexpr std::string_view length_page = "https://www.rfc-editor.org/rfc/rfc9112#section-6.3";

bool is_named(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [name](std::string_view other) {
        return adapter::equal_ignoring_case(name, other);
    });
}

/// Whether `holds` is true of every member of the tree, with the member's name.
template <class Holds>
bool all_members(json::value const& value, std::string_view name, Holds const& holds) {
    if (auto const* const object = value.if_object()) {
        return std::all_of(object->begin(), object->end(), [&](auto const& member) {
            std::string_view const key(member.key().data(), member.key().size());
            return holds(key, member.value()) && all_members(member.value(), key, holds);
        });
    }
    if (auto const* const array = value.if_array()) {
        return std::all_of(array->begin(), array->end(), [&](json::value const& element) {
            return holds(name, element) && all_members(element, name, holds);
        });
    }
    return true;
}

template <class Holds>
bool all_members(Answer const& answer, Holds const& holds) {
    if (answer.body == nullptr) return true;
    return std::all_of(answer.body->begin(), answer.body->end(), [&](auto const& member) {
        std::string_view const key(member.key().data(), member.key().size());
        return holds(key, member.value()) && all_members(member.value(), key, holds);
    });
}

bool is_empty(Answer const& answer) {
    return answer.body == nullptr || answer.body->empty();
}

/// `application/json` of `application/json; charset=utf-8`.
std::string_view media_type(std::string_view content_type) {
    auto const type = content_type.substr(0, content_type.find(';'));
    auto const end = type.find_last_not_of(" \t");
    return type.substr(0, end == type.npos ? 0 : end + 1);
}

/// An empty answer of another type is a gateway's and not 10nPay's.
bool is_json_if_typed(Answer const& answer) {
    auto const header = answer.response.headers.find("content-type");
    if (!header || header->empty()) return true;
    auto const type = media_type(*header);
    return adapter::equal_ignoring_case(type, "application/json") ||
           adapter::equal_ignoring_case(type, "text/json");
}

/// Nothing tells an empty body that ends with the connection from one that was cut off.
bool has_its_end_marked(Answer const& answer) {
    auto const& headers = answer.response.headers;
    return answer.response.status == 204 || !is_empty(answer) || headers.find("content-length") ||
           headers.find("transfer-encoding");
}

constexpr std::array<std::string_view, 6> user_names{
    "id", "ids", "userid", "userids", "user", "uid"};

bool is_user_name(std::string_view name) {
    return std::any_of(user_names.begin(), user_names.end(), [name](std::string_view plain) {
        return adapter::is_spelling_of(name, plain);
    });
}

/// Of an object the members tell whom it means, and of a list the elements.
bool is_user(std::string_view name, json::value const& value, std::string_view user_id) {
    if (value.is_object()) return adapter::is_spelling_of(name, "user");
    if (value.is_array()) return name.ends_with('s') || name.ends_with('S');
    if (auto const* const number = value.if_int64()) return std::to_string(*number) == user_id;
    auto const* const text = value.if_string();
    return text != nullptr && std::string_view(text->data(), text->size()) == user_id;
}

bool names_the_user(Answer const& answer) {
    return all_members(answer, [&](std::string_view name, json::value const& value) {
        return !is_user_name(name) || value.is_null() || is_user(name, value, answer.user_id);
    });
}

/// A `false` under any name is a no where no name is documented.
bool has_no_false(Answer const& answer) {
    return all_members(answer, [](std::string_view, json::value const& value) {
        auto const* const truth = value.if_bool();
        return truth == nullptr || *truth;
    });
}

/// A sentence about the number stands under its name in ASP.NET's flat reports.
bool is_phone_number(std::string_view text) {
    return text.find_first_not_of("+0123456789 -().") == text.npos;
}

/// `{"message":"Invalid code."}`: no document says which texts are good news, nor what a message of
/// another type says.
bool has_no_text(Answer const& answer) {
    return all_members(answer, [](std::string_view name, json::value const& value) {
        if (is_named(name, {"message"})) return value.is_null();
        if (!value.is_string() || is_user_name(name)) return true;
        return adapter::is_spelling_of(name, "phonenumber") && is_phone_number(value.get_string());
    });
}

/// A true or a number tells something only under a name that can be judged, or repeats what was
/// sent.
bool has_names_that_can_be_judged(Answer const& answer) {
    return all_members(answer, [](std::string_view name, json::value const& value) {
        bool const tells = value.is_bool() || value.is_number();
        if (adapter::is_spelling_of(name, "correlationtype")) {
            auto const* const type = value.if_int64();
            return value.is_null() || (type != nullptr && (*type == 0 || *type == 1));
        }
        return !tells || is_user_name(name) || may_contradict(name);
    });
}

/// All members of 10nPay's problem details may be null.
bool has_no_problem_member(Answer const& answer) {
    return all_members(answer, [](std::string_view name, json::value const&) {
        return !is_named(name, {"errors", "type", "title", "detail", "traceId", "instance"});
    });
}

constexpr SuccessPredicate<Answer> another_type{
    "its content is not JSON", is_json_if_typed, verify_page};
constexpr SuccessPredicate<Answer> no_length{
    "it is empty and does not say how long it is", has_its_end_marked, length_page};

constexpr std::array send_predicates{
    another_type,
    no_length,
    SuccessPredicate<Answer>{"a body where none is documented", is_empty, send_page},
};

constexpr std::array verify_predicates{
    another_type,
    no_length,
    SuccessPredicate<Answer>{"it names another user", names_the_user, verify_page},
    SuccessPredicate<Answer>{"it says no", has_no_false, verify_page},
    SuccessPredicate<Answer>{"it has a text that may mean anything", has_no_text, verify_page},
    SuccessPredicate<Answer>{
        "it has a member that may mean anything", has_names_that_can_be_judged, verify_page},
    SuccessPredicate<Answer>{
        "it has members of problem details", has_no_problem_member, verify_page},
};

/// Registered, PendingVerification or Active; not Deactivated (300), Closed (350) or Blocked (400).
bool is_user_in_good_standing(Answer const& answer) {
    auto const* const status =
        answer.body == nullptr ? nullptr : answer.body->if_contains("status");
    if (status == nullptr || status->is_null()) return true;
    auto const* const number = status->if_int64();
    return number != nullptr && (*number == 50 || *number == 150 || *number == 200);
}

constexpr std::array status_predicates{
    SuccessPredicate<Answer>{
        "isPhoneNumberVerified is missing",
        [](Answer const& answer) {
            return answer.body != nullptr &&
                   bool_member(*answer.body, "isPhoneNumberVerified").has_value();
        },
        status_page},
    SuccessPredicate<Answer>{"it names another user", names_the_user, status_page},
    SuccessPredicate<Answer>{
        "its status is none of a user who may log in", is_user_in_good_standing, status_page},
};

constexpr std::array send_statuses{204, 200};
constexpr std::array resend_statuses{204};
constexpr std::array verify_statuses{200};
/// `status` is the user's, from 50, Registered, to 400, Blocked.
constexpr std::array<std::string_view, 4> documented_of_status{
    "/isPhoneNumberVerified", "/isEmailVerified", "/isScaVerified", "/status"};

bool is_blank(std::string_view body) {
    return body.find_first_not_of(" \t\r\n") == body.npos;
}

}  // namespace

constinit SuccessTable<Answer> const send_success{send_statuses, send_predicates, {}};

constinit SuccessTable<Answer> const resend_success{resend_statuses, send_predicates, {}};

constinit SuccessTable<Answer> const verify_success{
    verify_statuses, verify_predicates, {}, std::span<std::string_view const>()};

constinit SuccessTable<Answer> const status_success{
    verify_statuses, status_predicates, documented_of_status};

AnswerProblem problem_of_answer(
    HttpResponse const& response, std::string_view user_id, SuccessTable<Answer> const& table
) {
    if (is_blank(response.body)) return problem_of(Answer{response, nullptr, user_id}, table);
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return {"the body is neither empty nor a JSON object"};
    return problem_of(Answer{response, &body->tree(), user_id}, table);
}

bool says_nothing(HttpResponse const& response) {
    if (is_blank(response.body)) return true;
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return false;
    return all_members(
        Answer{response, &body->tree(), {}},
        [](std::string_view, json::value const& value) {
            auto const* const truth = value.if_bool();
            return truth == nullptr || !*truth;
        }
    );
}

Result<Verification> read_user_status(
    HttpResponse const& response, std::string_view user_id, SentTexts const& sent
) {
    if (auto const problem = problem_of_answer(response, user_id, status_success);
        !problem.empty()) {
        return adapter::not_understood(response, problem, sent);
    }
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    bool const verified = bool_member(*body, "isPhoneNumberVerified") == true;
    auto verification = adapter::verification_of(
        verified ? Verification::Outcome::approved : Verification::Outcome::rejected, response
    );
    if (verified) verification.user_id = user_id;
    return verification;
}

}  // namespace otp::ten_n_pay
