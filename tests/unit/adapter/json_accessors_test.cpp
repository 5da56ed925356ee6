// What a JsonObject says must not depend on how it was read: flat, or as a tree.

#include "unit/model/memory_probe.hpp"

#include <otp/adapter/json_object.hpp>
#include <otp/json_body.hpp>

#include <boost/json/serialize.hpp>

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace otp::adapter {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = JsonMember::Kind;

/// All kinds of members that a flat object may have, and as many as it may have.
std::string const flat =
    R"({"text":"a","empty":"","number":-7,"digits":"42","none":null,"yes":true,"no":false,"one":1})";

std::string with_more(std::string const& member) {
    return flat.substr(0, flat.size() - 1) + ',' + member + '}';
}

struct Body {
    std::string text;
    bool is_flat;
};

/// The same members in bodies that are read in different ways.
std::vector<Body> bodies() {
    return {
        {flat, true},
        {' ' + flat + "\r\n", true},
        {with_more(R"("nested":{"text":"inner"})"), false},
        {with_more(R"("list":[])"), false},
        {with_more(R"("ninth":9)"), false},
        {with_more(R"("esc\u0061ped":"x")"), false},
        {with_more(R"("fraction":1.5)"), false},
        {"\xEF\xBB\xBF" + flat, false}};
}

void for_each_body(std::function<void(JsonObject const&)> const& look) {
    for (auto const& body : bodies()) {
        SCOPED_TRACE(body.text);
        JsonMemory memory;
        auto const object = JsonObject::read(body.text, memory);
        ASSERT_TRUE(object) << object.error();
        EXPECT_EQ(object->is_flat(), body.is_flat);
        look(*object);
    }
}

TEST(JsonObject, HasTexts) {
    for_each_body([](JsonObject const& object) {
        EXPECT_EQ(string_member(object, "text"), "a");
        EXPECT_EQ(string_member(object, "empty"), "");
        for (auto const* const name : {"number", "none", "yes", "missing", "Text", "nested", ""}) {
            EXPECT_EQ(string_member(object, name), std::nullopt) << name;
        }
    });
}

TEST(JsonObject, HasTextsAndIntegersAsText) {
    for_each_body([](JsonObject const& object) {
        EXPECT_EQ(text_member(object, "text"), "a");
        EXPECT_EQ(text_member(object, "empty"), "");
        EXPECT_EQ(text_member(object, "number"), "-7");
        for (auto const* const name : {"none", "yes", "missing"}) {
            EXPECT_EQ(text_member(object, name), std::nullopt) << name;
        }
    });
}

TEST(JsonObject, HasIntegers) {
    for_each_body([](JsonObject const& object) {
        EXPECT_EQ(integer_member(object, "number"), -7);
        EXPECT_EQ(integer_member(object, "one"), 1);
        EXPECT_EQ(integer_member(object, "digits"), 42);
        for (auto const* const name : {"text", "empty", "none", "yes", "no", "missing"}) {
            EXPECT_EQ(integer_member(object, name), std::nullopt) << name;
        }
    });
}

TEST(JsonObject, HasTruths) {
    for_each_body([](JsonObject const& object) {
        EXPECT_EQ(bool_member(object, "yes"), true);
        EXPECT_EQ(bool_member(object, "no"), false);
        for (auto const* const name : {"text", "number", "one", "none", "missing"}) {
            EXPECT_EQ(bool_member(object, name), std::nullopt) << name;
        }
    });
}

TEST(JsonObject, KnowsWhatIsThereAndWhatIsNotNull) {
    for_each_body([](JsonObject const& object) {
        for (auto const* const name : {"text", "empty", "number", "none", "yes", "no"}) {
            EXPECT_TRUE(object.contains(name)) << name;
        }
        for (auto const* const name : {"text", "empty", "number", "yes", "no"}) {
            EXPECT_TRUE(object.has_value(name)) << name;
        }
        EXPECT_FALSE(object.has_value("none"));
        for (auto const* const name : {"missing", "Text", "tex", ""}) {
            EXPECT_FALSE(object.contains(name)) << name;
            EXPECT_FALSE(object.has_value(name)) << name;
        }
        EXPECT_FALSE(object.empty());
    });
}

TEST(JsonObject, HasObjects) {
    for_each_body([](JsonObject const& object) {
        for (auto const* const name : {"text", "number", "none", "list", "missing"}) {
            EXPECT_EQ(object_member(object, name), nullptr) << name;
        }
    });
    std::string const body = with_more(R"("nested":{"text":"inner"})");
    JsonMemory memory;
    auto const object = JsonObject::read(body, memory).value();
    auto const* const nested = object_member(object, "nested");
    ASSERT_NE(nested, nullptr);
    EXPECT_EQ(otp::string_member(*nested, "text"), "inner");
}

TEST(JsonObject, IsEmptyIfItHasNoMember) {
    JsonMemory memory;
    EXPECT_TRUE(JsonObject::read("{}", memory).value().empty());
    EXPECT_FALSE(JsonObject::read(R"({"a":null})", memory).value().empty());
    EXPECT_FALSE(JsonObject::read(R"({"a":{}})", memory).value().empty());
    EXPECT_TRUE(JsonObject::read("\xEF\xBB\xBF{}", memory).value().empty());
}

TEST(JsonObject, HasATreeHoweverItWasRead) {
    for (auto const& body : bodies()) {
        JsonMemory memory;
        auto const object = JsonObject::read(body.text, memory).value();
        auto const& tree = object.tree();
        EXPECT_EQ(tree, parse_json_body(body.text)->get_object()) << body.text;
        // It is made once.
        EXPECT_EQ(&object.tree(), &tree) << body.text;
    }
}

TEST(JsonObject, TellsTheKindsOfItsMembers) {
    for_each_body([](JsonObject const& object) {
        std::vector<Kind> kinds;
        std::vector<std::int64_t> integers;
        object.visit([&](JsonMember const& member) {
            if (kinds.size() == 8) return;
            kinds.push_back(member.kind);
            integers.push_back(member.integer);
        });
        EXPECT_THAT(
            kinds,
            ElementsAre(
                Kind::text,
                Kind::text,
                Kind::integer,
                Kind::text,
                Kind::null,
                Kind::boolean,
                Kind::boolean,
                Kind::integer
            )
        );
        EXPECT_THAT(integers, ElementsAre(0, 0, -7, 0, 0, 1, 0, 1));
    });
}

TEST(JsonObject, HasMembersOfItsOwnOnlyIfItIsFlat) {
    for_each_body([](JsonObject const& object) {
        EXPECT_EQ(object.members().size(), object.is_flat() ? 8U : 0U);
    });
}

TEST(JsonObject, TextsOfAFlatOneArePartsOfTheBody) {
    std::string const body = flat;
    JsonMemory memory;
    auto const object = JsonObject::read(body, memory).value();
    auto const text = string_member(object, "digits");
    ASSERT_TRUE(text);
    EXPECT_EQ(text->data(), body.data() + body.find("42"));
}

TEST(JsonObject, ViewsLiveAsLongAsBodyAndMemory) {
    std::string const long_text(300, 'x');
    for (std::string const& body :
         {R"({"id":")" + long_text + R"("})", R"({"id":")" + long_text + R"(","nested":{}})"}) {
        JsonMemory memory;
        std::optional<std::string_view> text;
        {
            auto read = JsonObject::read(body, memory);
            ASSERT_TRUE(read);
            auto const moved = std::move(*read);
            auto const copy = moved;  // NOLINT(performance-unnecessary-copy-initialization)
            text = string_member(copy, "id");
            // A tree that is made later leaves them where they are.
            EXPECT_EQ(copy.tree().size(), moved.tree().size());
        }
        EXPECT_EQ(text, long_text);
    }
}

TEST(JsonMemory, TakesSmallBodiesWithoutTheHeap) {
    std::string const nested = R"({"a":{"b":"twenty characters of text"},"c":[1,2,3]})";
    for (std::string const& body : {flat, nested}) {
        test::MemoryProbe const probe;
        JsonMemory memory;
        auto const object = JsonObject::read(body, memory);
        auto const taken = test::MemoryProbe::allocations();
        EXPECT_TRUE(object);
        EXPECT_EQ(taken, 0U) << body;
    }
}

TEST(JsonMemory, IsWipedAtItsEnd) {
    std::string const body = R"({"token":{"value":"canary-of-a-session-token"}})";
    bool held = true;
    {
        auto memory = std::make_unique<JsonMemory>();
        ASSERT_TRUE(JsonObject::read(body, *memory));
        test::MemoryProbe const probe;
        memory.reset();
        EXPECT_GT(test::MemoryProbe::freed_blocks(), 0U);
        held = test::MemoryProbe::freed_block_held("canary-of-a-session-token");
    }
    EXPECT_FALSE(held);
}

}  // namespace
}  // namespace otp::adapter
