#include "unit/model/memory_probe.hpp"

#include <otp/json_body.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <gtest/gtest.h>
#include <limits>
#include <string>

namespace otp {
namespace {

std::string nested(std::size_t depth, char open, char close) {
    return std::string(depth, open) + std::string(depth, close);
}

std::string nested_objects(std::size_t depth) {
    std::string text;
    for (std::size_t level = 1; level < depth; ++level) text += R"({"a":)";
    return text + "{}" + std::string(depth - 1, '}');
}

void expect_accepted_body(std::string const& body) {
    auto const value = parse_json_body(body);
    ASSERT_TRUE(value) << value.error();
    EXPECT_EQ(*value, boost::json::parse(body));
}

TEST(ParseJsonBody, ReadsWhatThePlainParserReads) {
    std::string const cases[] = {
        "{}",
        "[]",
        "null",
        "true",
        "\"\"",
        " \t\r\n {\"a\" : 1 } \n",
        R"({"a":{"a":{"a":[{"a":1},{"a":2}]}},"b":null})",
        R"({"a":1,"A":2,"":3})",
        R"(["\u20ac\n\"\\\/","\ud83d\ude00"])",
        "[0,-1,9223372036854775807,-9223372036854775808,18446744073709551615,1.5,1e308,-0.0]",
        "[18446744073709551616]",
        R"({"response":{"long":")" + std::string(20'000, 'x') + R"("}})",
        "[" + std::string(30'000, ' ') + "1]"};
    for (auto const& example : cases) expect_accepted_body(example);
}

void expect_refused_body(std::string const& body) {
    auto const value = parse_json_body(body);
    ASSERT_FALSE(value) << body;
    EXPECT_EQ(value.error().category, ErrorCategory::bad_response);
    EXPECT_EQ(value.error().delivery, Delivery::unknown);
    EXPECT_FALSE(value.error().message.empty());
    EXPECT_EQ(value.error().message.find("9002336768"), std::string::npos);
}

TEST(ParseJsonBody, RefusesWhatIsNoJson) {
    std::string const cases[] = {
        "",
        " ",
        "<html>502</html>",
        "{",
        R"({"a")",
        R"({"a":)",
        R"({"a":1)",
        R"({"a":1,})",
        R"({'a':1})",
        R"({a:1})",
        "[1,]",
        "[1 2]",
        "nul",
        "NaN",
        "Infinity",
        "-",
        "01",
        "+1",
        "1.",
        "// comment\n{}",
        "{} // comment",
        "\"open",
        "\"line\nbreak\"",
        "\"\\x41\"",
        "\"\\ud83d\"",
        "\"9002336768"};
    for (auto const& example : cases) expect_refused_body(example);
}

TEST(ParseJsonBody, RefusesMoreTextAfterTheValue) {
    std::string const cases[] = {"{}{}", "{} x", "{},", "1 2", "null]", std::string("{}\0", 3)};
    for (auto const& example : cases) expect_refused_body(example);
}

TEST(ParseJsonBody, RefusesInvalidUtf8) {
    std::string const cases[] = {
        "\"\xFF\"", "\"\xC3\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "{\"\xC3(\":1}"};
    for (auto const& example : cases) expect_refused_body(example);
}

TEST(ParseJsonBody, RefusesNumbersThatAreNotFinite) {
    std::string const cases[] = {
        "1e400",
        "[-1e400]",
        R"({"a":1e99999999999})",
        "1" + std::string(400, '0'),
        R"({"a":{"b":[1,2,1e309]}})"};
    for (auto const& example : cases) expect_refused_body(example);
}

TEST(ParseJsonBody, TakesZeroWhateverItsExponent) {
    for (std::string const text :
         {"0e400",
          "-0E+999",
          "0.0e400",
          "0e0000000000400",
          "0e99999999999",
          "0.000e99999999999999999999",
          "1e-400",
          "1e-99999999999",
          "-100.5E-99999999999999999999"}) {
        auto const number = parse_json_body(text);
        ASSERT_TRUE(number) << text << ": " << number.error().message;
        EXPECT_EQ(number->as_double(), 0.0) << text;
        auto const member =
            parse_json_body(R"({"e99999999999":"\"1e99999999999","b":)" + text + "}");
        ASSERT_TRUE(member) << text;
        EXPECT_EQ(member->at("e99999999999").as_string(), "\"1e99999999999") << text;
        EXPECT_EQ(member->at("b").as_double(), 0.0) << text;
    }
    // The bounded exponent must not bring a number into range that is in none.
    std::string const small = "0." + std::string(60'000, '0') + "1";
    EXPECT_FALSE(parse_json_body(small + "e99999999999"));
    EXPECT_EQ(parse_json_body(small + "e60001").value().as_double(), 1.0);
}

TEST(ParseJsonBody, IgnoresOneByteOrderMarkInFront) {
    std::string const mark = "\xEF\xBB\xBF";
    EXPECT_EQ(parse_json_body(mark + R"({"a":1})").value().at("a").as_int64(), 1);
    EXPECT_FALSE(parse_json_body(mark + mark + "{}"));
    EXPECT_FALSE(parse_json_body(" " + mark + "{}"));
    EXPECT_FALSE(parse_json_body("{}" + mark));
    EXPECT_FALSE(parse_json_body(mark));
    EXPECT_FALSE(parse_json_body("\xEF\xBB{}"));
    EXPECT_FALSE(parse_json_body("\xFE\xFF{}"));
    EXPECT_NE(parse_json_body(mark + "{x").error().message.find("at byte 4"), std::string::npos);
}

TEST(ParseJsonBody, RefusesDepthOver32) {
    std::string const cases[] = {
        nested(33, '[', ']'),
        nested_objects(33),
        nested(1000, '[', ']'),
        nested_objects(1000),
        std::string(1'000'000, '['),
        std::string(1'000'000, '{')};
    for (auto const& example : cases) expect_refused_body(example);
}

TEST(ParseJsonBody, RefusesDuplicateNames) {
    std::string const cases[] = {
        R"({"a":1,"a":1})",
        R"({"status":0,"x":{},"status":1})",
        R"({"a":{"b":1,"c":2,"b":3}})",
        R"([[{"b":1,"b":3}]])",
        R"({"a":1,"\u0061":2})",
        R"({"":1,"":2})",
        R"({"a":{},"a":{"b":1}})",
        R"({"a":{"x":1},"a":{"x":1}})"};
    for (auto const& example : cases) expect_refused_body(example);
}

TEST(ParseJsonBody, FindsADuplicateAmongManyNames) {
    std::string text = "{";
    for (int index = 0; index < 1000; ++index) text += '"' + std::to_string(index) + "\":0,";
    EXPECT_TRUE(parse_json_body(text + R"("last":0})"));
    EXPECT_FALSE(parse_json_body(text + R"("500":0})"));
}

TEST(ParseJsonBody, SaysWhyAndWhere) {
    EXPECT_EQ(
        parse_json_body(R"({"a":1,"a":2})").error().message,
        "the body is not acceptable JSON: a member name occurs twice in one object"
    );
    EXPECT_EQ(
        parse_json_body("{} x").error().message,
        "the body is not acceptable JSON: more text after the value at byte 3"
    );
    EXPECT_EQ(
        parse_json_body(R"({"a":?})").error().message,
        "the body is not acceptable JSON: syntax error at byte 5"
    );
}

TEST(ParseJsonBody, TakesDepth32) {
    EXPECT_TRUE(parse_json_body(nested(32, '[', ']')));
    EXPECT_TRUE(parse_json_body(nested_objects(32)));
}

TEST(ParseJsonBody, AllocatesOnlyFromTheGivenStorage) {
    std::string const body =
        R"({"status_code":200,"request_id":"request-id-test-11111111-1111-1111-1111-111111111111",)"
        R"("user_id":"user-test-22222222-2222-2222-2222-222222222222","phone_id":)"
        R"("phone-number-test-33333333-3333-3333-3333-333333333333"})";
    unsigned char buffer[4096];
    boost::json::monotonic_resource memory(buffer, sizeof buffer);
    std::size_t allocations = 1;
    bool good = false;
    {
        test::MemoryProbe const probe;
        auto const value = parse_json_body(body, &memory);
        allocations = test::MemoryProbe::allocations();
        good = value && value->as_object().size() == 4;
    }
    EXPECT_TRUE(good);
    EXPECT_EQ(allocations, 0U);
}

TEST(ParseJsonBody, KeepsTheGivenStorage) {
    boost::json::monotonic_resource memory;
    auto const value = parse_json_body(R"({"a":[1]})", &memory);
    ASSERT_TRUE(value);
    EXPECT_EQ(value->storage().get(), &memory);
}

class Members : public testing::Test {
protected:
    boost::json::object const object =
        boost::json::parse(
            R"({"text":"abc","empty":"","nul":"a\u0000b","null":null,"true":true,"false":false,
            "zero":0,"int":-42,"double":2.0,"min":-9223372036854775808,
            "max":9223372036854775807,"big":9223372036854775808,"huge":18446744073709551615,
            "number_text":"12","minus_text":"-12","plus_text":"+12","plus_minus":"+-12",
            "space_text":" 12","hex_text":"0x12","fraction_text":"1.0","sign":"+",
            "max_text":"9223372036854775807","big_text":"9223372036854775808",
            "object":{"a":1},"array":[1]})"
        )
            .as_object();
};

TEST_F(Members, AsText) {
    EXPECT_EQ(string_member(object, "text"), "abc");
    EXPECT_EQ(string_member(object, "empty"), "");
    for (auto const* const name : {"missing", "nul", "null", "true", "zero", "object", "array"}) {
        EXPECT_EQ(string_member(object, name), std::nullopt) << name;
    }
}

TEST_F(Members, AsTextOrInteger) {
    EXPECT_EQ(text_member(object, "text"), "abc");
    EXPECT_EQ(text_member(object, "empty"), "");
    EXPECT_EQ(text_member(object, "zero"), "0");
    EXPECT_EQ(text_member(object, "int"), "-42");
    EXPECT_EQ(text_member(object, "huge"), "18446744073709551615");
    for (auto const* const name : {"missing", "nul", "null", "true", "double", "object", "array"}) {
        EXPECT_EQ(text_member(object, name), std::nullopt) << name;
    }
}

TEST_F(Members, AsInteger) {
    using Limits = std::numeric_limits<std::int64_t>;
    EXPECT_EQ(integer_member(object, "zero"), 0);
    EXPECT_EQ(integer_member(object, "int"), -42);
    EXPECT_EQ(integer_member(object, "min"), Limits::min());
    EXPECT_EQ(integer_member(object, "max"), Limits::max());
    EXPECT_EQ(integer_member(object, "number_text"), 12);
    EXPECT_EQ(integer_member(object, "minus_text"), -12);
    EXPECT_EQ(integer_member(object, "plus_text"), 12);
    EXPECT_EQ(integer_member(object, "max_text"), Limits::max());
    for (auto const* const name :
         {"missing",
          "text",
          "empty",
          "nul",
          "null",
          "true",
          "double",
          "big",
          "huge",
          "plus_minus",
          "space_text",
          "hex_text",
          "fraction_text",
          "sign",
          "big_text",
          "object",
          "array"}) {
        EXPECT_EQ(integer_member(object, name), std::nullopt) << name;
    }
}

TEST_F(Members, AsTruth) {
    EXPECT_EQ(bool_member(object, "true"), true);
    EXPECT_EQ(bool_member(object, "false"), false);
    for (auto const* const name : {"missing", "text", "null", "zero", "object"}) {
        EXPECT_EQ(bool_member(object, name), std::nullopt) << name;
    }
}

TEST_F(Members, AsObject) {
    ASSERT_NE(object_member(object, "object"), nullptr);
    EXPECT_EQ(integer_member(*object_member(object, "object"), "a"), 1);
    for (auto const* const name : {"missing", "text", "null", "array"}) {
        EXPECT_EQ(object_member(object, name), nullptr) << name;
    }
}

TEST(AppendJsonPointer, EscapesItsToken) {
    EXPECT_EQ(append_json_pointer("", ""), "/");
    EXPECT_EQ(append_json_pointer("", "a"), "/a");
    EXPECT_EQ(append_json_pointer("/a", "b"), "/a/b");
    EXPECT_EQ(append_json_pointer("/a", "b/c~d~1"), "/a/b~1c~0d~01");
}

}  // namespace
}  // namespace otp
