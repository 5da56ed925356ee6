#include <otp/adapter/fastapi_error.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::adapter {
namespace {

std::optional<FastApiError> read(boost::json::value const& body) {
    return read_fastapi_error(body.as_object(), {});
}

TEST(FastApiValidation, DetailIsAText) {
    auto const body = boost::json::parse(R"({"detail":"Not authenticated"})");
    auto const error = read(body);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->message, "Not authenticated");
    EXPECT_FALSE(error->code.has_value());
}

TEST(FastApiValidation, DetailIsAnObject) {
    auto const body = boost::json::parse(R"({"detail":{"code":"c","error":"e"}})");
    auto const error = read(body);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->message, "e");
    EXPECT_EQ(error->code, "c");
}

TEST(FastApiValidation, LocIsAPointer) {
    auto const body = boost::json::parse(
        R"({"detail":[{"loc":["body","items",3,"a/b~c"],"msg":"m","type":"t","input":"secret"},)"
        R"({"loc":["query"],"msg":"second","type":"u"}]})"
    );
    auto const error = read(body);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->message, "m");
    EXPECT_EQ(error->code, "t");
    ASSERT_EQ(error->violations.size(), 2u);
    EXPECT_EQ(error->violations[0].pointer, "/body/items/3/a~1b~0c");
    EXPECT_EQ(error->violations[0].message, "m");
    EXPECT_EQ(error->violations[1].pointer, "/query");
}

TEST(FastApiValidation, OddItemsAreSkipped) {
    auto const body = boost::json::parse(
        R"({"detail":[null,1,"x",{"loc":"body","msg":7},{"loc":[null,true,"a"],"msg":"m"}]})"
    );
    auto const error = read(body);
    ASSERT_TRUE(error.has_value());
    ASSERT_EQ(error->violations.size(), 2u);
    EXPECT_EQ(error->violations[0].pointer, "");
    EXPECT_EQ(error->violations[1].pointer, "/a");
}

TEST(FastApiValidation, WithoutDetailItIsNone) {
    EXPECT_FALSE(read(boost::json::parse("{}")).has_value());
    EXPECT_FALSE(read(boost::json::parse(R"({"detail":null})")).has_value());
}

}  // namespace
}  // namespace otp::adapter
