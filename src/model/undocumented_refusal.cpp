#include "model/ascii.hpp"
#include "model/member_names.hpp"
#include "model/member_place.hpp"
#include "model/words_of_failure.hpp"

#include <otp/undocumented_refusal.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace otp {
namespace {

namespace json = boost::json;

/// What texts for people stand under, beside `message` and its like.
constexpr std::array<std::string_view, 13> further_message_ends{
    "note",
    "notes",
    "notice",
    "comment",
    "remark",
    "info",
    "information",
    "explanation",
    "warning",
    "warnings",
    "issues",
    "problems",
    "details"};
constexpr std::array<std::string_view, 10> calls_for_more{
    "pending",
    "challenge",
    "require",
    "needs",
    "mfa",
    "2fa",
    "twofactor",
    "stepup",
    "review",
    "onhold"};
constexpr std::array<std::string_view, 5> ends_after_a_verdict{
    "at", "on", "time", "date", "target"};
constexpr std::array<std::string_view, 6> names_of_codes_like_no{
    "country", "lang", "locale", "region", "nation", "currency"};
/// As a text of their own; sentences and stems are found by `tells_of_failure`.
constexpr std::array<std::string_view, 24> words_of_refusal{
    "no",         "not",       "n",        "ko",      "nok",          "false",
    "deny",       "block",     "decline",  "refuse",  "pending",      "challenge",
    "challenged", "review",    "hold",     "locked",  "suspended",    "revoked",
    "forbidden",  "cancelled", "canceled", "timeout", "unauthorized", "unapproved"};

template <class Texts>
bool has_one_of(Texts const& texts, std::string_view in) {
    return std::any_of(texts.begin(), texts.end(), [in](std::string_view text) {
        return in.find(text) != in.npos;
    });
}

template <class Ends>
bool ends_with_one_of(Ends const& ends, std::string_view name) {
    return std::any_of(ends.begin(), ends.end(), [name](std::string_view end) {
        return name.ends_with(end);
    });
}

bool is_empty(json::value const& value) {
    if (auto const* const text = value.if_string()) return text->empty();
    if (auto const* const list = value.if_array()) return list->empty();
    auto const* const object = value.if_object();
    return value.is_null() || (object != nullptr && object->empty());
}

bool is_zero(json::value const& value) {
    return value.is_number() && value.to_number<double>() == 0;
}

bool is_negative(json::value const& value) {
    return value.is_number() && value.to_number<double>() < 0;
}

bool is_name_of_text_for_people(std::string_view plain_name) {
    return model::is_name_of_message(plain_name) ||
           ends_with_one_of(further_message_ends, plain_name);
}

bool belongs_to_a_verdict(std::string_view plain_name) {
    return std::any_of(
        ends_after_a_verdict.begin(),
        ends_after_a_verdict.end(),
        [plain_name](std::string_view end) {
            return plain_name.ends_with(end) &&
                   model::verdict_in(plain_name.substr(0, plain_name.size() - end.size()));
        }
    );
}

/// Whether one of the words of an identifier (`NOT_VERIFIED`, `pending-review`) is one of refusal.
bool has_word_of_refusal(std::string_view text) {
    std::string word;
    auto const is_refusal = [&word] {
        return std::find(words_of_refusal.begin(), words_of_refusal.end(), word) !=
               words_of_refusal.end();
    };
    for (char const c : text) {
        if (model::is_letter(c)) {
            word += model::to_lower(c);
            continue;
        }
        if (is_refusal()) return true;
        word.clear();
    }
    return is_refusal();
}

bool is_text_of_refusal(std::string_view plain_name, json::string const& value) {
    std::string_view const text(value.data(), value.size());
    bool const has_blank = text.find(' ') != text.npos;
    bool const has_digit = std::any_of(text.begin(), text.end(), model::is_digit);
    if (has_blank) return model::tells_of_failure(value);
    if (has_digit || has_one_of(names_of_codes_like_no, plain_name)) return false;
    return has_word_of_refusal(text) || model::tells_of_failure(value);
}

std::string_view objection(std::string_view plain_name, json::value const& value) {
    if (value.is_bool() && !value.get_bool()) return "a member that is not documented says no";
    if (is_negative(value)) return "a member that is not documented is negative";
    if (is_name_of_text_for_people(plain_name)) {
        return is_empty(value) ? "" : "it has a text that may mean anything";
    }
    if (has_one_of(calls_for_more, plain_name) && !is_empty(value) && !is_zero(value)) {
        return "it asks for something more";
    }
    if (value.is_null() && belongs_to_a_verdict(plain_name)) return "a verdict in it is missing";
    if (value.is_string() && is_text_of_refusal(plain_name, value.get_string())) {
        return "a text that is not documented says no";
    }
    return {};
}

class Search {
public:
    explicit Search(std::span<std::string_view const> documented) : place_(documented) {}

    AnswerProblem in(json::object const& object) {
        for (auto const& member : object) {
            std::string_view const name(member.key().data(), member.key().size());
            auto const plain_name = model::plain_member_name(name);
            auto found = place_.in(name, [&] { return of(plain_name, member.value()); });
            if (!found.empty()) return found;
        }
        return {};
    }

private:
    /// An element of a list stands under the list's name.
    AnswerProblem of(std::string_view plain_name, json::value const& value) {
        if (!place_.is_listed("")) {
            auto const text = objection(plain_name, value);
            if (!text.empty()) return {text, place_.pointer()};
        }
        if (!value.is_structured() || place_.is_listed("/**")) return {};
        if (auto const* const object = value.if_object()) return in(*object);
        auto const& list = value.get_array();
        for (std::size_t index = 0; index < list.size(); ++index) {
            auto found =
                place_.in(std::to_string(index), [&] { return of(plain_name, list[index]); });
            if (!found.empty()) return found;
        }
        return {};
    }

    model::MemberPlace place_;
};

}  // namespace

AnswerProblem find_undocumented_refusal(
    json::object const& body, std::span<std::string_view const> documented
) {
    return Search(documented).in(body);
}

}  // namespace otp
