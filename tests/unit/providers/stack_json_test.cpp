#include "common/stack_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::common {
namespace {

TEST(StackJson, BodiesSmallAndLarge) {
    for (std::size_t const size : {std::size_t{1}, std::size_t{5000}, std::size_t{60000}}) {
        std::string const text(size, 'x');
        StackJson memory;
        boost::json::object object(memory.storage());
        object.emplace("text", text);
        std::string const body = to_body(object);
        EXPECT_EQ(body, "{\"text\":\"" + text + "\"}");
        StackJson other;
        auto const parsed = parse_json_object(body, other);
        ASSERT_TRUE(parsed.has_value());
        EXPECT_EQ(parsed->at("text").as_string(), text);
    }
}

TEST(StackJson, EscapesWhatJsonMustEscape) {
    StackJson memory;
    boost::json::object object(memory.storage());
    object.emplace("q\"", "\\\n");
    EXPECT_EQ(to_body(object), R"({"q\"":"\\\n"})");
}

TEST(StackJson, OnlyObjectsAreTaken) {
    for (std::string const body : {"", "[]", "1", "null", "{"}) {
        StackJson memory;
        auto const parsed = parse_json_object(body, memory);
        ASSERT_TRUE(parsed.has_error()) << body;
        EXPECT_EQ(parsed.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(parsed.error().delivery, Delivery::unknown);
    }
}

[[nodiscard]] std::string refusal_of(std::string_view body) {
    StackJson memory;
    auto const parsed = parse_json_object(body, memory);
    return parsed ? "" : parsed.error().message;
}

TEST(StackJson, ABodyThatIsPlainlyNoJsonIsNamed) {
    EXPECT_EQ(
        refusal_of("<html><body>Sign in</body></html>"),
        "the body is HTML, not JSON: a gateway, a firewall or a proxy may have answered, or "
        "base_url is wrong"
    );
    EXPECT_THAT(refusal_of(""), testing::StartsWith("the body is empty, not JSON: "));
    EXPECT_THAT(refusal_of("OK"), testing::StartsWith("the body is text, not JSON: "));
}

TEST(StackJson, ABodyThatWasToBeJsonIsRefusedWithThePlace) {
    EXPECT_EQ(refusal_of(R"({"a")"), "the body is not acceptable JSON: incomplete JSON at byte 4");
    EXPECT_EQ(refusal_of("[]"), "the body is JSON, but not an object");
}

}  // namespace
}  // namespace otp::common
