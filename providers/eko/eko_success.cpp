#include "eko/eko_success.hpp"

#include "eko/eko_errors.hpp"

#include <otp/adapter/named_members.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
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

/// Whether all members of these names, texts or numbers, name what `is_same` accepts.
template <class IsSame>
bool all_name(
    Answer const& answer, std::initializer_list<std::string_view> plain_names, IsSame const& is_same
) {
    return adapter::all_named(*answer.body, plain_names, [&](json::value const& value) {
        if (auto const* const number = value.if_int64()) return is_same(std::to_string(*number));
        return value.is_string() && is_same(std::string(value.get_string()));
    });
}

constexpr std::size_t longest_number = 16;

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// What stands for a digit that is not shown.
constexpr bool is_mask(char c) noexcept {
    return c == '*' || c == 'X' || c == 'x';
}

constexpr bool separates_digits(char c) noexcept {
    return c == '+' || c == '-' || c == ' ' || c == '(' || c == ')';
}

bool may_be_number(std::string_view text) {
    constexpr std::ptrdiff_t shortest_number = 10;
    auto const is_place = [](char c) { return is_digit(c) || is_mask(c); };
    return std::count_if(text.begin(), text.end(), is_place) >= shortest_number &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return is_place(c) || separates_digits(c);
           });
}

bool is_number(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("0123456789", text[0] == '-' ? 1 : 0) == text.npos;
}

bool has_good_status(Answer const& answer) {
    return !answer.envelope.malformed && answer.envelope.status == 0;
}

/// In its own place, and wherever else it stands.
bool has_good_display_status_if_any(Answer const& answer) {
    return all_name(answer, {"responsestatusid"}, [](std::string const& text) {
        return text == "0" || text == "-1";
    });
}

/// Elsewhere at Eko a customer's id is his number.
bool is_name_of_number(std::string_view plain_name) {
    return plain_name == "customerid" || adapter::is_name_of_number(plain_name);
}

/// Under the documented name nothing else may stand; elsewhere only what looks like a number, whole
/// or with a part of it masked.
bool names_mobile_if_any(Answer const& answer) {
    bool const has_own = all_name(answer, {"mobile"}, [&](std::string const& text) {
        return is_same_mobile(text, answer.mobile);
    });
    return has_own &&
           adapter::all_values_named(*answer.body, is_name_of_number, [&](std::string_view text) {
               return !may_be_number(text) || is_same_mobile(text, answer.mobile);
           });
}

bool names_reference_if_any(
    Answer const& answer, std::string_view plain_name, std::string_view sent
) {
    return sent.empty() ||
           all_name(answer, {plain_name}, [&](std::string const& text) { return text == sent; });
}

/// -1 is that of a validation error, and the others are documented for answers to other requests.
bool may_be_type_of_a_send(Answer const& answer) {
    static constexpr std::array<std::string_view, 5> others{"-1", "1604", "1632", "1633", "1634"};
    return all_name(answer, {"responsetypeid"}, [](std::string const& text) {
        return is_number(text) && std::find(others.begin(), others.end(), text) == others.end();
    });
}

/// 1604 where the vendor itself has sent the code for a user of its own.
bool is_type_of_a_verify_if_any(Answer const& answer) {
    return all_name(answer, {"responsetypeid"}, [](std::string const& text) {
        return text == "1632" || text == "1604";
    });
}

/// A signed token, and none of the words that programs write where they have none.
bool is_token(std::string_view text) {
    for (std::string_view const word : {"null", "none", "false", "failed", "undefined", "n/a"}) {
        if (adapter::equal_ignoring_case(text, word)) return false;
    }
    return adapter::is_visible_ascii(text);
}

/// Whether one of these is a word of the text, which is compared without regard to case.
bool has_word(std::string_view text, std::initializer_list<std::string_view> words) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    while (!text.empty()) {
        auto const begin = std::min(text.find_first_of(letters), text.size());
        auto const end = std::min(text.find_first_not_of(letters, begin), text.size());
        auto const word = text.substr(begin, end - begin);
        for (auto const expected : words) {
            if (adapter::equal_ignoring_case(word, expected)) return true;
        }
        text.remove_prefix(end);
    }
    return false;
}

/// Documented as `OTP verification successful.`; what is not good news in one of the usual words
/// may mean anything.
bool tells_success(std::string_view message) {
    return message.empty() ||
           (has_word(message, {"success", "successful", "successfully", "verified"}) &&
            !has_word(message, {"not", "un", "no", "never", "yet"}));
}

constexpr std::array common_predicates{
    SuccessPredicate<Answer>{"status is not 0", has_good_status, codes_page},
    SuccessPredicate<Answer>{
        "response_status_id is neither 0 nor -1", has_good_display_status_if_any, numbers_page},
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
    SuccessPredicate<Answer>{
        "response_type_id is that of another answer", may_be_type_of_a_send, codes_page},
    SuccessPredicate<Answer>{"mobile is another one", names_mobile_if_any, send_page},
};

// More than the numbers is asked for, because a send's answer has the same numbers: only a right
// code is answered with a token.
constexpr std::array verify_predicates{
    common_predicates[0],
    common_predicates[1],
    common_predicates[2],
    SuccessPredicate<Answer>{
        "response_type_id is not that of a verified code", is_type_of_a_verify_if_any, codes_page},
    SuccessPredicate<Answer>{
        "its message is none of a success",
        [](Answer const& answer) { return tells_success(answer.envelope.message); },
        verify_page},
    SuccessPredicate<Answer>{
        "response_status_id is missing",
        [](Answer const& answer) { return answer.envelope.response_status_id.has_value(); },
        verify_page},
    SuccessPredicate<Answer>{
        "data.otp_verification_token is missing",
        [](Answer const& answer) {
            auto const* const data = answer.envelope.data;
            return data != nullptr &&
                   is_token(string_member(*data, "otp_verification_token").value_or(""));
        },
        verify_page},
    SuccessPredicate<Answer>{"mobile is another one", names_mobile_if_any, verify_page},
    SuccessPredicate<Answer>{
        "client_ref_id is another one",
        [](Answer const& answer) {
            return names_reference_if_any(answer, "clientrefid", answer.client_ref_id) &&
                   names_reference_if_any(answer, "clientreferenceid", answer.client_ref_id);
        },
        verify_page},
    SuccessPredicate<Answer>{
        "otp_ref_id is another one",
        [](Answer const& answer) {
            return names_reference_if_any(answer, "otprefid", answer.otp_ref_id);
        },
        numbers_page},
};

constexpr std::array documented_statuses{200};
constexpr std::array<std::string_view, 1> documented_members{"/status"};
constexpr std::array<std::string_view, 13> members_of_verify{
    "/status",
    "/message",
    "/response_status_id",
    "/response_type_id",
    "/data",
    "/data/client_ref_id",
    "/data/otp_verification_token",
    "/data/initiator_id",
    "/data/mobile",
    "/data/tid",
    "/data/user_code",
    "/data/otp_ref_id",
    "/data/otp"};

}  // namespace

constinit SuccessTable<Answer> const send_success{
    documented_statuses, send_predicates, documented_members};

constinit SuccessTable<Answer> const verify_success{
    documented_statuses, verify_predicates, documented_members, members_of_verify};

bool is_same_mobile(std::string_view named, std::string_view mobile) noexcept {
    std::array<char, longest_number> digits{};
    std::size_t count = 0;
    bool is_masked = false;
    for (char const c : named) {
        if (is_mask(c)) {
            // What is before it is not compared.
            is_masked = true;
            count = 0;
        } else if (is_digit(c)) {
            if (count == digits.size()) return false;
            digits[count++] = c;
        } else if (!separates_digits(c)) {
            return false;
        }
    }
    std::string_view const number(digits.data(), count);
    if (is_masked) return mobile.ends_with(number);
    for (std::string_view const prefix : {"91", "0", ""}) {
        if (number.size() == prefix.size() + mobile.size() && number.starts_with(prefix) &&
            number.ends_with(mobile)) {
            return true;
        }
    }
    return false;
}

}  // namespace otp::eko
