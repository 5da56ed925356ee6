#include <otp/adapter/json_writer.hpp>
#include <otp/json_body.hpp>

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::adapter {
namespace {

std::string written_text(std::string_view text) {
    JsonWriter writer;
    writer.add_text("t", text);
    return std::move(writer).finish();
}

TEST(JsonWriter, WritesAnEmptyObject) {
    EXPECT_EQ(JsonWriter().finish(), "{}");
}

TEST(JsonWriter, KeepsTheOrderOfTheCalls) {
    JsonWriter writer(0);
    writer.add_text("b", "x");
    writer.add_integer("a", 1);
    writer.add_bool("c", true);
    writer.add_bool("d", false);
    writer.add_json("e", R"([1,null])");
    writer.add_text("f", "");
    EXPECT_EQ(
        std::move(writer).finish(), R"({"b":"x","a":1,"c":true,"d":false,"e":[1,null],"f":""})"
    );
}

// RFC 8259 7.
TEST(JsonWriter, EscapesWhatMustBeEscaped) {
    EXPECT_EQ(written_text("\"\\\b\f\n\r\t"), R"({"t":"\"\\\b\f\n\r\t"})");
    EXPECT_EQ(
        written_text(std::string_view("\0\x01\x0B\x1F", 4)), R"({"t":"\u0000\u0001\u000b\u001f"})"
    );
    EXPECT_EQ(written_text("a\"b"), R"({"t":"a\"b"})");
    EXPECT_EQ(written_text("\na"), R"({"t":"\na"})");
    EXPECT_EQ(written_text("a\n"), R"({"t":"a\n"})");
}

TEST(JsonWriter, LeavesEverythingElse) {
    for (std::string const text : {"/", "\x7F", "<&'>", "é", "日本", "\xF0\x9F\x90\xA6", " "}) {
        EXPECT_EQ(written_text(text), "{\"t\":\"" + text + "\"}");
    }
}

TEST(JsonWriter, IsReadBackAsItWasWritten) {
    for (int first = 0; first < 0x80; ++first) {
        std::string const text{'<', static_cast<char>(first), '>'};
        auto const read = parse_json_body(written_text(text));
        ASSERT_TRUE(read) << first;
        EXPECT_EQ(std::string(read->at("t").as_string()), text) << first;
    }
}

TEST(JsonWriter, LeavesOutWhatHasNoValue) {
    JsonWriter writer;
    writer.add_text_if("a", std::nullopt);
    writer.add_integer_if("b", std::nullopt);
    writer.add_text_if("c", "x");
    writer.add_text_if("d", std::nullopt);
    writer.add_integer_if("e", 0);
    writer.add_text_if("f", "");
    EXPECT_EQ(std::move(writer).finish(), R"({"c":"x","e":0,"f":""})");
}

TEST(JsonWriter, TakesOptionalTextsAsRequestsHaveThem) {
    std::optional<std::string> const given = "fr";
    std::optional<std::string> const missing;
    JsonWriter writer;
    writer.add_text_if("language", given);
    writer.add_text_if("reference", missing);
    EXPECT_EQ(std::move(writer).finish(), R"({"language":"fr"})");
}

TEST(JsonWriter, WritesEveryInteger) {
    using Limits = std::numeric_limits<std::int64_t>;
    JsonWriter writer;
    writer.add_integer("least", Limits::min());
    writer.add_integer("most", Limits::max());
    writer.add_integer("none", 0);
    writer.add_integer("minus", -1);
    EXPECT_EQ(
        std::move(writer).finish(),
        R"({"least":-9223372036854775808,"most":9223372036854775807,"none":0,"minus":-1})"
    );
}

TEST(JsonWriter, NestsObjects) {
    JsonWriter writer;
    writer.begin_object("a");
    writer.add_text("b", "x");
    writer.begin_object("c");
    writer.end_object();
    writer.add_integer("d", 1);
    writer.begin_object("e");
    writer.add_text_if("f", std::nullopt);
    writer.add_bool("g", true);
    writer.end_object();
    writer.end_object();
    writer.begin_object("h");
    writer.end_object();
    writer.add_integer("i", 2);
    EXPECT_EQ(
        std::move(writer).finish(), R"({"a":{"b":"x","c":{},"d":1,"e":{"g":true}},"h":{},"i":2})"
    );
}

JsonWriter one_member() {
    JsonWriter writer;
    writer.add_integer("a", 1);
    return writer;
}

TEST(JsonPost, IsAPostOfTheText) {
    auto const request = json_post("/codes", one_member());
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/codes");
    EXPECT_EQ(request.route, "/codes");
    EXPECT_EQ(request.content_type, json_content_type);
    EXPECT_EQ(request.body, R"({"a":1})");
    EXPECT_TRUE(request.headers.empty());
    EXPECT_FALSE(request.repeatable);
}

TEST(JsonPost, HasTheHeadersThatItIsGiven) {
    auto const request = json_post("/codes", one_member(), {{"x-key", "k"}, {"x-more", "m"}});
    ASSERT_EQ(request.headers.size(), 2U);
    EXPECT_EQ(request.headers[0].name, "x-key");
    EXPECT_EQ(request.headers[0].value, "k");
    EXPECT_EQ(request.headers[1].name, "x-more");
    EXPECT_EQ(request.headers[1].value, "m");
}

TEST(JsonPost, ShowsTheRouteAndAsksForTheTarget) {
    auto const request =
        json_post("/codes/a7/check", "/codes/{id}/check", one_member(), {{"x-key", "k"}});
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/codes/a7/check");
    EXPECT_EQ(request.route, "/codes/{id}/check");
    EXPECT_EQ(request.content_type, json_content_type);
    EXPECT_EQ(request.body, R"({"a":1})");
    ASSERT_EQ(request.headers.size(), 1U);
    EXPECT_EQ(request.headers[0].value, "k");
}

}  // namespace
}  // namespace otp::adapter
