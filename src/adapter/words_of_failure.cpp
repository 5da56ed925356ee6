#include "adapter/words_of_failure.hpp"

#include "adapter/word_list.hpp"
#include "model/ascii.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace otp::adapter {

using model::to_lower;
namespace {

/// In small letters.
constexpr WordList words_of_failure(std::to_array<std::string_view>({
    "invalid",        "incorrect",    "wrong",          "mismatch",     "expired",
    "fail",           "unsuccessful", "unverified",     "unable",       "error",
    "denied",         "reject",       "decline",        "refused",      "exhausted",
    "exceeded",       "blocked",      "too many",       "already used", "timed out",
    "time out",       "not valid",    "not verif",      "not match",    "not found",
    "not exist",      "not allowed",  "not accepted",   "not approved", "not confirmed",
    "not successful", "not correct",  "not authorized", "could not",    "can not",
    "cannot",         "n't match",    "n't verif",      "n't exist",    "n't valid",
    "no such",        "not sent",     "n't sent",       "not deliver",  "no longer",
    "not done",       "un-success",   "un success",
}));

/// As most people type them: `doesn't`, and no `doesnât`.
std::string with_plain_apostrophes(std::string_view text) {
    static constexpr std::array<std::string_view, 3> apostrophes{
        "\xE2\x80\x99", "\xE2\x80\x98", "\xCA\xBC"};
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        auto const* const found =
            std::find_if(apostrophes.begin(), apostrophes.end(), [text](std::string_view one) {
                return text.starts_with(one);
            });
        bool const is_one = found != apostrophes.end();
        plain += is_one ? '\'' : text.front();
        text.remove_prefix(is_one ? found->size() : 1);
    }
    return plain;
}

}  // namespace

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), to_lower);
    return small;
}

bool tells_of_failure(boost::json::value const& value) {
    if (auto const* const list = value.if_array()) {
        return std::any_of(list->begin(), list->end(), tells_of_failure);
    }
    if (auto const* const object = value.if_object()) {
        return std::any_of(object->begin(), object->end(), [](auto const& member) {
            return tells_of_failure(member.value());
        });
    }
    if (!value.is_string()) return false;
    auto const text = with_plain_apostrophes(in_small_letters(value.get_string()));
    return words_of_failure.find_in(text).has_value();
}

}  // namespace otp::adapter
