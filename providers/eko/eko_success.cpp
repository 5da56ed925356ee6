#include "eko/eko_success.hpp"

#include "eko/eko_errors.hpp"

#include <otp/json_body.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace otp::eko {
namespace {

namespace json = boost::json;

constexpr std::string_view codes_page = "https://eps.eko.in/docs/error-codes";
constexpr std::string_view send_page = "https://eps.eko.in/docs/mobile-otp-send";
constexpr std::string_view verify_page = "https://eps.eko.in/docs/mobile-otp-verify";
/// -1 is "success for GET and calls that are no transaction".
constexpr std::string_view numbers_page =
    "https://github.com/ekoindia/openapi-spec/blob/master/docs/docs.md";

/// Whether the member, if it names anything below `data` or beside it, names there what `is_same`
/// accepts.
template <class IsSame>
bool names_if_any(Answer const& answer, std::string_view name, IsSame const& is_same) {
    std::array const places{answer.envelope.data, answer.body};
    return std::all_of(places.begin(), places.end(), [&](json::object const* object) {
        auto const* const value = object == nullptr ? nullptr : object->if_contains(name);
        if (value == nullptr || value->is_null()) return true;
        auto const text = text_member(*object, name);
        return text && is_same(*text);
    });
}

bool has_good_status(Answer const& answer) {
    return !answer.envelope.malformed && answer.envelope.status == 0;
}

bool has_good_display_status_if_any(Answer const& answer) {
    auto const& id = answer.envelope.response_status_id;
    return !id || *id == 0 || *id == -1;
}

bool names_mobile_if_any(Answer const& answer) {
    return names_if_any(answer, "mobile", [&](std::string const& text) {
        return is_same_mobile(text, answer.mobile);
    });
}

bool names_reference_if_any(Answer const& answer, std::string_view name, std::string_view sent) {
    return sent.empty() ||
           names_if_any(answer, name, [&](std::string const& text) { return text == sent; });
}

constexpr std::array common_predicates{
    SuccessPredicate<Answer>{"status is not 0", has_good_status, codes_page},
    SuccessPredicate<Answer>{
        "response_status_id is neither 0 nor -1", has_good_display_status_if_any, numbers_page},
    SuccessPredicate<Answer>{
        "response_type_id is that of a validation error",
        [](Answer const& answer) { return integer_member(*answer.body, "response_type_id") != -1; },
        codes_page},
    SuccessPredicate<Answer>{
        "its message is one of a failure",
        [](Answer const& answer) { return find_message_rule(answer.envelope.message) == nullptr; },
        codes_page},
};

// `data.client_ref_id` is not compared: the page's own example echoes another one than it sent.
constexpr std::array send_predicates{
    common_predicates[0],
    common_predicates[1],
    common_predicates[2],
    common_predicates[3],
    SuccessPredicate<Answer>{"mobile is another one", names_mobile_if_any, send_page},
};

// More than the numbers is asked for, because a send's answer has the same numbers: only a right
// code is answered with a token.
constexpr std::array verify_predicates{
    common_predicates[0],
    common_predicates[1],
    common_predicates[2],
    common_predicates[3],
    SuccessPredicate<Answer>{
        "response_status_id is missing",
        [](Answer const& answer) { return answer.envelope.response_status_id.has_value(); },
        verify_page},
    SuccessPredicate<Answer>{
        "data.otp_verification_token is missing",
        [](Answer const& answer) {
            auto const* const data = answer.envelope.data;
            return data != nullptr &&
                   !string_member(*data, "otp_verification_token").value_or("").empty();
        },
        verify_page},
    SuccessPredicate<Answer>{"mobile is another one", names_mobile_if_any, verify_page},
    SuccessPredicate<Answer>{
        "client_ref_id is another one",
        [](Answer const& answer) {
            return names_reference_if_any(answer, "client_ref_id", answer.client_ref_id);
        },
        verify_page},
    SuccessPredicate<Answer>{
        "otp_ref_id is another one",
        [](Answer const& answer) {
            return names_reference_if_any(answer, "otp_ref_id", answer.otp_ref_id);
        },
        numbers_page},
};

constexpr std::array documented_statuses{200};
constexpr std::array<std::string_view, 1> documented_members{"/status"};

}  // namespace

constinit SuccessTable<Answer> const send_success{
    documented_statuses, send_predicates, documented_members};

constinit SuccessTable<Answer> const verify_success{
    documented_statuses, verify_predicates, documented_members};

bool is_same_mobile(std::string_view named, std::string_view mobile) noexcept {
    for (std::string_view const prefix : {"+91", "91", "0", ""}) {
        if (named.size() == prefix.size() + mobile.size() && named.starts_with(prefix) &&
            named.ends_with(mobile)) {
            return true;
        }
    }
    return false;
}

}  // namespace otp::eko
