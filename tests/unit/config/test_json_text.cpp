// Syntax: comments, line and column, repeated names.
#include "config_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class JsonText : public testing::Test {
protected:
    ConfigFixture fixture_;
};

TEST_F(JsonText, may_hold_comments_and_a_byte_order_mark) {
    auto const config = fixture_.parse(
        "\xef\xbb\xbf"
        R"(// a configuration
{
    "version": 1, /* the only
                     one */
    "instances": { "a": { "vendor": "free" } } // done
}
// end
)"
    );
    ASSERT_TRUE(config) << config.error();
    EXPECT_EQ(config->instances.front().name, "a");
}

TEST_F(JsonText, tells_line_and_column_of_a_syntax_error) {
    EXPECT_THAT(
        fixture_.mistakes("{\n  \"version\": 1,\n  \"instances\": ?\n}"),
        ElementsAre(HasSubstr("line 3, column 16: "))
    );
    EXPECT_THAT(fixture_.mistakes("?"), ElementsAre(HasSubstr("line 1, column 1: ")));
}

TEST_F(JsonText, counts_columns_in_characters) {
    EXPECT_THAT(fixture_.mistakes("{ \"äöü\": ? }"), ElementsAre(HasSubstr("line 1, column 10: ")));
}

TEST_F(JsonText, tells_where_an_incomplete_text_ends) {
    EXPECT_THAT(fixture_.mistakes(""), ElementsAre(HasSubstr("line 1, column 1: ")));
    EXPECT_THAT(
        fixture_.mistakes("{\n  \"version\": 1,"), ElementsAre(HasSubstr("line 2, column 16: "))
    );
    EXPECT_THAT(fixture_.mistakes("{} /* open"), ElementsAre(HasSubstr("line 1, column 11: ")));
}

TEST_F(JsonText, refuses_what_follows_the_document) {
    EXPECT_THAT(fixture_.mistakes("{}\n{}"), ElementsAre(HasSubstr("line 2, column 1: ")));
}

TEST_F(JsonText, refuses_other_extensions_of_json) {
    for (auto const* text : {"{\"version\": 1,}", "{version: 1}", "{'version': 1}", "# x\n{}"}) {
        EXPECT_THAT(fixture_.mistakes(text), ElementsAre(HasSubstr("line 1, column "))) << text;
    }
}

TEST_F(JsonText, refuses_invalid_utf8_and_great_depth) {
    EXPECT_THAT(fixture_.mistakes("{\"\xff\": 1}"), ElementsAre(HasSubstr("line 1, column 3: ")));
    EXPECT_THAT(fixture_.mistakes(std::string(1000, '[')), ElementsAre(HasSubstr("line 1")));
}

TEST_F(JsonText, quotes_nothing_of_the_text) {
    for (auto const& mistake : fixture_.mistakes("{ \"key\": \"hunter2\" \"x\" }")) {
        EXPECT_THAT(mistake, testing::Not(HasSubstr("hunter2")));
    }
}

TEST_F(JsonText, must_be_an_object) {
    EXPECT_THAT(fixture_.mistakes("[]"), ElementsAre(": must be an object, is an array"));
    EXPECT_THAT(fixture_.mistakes("null"), ElementsAre(": must be an object, is null"));
}

TEST_F(JsonText, refuses_names_that_stand_twice_anywhere) {
    EXPECT_THAT(
        fixture_.mistakes(R"({
            "version": 1,
            "version": 1,
            "instances": {
                "a": { "vendor": "free", "options": { "~/": [ {}, { "x": 1, "\u0078": 2 } ] } },
                "a": { "vendor": "free" }
            }
        })"),
        ElementsAre(
            "/version: is given more than once",
            "/instances/a/options/~0~1/1/x: is given more than once",
            "/instances/a: is given more than once"
        )
    );
}

TEST_F(JsonText, allows_the_same_name_in_different_objects) {
    EXPECT_TRUE(fixture_.parse(R"({
        "version": 1,
        "instances": { "a": { "vendor": "free" }, "b": { "vendor": "free" } }
    })"));
}

}  // namespace
}  // namespace otp::test
