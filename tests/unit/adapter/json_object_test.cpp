#include <otp/adapter/json_object.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/json_body.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::adapter {
namespace {

TEST(JsonMemory, BodiesSmallAndLarge) {
    for (std::size_t const size : {std::size_t{1}, std::size_t{5000}, std::size_t{60000}}) {
        std::string const text(size, 'x');
        JsonWriter writer;
        writer.add_text("text", text);
        std::string const body = std::move(writer).finish();
        EXPECT_EQ(body, "{\"text\":\"" + text + "\"}");
        JsonMemory other;
        auto const parsed = JsonObject::read(body, other);
        ASSERT_TRUE(parsed.has_value());
        EXPECT_EQ(parsed->tree().at("text").as_string(), text);
        EXPECT_EQ(string_member(*parsed, "text"), text);
    }
}

TEST(JsonMemory, EscapesWhatJsonMustEscape) {
    JsonWriter writer;
    writer.add_text("q", "\\\n");
    EXPECT_EQ(std::move(writer).finish(), R"({"q":"\\\n"})");
}

TEST(JsonMemory, OnlyObjectsAreTaken) {
    for (std::string const body : {"", "[]", "1", "null", "{"}) {
        JsonMemory memory;
        auto const parsed = JsonObject::read(body, memory);
        ASSERT_TRUE(parsed.has_error()) << body;
        EXPECT_EQ(parsed.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(parsed.error().delivery, Delivery::unknown);
    }
}

[[nodiscard]] std::string refusal_of(std::string_view body) {
    JsonMemory memory;
    auto const parsed = JsonObject::read(body, memory);
    return parsed ? "" : parsed.error().message;
}

TEST(JsonMemory, ABodyThatIsPlainlyNoJsonIsNamed) {
    EXPECT_EQ(
        refusal_of("<html><body>Sign in</body></html>"),
        "the body is HTML, not JSON: a gateway, a firewall or a proxy may have answered, or "
        "base_url is wrong"
    );
    EXPECT_THAT(refusal_of(""), testing::StartsWith("the body is empty, not JSON: "));
    EXPECT_THAT(refusal_of("OK"), testing::StartsWith("the body is text, not JSON: "));
}

TEST(JsonMemory, ABodyThatWasToBeJsonIsRefusedWithThePlace) {
    EXPECT_EQ(refusal_of(R"({"a")"), "the body is not acceptable JSON: incomplete JSON at byte 4");
    EXPECT_EQ(refusal_of("[]"), "the body is JSON, but not an object");
}

}  // namespace
}  // namespace otp::adapter
