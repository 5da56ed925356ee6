#include "common/stack_json.hpp"

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

}  // namespace
}  // namespace otp::common
