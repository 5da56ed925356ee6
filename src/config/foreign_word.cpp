#include "config/foreign_word.hpp"

#include "model/ascii.hpp"
#include "model/text_cursor.hpp"

#include <otp/nearest_name.hpp>

#include <algorithm>
#include <array>

namespace otp::config {

namespace {

struct ForeignLiteral {
    std::string_view word;
    std::string_view advice;
};

constexpr std::string_view write_true = "true is written in small letters";
constexpr std::string_view write_false = "false is written in small letters";
constexpr std::string_view write_null = "write null for what is not there";
constexpr std::string_view no_number = "JSON has no such number";
constexpr std::string_view write_boolean = "write true or false";

/// Python, JavaScript, YAML, Ruby and SQL.
constexpr auto foreign_literals = std::to_array<ForeignLiteral>(
    {{"True", write_true},    {"TRUE", write_true},     {"False", write_false},
     {"FALSE", write_false},  {"None", write_null},     {"Null", write_null},
     {"NULL", write_null},    {"nil", write_null},      {"undefined", write_null},
     {"~", write_null},       {"NaN", no_number},       {"nan", no_number},
     {"Infinity", no_number}, {"-Infinity", no_number}, {"inf", no_number},
     {"yes", write_boolean},  {"Yes", write_boolean},   {"no", write_boolean},
     {"No", write_boolean},   {"on", write_boolean},    {"On", write_boolean},
     {"off", write_boolean},  {"Off", write_boolean}}
);

constexpr auto json_words = std::to_array<std::string_view>({"true", "false", "null"});

/// RFC 8259 6.
bool is_json_number(std::string_view text) noexcept {
    model::TextCursor cursor(text);
    auto const takes_digits = [&cursor] { return !cursor.take_all_digits().empty(); };
    cursor.take("-");
    if (!cursor.take("0") && !takes_digits()) return false;
    if (cursor.take(".") && !takes_digits()) return false;
    if (cursor.take("e") || cursor.take("E")) {
        if (!cursor.take("+")) cursor.take("-");
        if (!takes_digits()) return false;
    }
    return cursor.at_end();
}

ForeignLiteral const* find_foreign(std::string_view word) noexcept {
    auto const* const found = std::find_if(
        foreign_literals.begin(),
        foreign_literals.end(),
        [word](ForeignLiteral const& literal) { return literal.word == word; }
    );
    return found == foreign_literals.end() ? nullptr : found;
}

bool is_duration(std::string_view word) noexcept {
    model::TextCursor cursor(word);
    if (cursor.take_all_digits().empty()) return false;
    auto const unit = cursor.rest();
    return unit == "ms" || unit == "s" || unit == "m" || unit == "h";
}

/// Whether it begins like a number: with a digit behind signs, or with a point and a digit.
bool is_like_number(std::string_view word) noexcept {
    auto const first = word.find_first_not_of("+-.");
    return first != word.npos && model::is_digit(word[first]) &&
           word.find_first_not_of("0123456789+-._xXeEabcdefABCDEF") == word.npos;
}

}  // namespace

bool is_json_literal(std::string_view word) noexcept {
    bool const is_word = std::find(json_words.begin(), json_words.end(), word) != json_words.end();
    return is_word || is_json_number(word);
}

bool is_foreign_literal(std::string_view word) noexcept {
    return find_foreign(word) != nullptr;
}

std::string_view advice_for(std::string_view word) {
    if (auto const* const known = find_foreign(word)) return known->advice;
    if (word.starts_with('$')) return R"(a reference stands in double quotes: "${env:NAME}")";
    if (is_duration(word)) return R"(a duration stands in double quotes: "8s")";
    if (is_like_number(word)) {
        return "this is no number of JSON: write decimal digits without a leading 0, + or _";
    }
    if (word.starts_with('#')) return "# begins no comment: write //";
    if (auto const literal = nearest_name(word, json_words)) {
        return *literal == "true"    ? "did you mean true?"
               : *literal == "false" ? "did you mean false?"
                                     : "did you mean null?";
    }
    return "a text stands in double quotes";
}

}  // namespace otp::config
