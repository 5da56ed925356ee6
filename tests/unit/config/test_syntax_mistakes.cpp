// What is probably wrong with a text that is no JSON, in the words of the person who wrote it; and
// never a value of the text.
#include "config/json_text.hpp"
#include "config/syntax_mistake.hpp"

#include <algorithm>
#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;

constexpr std::size_t max_depth = 32;

struct Row {
    std::string name;
    std::string text;
    std::string mistake;
};

void PrintTo(Row const& row, std::ostream* out) {
    *out << row.name;
}

std::vector<Row> comma_rows() {
    return {
        {"trailing_in_object",
         R"({"version": 1,})",
         R"(line 1, column 14: a trailing comma: nothing follows it before }; at ^ in: {"version": …^,})"},
        {"trailing_in_list",
         "{\n  \"use\": [\"hunter2\", ]\n}",
         R"(line 2, column 20: a trailing comma: nothing follows it before ]; at ^ in: "use": ["…"^, ])"},
        {"trailing_in_the_line_before",
         "{\"a\": 1,\n}",
         R"(line 1, column 8: a trailing comma: nothing follows it before }; at ^ in: {"a": …^,)"},
        {"double",
         "[1,,2]",
         "line 1, column 4: this comma is one too many: no value stands before it; at ^ in: "
         "[…,^,…]"},
        {"double_in_object",
         R"({"a": 1,, "b": 2})",
         R"(line 1, column 9: this comma is one too many: no member stands before it; at ^ in: {"a": …,^, "…": …})"},
        {"first",
         "{,}",
         "line 1, column 2: this comma is one too many: no member stands before it; at ^ in: {^,}"},
        {"for_a_value",
         R"({"a":,})",
         R"(line 1, column 6: a value is missing before this comma; at ^ in: {"a":^,})"},
        {"missing",
         R"({"a": "x" "b": 2})",
         R"(line 1, column 11: a missing comma: it belongs before this; at ^ in: {"a": "…" ^"…": …})"},
        {"missing_in_the_line_before",
         "{\n \"a\": \"hunter2\"\n \"b\": 2\n}",
         R"(line 3, column 2: a missing comma: it belongs before this, behind the end of line 2; at ^ in: ^"…": …)"},
        {"missing_behind_an_object",
         R"({"a": {} "b": 1})",
         R"(line 1, column 10: a missing comma: it belongs before this; at ^ in: {"a": {} ^"…": …})"},
        {"semicolon",
         R"({"a": 1; "b": 2})",
         R"(line 1, column 8: a comma belongs here instead of ;; at ^ in: {"a": …^; "…": …})"},
    };
}

std::vector<Row> colon_rows() {
    return {
        {"missing",
         R"({"a" 1})",
         R"(line 1, column 6: a missing colon: it belongs before this, behind the name of the member; at ^ in: {"…" ^…})"},
        {"equals_sign",
         R"({"a" = 1})",
         R"(line 1, column 6: a colon belongs here instead of =; at ^ in: {"…" ^= …})"},
        {"list_in_wrong_brackets",
         R"({"a", "b"})",
         R"(line 1, column 5: a colon and a value are missing here; a list stands in [ ]; at ^ in: {"…"^, "…"})"},
        {"members_in_wrong_brackets",
         R"(["a": 1])",
         R"(line 1, column 5: a colon in a list: members with names stand in { }; at ^ in: ["…"^: …])"},
        {"second",
         R"({"a": "b": 1})",
         R"(line 1, column 10: a second colon: a comma or a quotation mark is missing before; at ^ in: {"a": "…"^: …})"},
        {"without_name",
         "{:1}",
         "line 1, column 2: the name before this colon is missing; at ^ in: {^:…}"},
        {"without_value",
         R"({"a":})",
         R"(line 1, column 6: a value is missing before this }; at ^ in: {"a":^})"},
    };
}

std::vector<Row> quote_rows() {
    return {
        {"single_around_a_name",
         "{'version': 1}",
         "line 1, column 2: single quotes: the name of a member stands in double quotes (\"); at ^ "
         "in: {^'…: …}"},
        {"single_around_a_value",
         R"({"a": 'hunter2'})",
         R"(line 1, column 7: single quotes: a value stands in double quotes ("); at ^ in: {"a": ^'…})"},
        {"typographic",
         R"({"a": “hunter2”})",
         R"(line 1, column 7: typographic quotes: a value stands in double quotes ("); at ^ in: {"a": ^“…})"},
        {"back",
         R"({"a": `hunter2`})",
         R"(line 1, column 7: back quotes: a value stands in double quotes ("); at ^ in: {"a": ^`…})"},
        {"none_around_a_name",
         "{version: 1}",
         "line 1, column 2: the name of a member stands in double quotes; at ^ in: {^version: …}"},
        {"none_around_a_value",
         R"({"secret": hunter2})",
         R"(line 1, column 12: a text stands in double quotes; at ^ in: {"secret": ^…})"},
        {"none_around_a_reference",
         R"({"secret": ${env:STYTCH}})",
         R"(line 1, column 12: a reference stands in double quotes: "${env:NAME}"; at ^ in: {"secret": ^…})"},
        {"none_around_a_duration",
         R"({"deadline": 8s})",
         R"(line 1, column 14: a duration stands in double quotes: "8s"; at ^ in: {"deadline": ^…})"},
        {"not_closed",
         "{\"a\": \"hunter2,\n\"b\": 1}",
         R"(line 1, column 7: the text that begins here has no closing " in its line; at ^ in: {"a": ^"…)"},
        {"not_closed_in_a_file_of_windows",
         "{\"a\": \"hunter2,\r\n\"b\": 1}",
         R"(line 1, column 7: the text that begins here has no closing " in its line; at ^ in: {"a": ^"…)"},
        {"not_closed_before_the_next",
         R"({"a": "hunter2, "b": "hunter3"})",
         R"(line 1, column 18: a missing comma before this, or a quotation mark too few or too many; in a text it is written \"; at ^ in: {"a": "…"^…"…"…"…)"},
        {"not_closed_name",
         R"({"a: "hunter2"})",
         R"(line 1, column 7: a missing colon before this, or a quotation mark too few or too many; in a text it is written \"; at ^ in: {"…"^…"…)"},
        {"in_a_text",
         R"({"a": "say "hi" now"})",
         R"(line 1, column 13: a missing comma before this, or a quotation mark too few or too many; in a text it is written \"; at ^ in: {"a": "…"^…"…"})"},
    };
}

std::vector<Row> text_rows() {
    return {
        {"path_of_windows",
         R"({"ca_file": "C:\certs"})",
         R"(line 1, column 16: a backslash here begins no escape: write \\ for the character itself; at ^ in: {"ca_file": ^"…})"},
        {"user_of_windows",
         R"({"ca_file": "C:\users"})",
         R"(line 1, column 16: a backslash here begins no escape: write \\ for the character itself; at ^ in: {"ca_file": ^"…})"},
        {"half_a_character",
         R"({"a": "\ud83d"})",
         R"(line 1, column 8: a backslash here begins no escape: write \\ for the character itself; at ^ in: {"a": ^"…})"},
        {"continued_in_the_next_line",
         "{\"a\": \"x\\\n y\"}",
         R"(line 1, column 9: a backslash here begins no escape: write \\ for the character itself; at ^ in: {"a": ^"…)"},
        {"tab",
         "{\"a\": \"x\ty\"}",
         R"(line 1, column 9: a tab stands in a text: write \t, or a blank; at ^ in: {"a": ^"…})"},
        {"control_character",
         "{\"a\": \"x\x01y\"}",
         R"(line 1, column 9: a control character stands in a text: write it as \u00XX; at ^ in: {"a": ^"…})"},
        {"latin_1",
         "{\"a\": \"gr\xfc\xdf\"}",
         R"(line 1, column 10: a byte here is not UTF-8: save the file as UTF-8; at ^ in: {"a": ^"…})"},
        {"blank_that_is_none",
         "{\"a\":\xc2\xa0"
         "1}",
         R"(line 1, column 6: an invisible character stands here, which is no blank: remove it; at ^ in: {"a":^?…})"},
        {"character_without_width",
         "{\"a\": 1\xe2\x80\x8b}",
         R"(line 1, column 8: an invisible character stands here, which is no blank: remove it; at ^ in: {"a": …^?})"},
        {"bytes_of_no_character",
         "{\"a\":\xff\xfe}",
         R"(line 1, column 6: these bytes are not UTF-8: save the file as UTF-8; at ^ in: {"a":^??})"},
        {"second_byte_order_mark",
         "{\xef\xbb\xbf\"a\": 1}",
         R"(line 1, column 2: an invisible character stands here, which is no blank: remove it; at ^ in: {^?"…": …})"},
    };
}

std::vector<Row> word_rows() {
    return {
        {"python_true",
         R"({"a": True})",
         R"(line 1, column 7: true is written in small letters; at ^ in: {"a": ^True})"},
        {"python_false",
         R"({"a": False})",
         R"(line 1, column 7: false is written in small letters; at ^ in: {"a": ^False})"},
        {"python_none",
         R"({"a": None})",
         R"(line 1, column 7: write null for what is not there; at ^ in: {"a": ^None})"},
        {"javascript_undefined",
         R"({"a": undefined})",
         R"(line 1, column 7: write null for what is not there; at ^ in: {"a": ^undefined})"},
        {"not_a_number",
         R"({"a": NaN})",
         R"(line 1, column 7: JSON has no such number; at ^ in: {"a": ^NaN})"},
        {"yaml_yes",
         R"({"a": yes})",
         R"(line 1, column 7: write true or false; at ^ in: {"a": ^yes})"},
        {"misspelt",
         R"({"a": flase})",
         R"(line 1, column 7: did you mean false?; at ^ in: {"a": ^…})"},
        {"octal",
         R"({"a": 010})",
         R"(line 1, column 7: this is no number of JSON: write decimal digits without a leading 0, + or _; at ^ in: {"a": ^…})"},
        {"hexadecimal",
         R"({"a": 0x1F})",
         R"(line 1, column 7: this is no number of JSON: write decimal digits without a leading 0, + or _; at ^ in: {"a": ^…})"},
        {"plus",
         R"({"a": +1})",
         R"(line 1, column 7: this is no number of JSON: write decimal digits without a leading 0, + or _; at ^ in: {"a": ^…})"},
        {"comment_of_a_shell",
         "{\"a\": 1 # hunter2\n}",
         R"(line 1, column 9: # begins no comment: write //; at ^ in: {"a": … ^… …)"},
        {"merge_conflict",
         "{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> x\n}",
         "line 2, column 1: this is the mark of a merge conflict; at ^ in: ^… …"},
    };
}

std::vector<Row> bracket_rows() {
    return {
        {"not_closed",
         "{\n  \"version\": 1",
         R"(line 2, column 15: the text ends, and the { of line 1, column 1 is not closed; at ^ in: "version": …^)"},
        {"not_closed_further_in",
         "{\n  \"a\": {\n    \"b\": 1,\n  \"c\": 2\n}\n",
         "line 6, column 1: the text ends, and the { of line 1, column 1 is not closed; or the { "
         "of "
         "line 2, column 8 is not, since what closes it is indented otherwise"},
        {"closed_by_another",
         "{\n  \"a\": [\n    1\n  }\n}\n",
         "line 4, column 3: a ] is missing before this }, for the [ of line 2, column 8; at ^ in: "
         "^}"},
        {"closed_twice",
         R"({"a": 1}})",
         R"(line 1, column 9: this closes nothing: the configuration has ended before; at ^ in: {"a": …}^})"},
        {"not_opened", "]", "line 1, column 1: this ] closes nothing; at ^ in: ^]"},
        {"two_objects",
         "{}\n{}",
         "line 2, column 1: something follows behind the end of the configuration; at ^ in: ^{}"},
        {"too_deep",
         std::string(33, '['),
         "line 1, column 33: the brackets are nested more deeply than 32 levels; at ^ in: " +
             std::string(32, '[') + "^["},
        {"object_without_a_name",
         "{{}}",
         "line 1, column 2: a member's name and a colon are missing before this; at ^ in: {^{}}"},
        {"comment_not_closed",
         "{} /* hunter2",
         "line 1, column 14: the text ends inside a comment: */ is missing; at ^ in: {} ^/*…"},
    };
}

std::vector<Row> format_rows() {
    return {
        {"empty", "", "line 1, column 1: the text is empty"},
        {"blank", " \n\t", "line 2, column 2: the text is empty"},
        {"comments_only", "// hunter2\n", "line 2, column 1: there are comments only"},
        {"yaml",
         "version: 1\n",
         "line 1, column 1: this looks like YAML; a configuration is JSON, and begins with {"},
        {"yaml_document",
         "---\nversion: 1\n",
         "line 1, column 1: this looks like YAML; a configuration is JSON, and begins with {"},
        {"yaml_behind_a_comment",
         "# hunter2\nversion: 1\n",
         "line 1, column 1: this looks like YAML; a configuration is JSON, and begins with {"},
        {"toml",
         "version = 1\n",
         "line 1, column 1: this looks like TOML or INI; a configuration is JSON, and begins with "
         "{"},
        {"toml_section",
         "[instances.stytch]\nvendor = \"stytch\"\n",
         "line 1, column 2: this looks like TOML or INI; a configuration is JSON, and begins with "
         "{"},
        {"xml",
         "<configuration/>",
         "line 1, column 1: this looks like XML; a configuration is JSON, and begins with {"},
        {"utf_16", "\xff\xfe{\0}\0"s, "line 1, column 1: the text is UTF-16: save it as UTF-8"},
        {"utf_16_without_mark",
         "{\0}\0"s,
         "line 1, column 1: the text is UTF-16: save it as UTF-8"},
        {"utf_16_big_endian", "\0{\0}"s, "line 1, column 1: the text is UTF-16: save it as UTF-8"},
        {"utf_32",
         "\xff\xfe\0\0{\0\0\0"s,
         "line 1, column 1: the text is UTF-32: save it as UTF-8"},
        {"binary",
         "\x1f\x8b\x08\0\0"s,
         "line 1, column 1: the text is compressed or binary data: save it as UTF-8"},
    };
}

class SyntaxMistake : public testing::TestWithParam<Row> {};

TEST_P(SyntaxMistake, is_named_with_its_place_and_its_line) {
    Violations violations;
    EXPECT_EQ(parse_json_text(GetParam().text, violations), std::nullopt);
    auto const error = violations.take_error("the text");
    ASSERT_TRUE(error);
    ASSERT_EQ(error->violations.size(), 1U);
    EXPECT_EQ(error->violations[0].pointer, "");
    EXPECT_EQ(error->violations[0].message, GetParam().mistake);
    EXPECT_THAT(error->violations[0].message, Not(HasSubstr("hunter")));
}

std::string row_name(testing::TestParamInfo<Row> const& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(commas, SyntaxMistake, testing::ValuesIn(comma_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(colons, SyntaxMistake, testing::ValuesIn(colon_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(quotes, SyntaxMistake, testing::ValuesIn(quote_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(texts, SyntaxMistake, testing::ValuesIn(text_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(words, SyntaxMistake, testing::ValuesIn(word_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(brackets, SyntaxMistake, testing::ValuesIn(bracket_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(formats, SyntaxMistake, testing::ValuesIn(format_rows()), row_name);

TEST(SyntaxMistakes, cut_a_long_line_around_the_place) {
    auto const text = R"({ "version": 1, "instances": { "stytch": { "vendor": "stytch", )"
                      R"("credentials": { "project_id": "p" "secret": "hunter2" } } }, )"
                      R"("routes": {} })";
    EXPECT_EQ(
        find_syntax_mistake(text, max_depth),
        R"(line 1, column 99: a missing comma: it belongs before this; at ^ in: )"
        R"(…h": { "vendor": "…", "credentials": { "project_id": "…" ^"…": "…" } } }, …)"
    );
}

TEST(SyntaxMistakes, show_a_name_only_where_a_name_is_certain) {
    // A secret that lost its name or its colon stands where a name would.
    for (auto const* text :
         {R"({"a": "x", "hunter2"})",
          R"({"hunter2" "b"})",
          R"({"a": 1 "hunter2": 2})",
          R"({"a": [ "x": "y", "hunter2": "z" ]})",
          R"({"a": "b" "c", "hunter2": 3})"}) {
        auto const mistake = find_syntax_mistake(text, max_depth);
        ASSERT_TRUE(mistake) << text;
        EXPECT_THAT(*mistake, Not(HasSubstr("hunter2")));
    }
}

/// A configuration whose values may all be secrets.
constexpr std::string_view document = R"({
  // comment CANARY1
  "version": 1, /* CANARY2 */
  "instances": {
    "main": { "vendor": "CANARY3", "credentials": { "secret": "CANARY4\n", "id": "CANARY5" } }
  },
  "list": [ "CANARY6", -1.5e3, true, null, { "x": [] } ]
})";

/// The parser decides what is JSON; the explanation must find a mistake in what it refuses, find
/// none in what it takes, and never repeat a value.
void expect_agreement(std::string const& text) {
    Violations violations;
    bool const is_json = parse_json_text(text, violations).has_value();
    auto const mistake = find_syntax_mistake(text, max_depth);
    EXPECT_EQ(is_json, !mistake.has_value()) << text << '\n' << mistake.value_or("");
    if (mistake) {
        EXPECT_THAT(*mistake, Not(HasSubstr("CANARY"))) << text;
        EXPECT_EQ(mistake->find('\n'), std::string::npos) << text;
    }
}

TEST(JsonComments, may_have_any_number_of_stars) {
    for (auto const* comment : {"/**/", "/***/", "/****/", "/** x **/", "/* * / */", "// **/"}) {
        expect_agreement(comment + "\n{} "s + comment);
        Violations violations;
        EXPECT_TRUE(parse_json_text(comment + "\n{} "s + comment, violations)) << comment;
    }
    Violations violations;
    auto const json =
        parse_json_text(R"({"a": "// no comment /* at all", "b": "\"//"})", violations);
    ASSERT_TRUE(json);
    EXPECT_EQ(json->at("a"), "// no comment /* at all");
    EXPECT_EQ(json->at("b"), "\"//");
}

TEST(SyntaxMistakes, are_found_in_whatever_the_parser_refuses) {
    constexpr auto insertions =
        std::to_array<std::string_view>({"\"", "'", "\\", ",", ":",    "{",        "}",  "[",
                                         "]",  "=", "#",  "/", "*",    "\n",       "\t", "x",
                                         "0",  "-", ".",  "“", "\xff", "\xc2\xa0", "//", "/*"});
    for (std::size_t at = 0; at <= document.size(); ++at) {
        std::string const before(document.substr(0, at));
        auto const rest = document.substr(at);
        expect_agreement(before);
        if (!rest.empty()) expect_agreement(before + std::string(rest.substr(1)));
        for (auto const insertion : insertions) {
            expect_agreement(before + std::string(insertion) + std::string(rest));
        }
    }
}

TEST(SyntaxMistakes, are_found_in_time_that_grows_with_the_text) {
    constexpr std::size_t count = 100'000;
    for (std::string const part : {"'", "“", "x", "\"\\", "[", "/", "\"a\": ", "${", "' ", "/*"}) {
        std::string text = "{\"a\": \"";
        for (std::size_t at = 0; at < count; ++at) text += part;
        for (auto const& refused : {text, text.substr(6), "[" + text.substr(7)}) {
            Violations violations;
            EXPECT_FALSE(parse_json_text(refused, violations));
        }
    }
}

}  // namespace
}  // namespace otp::config
