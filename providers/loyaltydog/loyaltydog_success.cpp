#include "loyaltydog/loyaltydog_success.hpp"

#include "loyaltydog/loyaltydog_errors.hpp"

#include <otp/adapter/named_members.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace otp::loyaltydog {
namespace {

namespace json = boost::json;

constexpr std::string_view send_page =
    "https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp";
constexpr std::string_view verify_page =
    "https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp";

bool is_email(std::string_view target) {
    return target.find('@') != target.npos;
}

bool is_phone(std::string_view target) {
    return target.find_first_not_of("+0123456789 -().") == target.npos;
}

std::string digits_of(std::string_view target) {
    std::string digits;
    std::copy_if(target.begin(), target.end(), std::back_inserter(digits), [](char c) {
        return c >= '0' && c <= '9';
    });
    return digits;
}

bool says_success(Answer const& answer) {
    return bool_member(*answer.body, "success") == true;
}

/// The documented text `error` may be null, and an empty text says as much.
bool says_no_error(Answer const& answer) {
    return !answer.body->has_value("error") || string_member(*answer.body, "error") == "";
}

bool tells_no_failure(Answer const& answer) {
    auto const message = string_member(*answer.body, "message").value_or("");
    return !tells_failure(message);
}

/// Whether all members of these names, if they name anybody, name the target.
bool all_name_target(Answer const& answer, std::initializer_list<std::string_view> plain_names) {
    return adapter::all_named(*answer.body, plain_names, [&](json::value const& value) {
        return value.is_string() &&
               is_same_target(std::string_view(value.get_string()), answer.target);
    });
}

bool names_target(Answer const& answer) {
    return all_name_target(answer, {"verifiedtarget", "verifiedtargets", "target", "recipient"});
}

/// Whether `named` is `target`, which has no country's number, with one of 1 to 3 digits in front.
bool is_international_form(std::string_view named, std::string_view target) {
    constexpr std::size_t shortest_national_number = 7;
    constexpr std::size_t longest_country_number = 3;
    if (target.starts_with('+') || !named.starts_with('+') || !is_phone(named)) return false;
    auto const digits = digits_of(named);
    auto national = digits_of(target);
    national.erase(0, national.find_first_not_of('0'));
    return national.size() >= shortest_national_number && digits.ends_with(national) &&
           digits.size() > national.size() &&
           digits.size() - national.size() <= longest_country_number;
}

/// Whether all members of the names of a number, if they tell one, tell the target's.
bool all_have_number_of_target(Answer const& answer) {
    auto const is_targets = [&](std::string_view named) {
        return is_same_target(named, answer.target) || is_international_form(named, answer.target);
    };
    bool const has_own = adapter::all_named(
        *answer.body,
        {"phone", "phones", "phonenumber", "mobile"},
        [&](json::value const& value) {
            return value.is_string() && is_targets(std::string_view(value.get_string()));
        }
    );
    return has_own && adapter::all_values_named(
                          *answer.body,
                          adapter::is_name_of_number,
                          [&](std::string_view named) {
                              constexpr std::size_t shortest_number = 7;
                              return digits_of(named).size() < shortest_number ||
                                     !is_phone(named) || is_targets(named);
                          }
                      );
}

/// Only the addresses of the target's kind: a person may have both. What a target means that is
/// neither an address nor a number (`table 7`), only LoyaltyDog knows.
bool identity_has_target(Answer const& answer) {
    bool const may_be_read =
        !answer.body->has_value("identity") || object_member(*answer.body, "identity") != nullptr;
    if (!may_be_read) return false;
    if (is_email(answer.target)) {
        return all_name_target(answer, {"email", "emails", "emailaddress"});
    }
    return !is_phone(answer.target) || all_have_number_of_target(answer);
}

bool identity_has_id(Answer const& answer) {
    auto const* const identity = object_member(*answer.body, "identity");
    auto const* const id = identity == nullptr ? nullptr : identity->if_contains("id");
    if (id == nullptr || id->is_null()) return true;
    return adapter::is_vendor_id(string_member(*identity, "id").value_or(""));
}

constexpr SuccessPredicate<Answer> no_success{"success is not true", says_success, send_page};
constexpr SuccessPredicate<Answer> an_error{
    "success and an error together", says_no_error, send_page};
constexpr SuccessPredicate<Answer> another_target{
    "it names another target", names_target, verify_page};

constexpr SuccessPredicate<Answer> a_failure{
    "success and a message of failure together", tells_no_failure, send_page};

constexpr SuccessPredicate<Answer> another_person{
    "its identity is another person", identity_has_target, verify_page};

constexpr std::array send_predicates{
    no_success, an_error, a_failure, another_target, another_person};

constexpr std::array verify_predicates{
    no_success,
    an_error,
    a_failure,
    another_target,
    another_person,
    SuccessPredicate<Answer>{"identity.id is no id", identity_has_id, verify_page},
};

constexpr std::array documented_statuses{200};
constexpr std::array<std::string_view, 2> documented_members{"/success", "/error"};
constexpr std::array<std::string_view, 13> members_of_verify{
    "/success",
    "/error",
    "/verifiedTarget",
    "/otpType",
    "/sessionToken",
    "/identity",
    "/identity/id",
    "/identity/email",
    "/identity/phone",
    "/identity/name",
    "/identity/verified",
    "/identity/verifiedAt",
    "/identity/trustLevel"};

}  // namespace

constinit SuccessTable<Answer> const send_success{
    documented_statuses, send_predicates, documented_members};

constinit SuccessTable<Answer> const verify_success{
    documented_statuses, verify_predicates, documented_members, members_of_verify};

bool is_same_target(std::string_view left, std::string_view right) {
    if (is_email(left) || is_email(right)) return adapter::equal_ignoring_case(left, right);
    if (!is_phone(left) || !is_phone(right)) return left == right;
    auto const digits = digits_of(left);
    return !digits.empty() && digits == digits_of(right);
}

}  // namespace otp::loyaltydog
