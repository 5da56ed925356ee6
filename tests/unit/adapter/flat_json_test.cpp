#include <otp/adapter/json_object.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::adapter {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string shown(JsonMember const& member) {
    std::string const name = std::string(member.name) + "=";
    switch (member.kind) {
        case JsonMember::Kind::null:
            return name + "null";
        case JsonMember::Kind::integer:
            return name + std::to_string(member.integer);
        case JsonMember::Kind::text:
            return name + "'" + std::string(member.text) + "'";
        case JsonMember::Kind::nested:
            return name + "nested";
        case JsonMember::Kind::boolean:
        case JsonMember::Kind::other:
            return name + "other";
    }
    return name;
}

struct Read {
    std::vector<std::string> members;
    std::optional<Error> error;
};

Read read(std::string const& body) {
    JsonMemory memory;
    Read result;
    auto const object = JsonObject::read(body, memory);
    if (!object) {
        result.error = object.error();
        return result;
    }
    object->visit([&](JsonMember const& member) { result.members.push_back(shown(member)); });
    return result;
}

TEST(JsonMembers, AreVisitedInTheirOrder) {
    auto const plain = read(R"( {"text":"a","empty":"","number":-7,"none":null,"truth":true} )");
    EXPECT_FALSE(plain.error);
    EXPECT_THAT(
        plain.members, ElementsAre("text='a'", "empty=''", "number=-7", "none=null", "truth=other")
    );
    EXPECT_FALSE(read("{}").error);
    EXPECT_THAT(read("{}").members, IsEmpty());
}

// What the plain reading leaves to the tree.
TEST(JsonMembers, MayBeNestedManyOrEscaped) {
    auto const body =
        read(R"({"nested":{"a":[1,{}]},"list":[],"fraction":1.5,"large":18446744073709551615,)"
             R"("esc\u0061ped":"\u0062\n","nul":"a\u0000b","7":"","8":"","9":"","10":"ten"})");
    EXPECT_FALSE(body.error);
    EXPECT_THAT(
        body.members,
        ElementsAre(
            "nested=nested",
            "list=nested",
            "fraction=other",
            "large=other",
            "escaped='b\n'",
            "nul=other",
            "7=''",
            "8=''",
            "9=''",
            "10='ten'"
        )
    );
    EXPECT_THAT(read(R"({"\u0061":"b"})").members, ElementsAre("a='b'"));
    EXPECT_THAT(read(R"({"a":"\u0062"})").members, ElementsAre("a='b'"));
}

TEST(JsonMembers, AreNotVisitedInABodyThatIsRefused) {
    for (std::string const body :
         {"",
          "[]",
          "7",
          "\"text\"",
          "null",
          R"({"a":1)",
          R"({"a":1} x)",
          R"({"a":1}{})",
          R"({"a":1,"a":1})",
          R"({"a":1,"\u0061":1})",
          R"({"a":1,"b":{"c":1,"c":2}})",
          R"({"a":1,"b":1e400})",
          "{\"a\":\"\xFF\"}",
          "{'a':1}",
          R"({"a":1,})"}) {
        auto const refused = read(body);
        ASSERT_TRUE(refused.error) << body;
        EXPECT_EQ(refused.error->category, ErrorCategory::bad_response) << body;
        EXPECT_THAT(refused.members, IsEmpty()) << body;
    }
}

}  // namespace
}  // namespace otp::adapter
