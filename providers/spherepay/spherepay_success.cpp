#include "spherepay/spherepay_success.hpp"

#include <otp/adapter/named_members.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/iso8601.hpp>
#include <otp/json_body.hpp>

#include <boost/json/value.hpp>

#include <array>

namespace otp::spherepay {
namespace {

constexpr std::string_view send_page =
    "https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code";
constexpr std::string_view verify_page =
    "https://docs.spherepay.co/api-reference/enhanced-due-diligence/verify-verification-code";
/// The answers of 2025, with `type`, `contact` and `verified`.
constexpr std::string_view page_of_2025 =
    "https://docs.spherepay.co/api-reference/onboarding/send-verification-code";

bool has_time(Answer const& answer, std::string_view name) {
    return parse_iso8601(string_member(*answer.body, name).value_or("")).has_value();
}

bool is_customer(boost::json::value const& value, std::string_view customer_id) {
    if (auto const* const object = value.if_object()) {
        return string_member(*object, "id").value_or(customer_id) == customer_id;
    }
    return value.is_string() && std::string_view(value.get_string()) == customer_id;
}

/// In its own place, and wherever else a customer is named: what has the form of a customer's id is
/// one under any name.
bool names_customer(Answer const& answer) {
    auto const is_no_other = [&](std::string_view text) {
        return !text.starts_with("customer_") || text == answer.customer_id;
    };
    return string_member(*answer.body, "customerId") == answer.customer_id &&
           adapter::all_named(
               *answer.body,
               {"customerid", "customer"},
               [&](auto const& value) { return is_customer(value, answer.customer_id); }
           ) &&
           adapter::all_values_named(
               *answer.body, [](std::string_view) { return true; }, is_no_other
           );
}

bool names_type_if_any(Answer const& answer) {
    bool const is_type =
        !answer.body->has_value("type") || string_member(*answer.body, "type") == answer.type;
    return is_type && adapter::all_named(*answer.body, {"channel"}, [&](auto const& value) {
               bool const is_email =
                   value.is_string() && adapter::equal_ignoring_case(value.get_string(), "email");
               return is_email == (answer.type == "email");
           });
}

constexpr SuccessPredicate<Answer> another_customer{
    "customerId is missing or another one", names_customer, send_page};
constexpr SuccessPredicate<Answer> another_type{
    "type is another one", names_type_if_any, page_of_2025};

constexpr std::array send_predicates{
    another_customer,
    another_type,
    SuccessPredicate<Answer>{
        "expiresAt is no ISO 8601 time",
        [](Answer const& answer) { return has_time(answer, "expiresAt"); },
        send_page},
};

constexpr std::array verify_predicates{
    another_customer,
    another_type,
    SuccessPredicate<Answer>{
        "verifiedAt is no ISO 8601 time",
        [](Answer const& answer) { return has_time(answer, "verifiedAt"); },
        verify_page},
};

constexpr std::array documented_statuses{200};
constexpr std::array<std::string_view, 1> documented_members{"/type"};
constexpr std::array<std::string_view, 5> members_of_verify{
    "/customerId", "/verifiedAt", "/type", "/contact", "/verified"};

}  // namespace

constinit SuccessTable<Answer> const send_success{
    documented_statuses, send_predicates, documented_members};

constinit SuccessTable<Answer> const verify_success{
    documented_statuses, verify_predicates, documented_members, members_of_verify};

}  // namespace otp::spherepay
