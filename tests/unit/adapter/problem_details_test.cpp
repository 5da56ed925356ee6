#include <otp/adapter/problem_details.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otp::adapter {
namespace {

TEST(ProblemDetails, ArrayOfErrors) {
    auto const body = boost::json::parse(
        R"({"title":"T","status":422,"detail":"D","code":"c/d","correlationId":"id",)"
        R"("errors":[{"detail":"a","pointer":"/email"},{"detail":"b","parameter":"id"},)"
        R"({"detail":"c","header":"x-y"},{"detail":"d"},{"pointer":"/lost"}]})"
    );
    auto const problem = read_problem_details(body.as_object(), {});
    EXPECT_EQ(problem.title, "T");
    EXPECT_EQ(problem.detail, "D");
    EXPECT_EQ(problem.code, "c/d");
    EXPECT_EQ(problem.trace_id, "id");
    EXPECT_FALSE(problem.general_error.has_value());
    ASSERT_EQ(problem.violations.size(), 4u);
    EXPECT_EQ(problem.violations[0].pointer, "/email");
    EXPECT_EQ(problem.violations[0].message, "a");
    EXPECT_EQ(problem.violations[1].pointer, "/parameters/id");
    EXPECT_EQ(problem.violations[2].pointer, "/headers/x-y");
    EXPECT_EQ(problem.violations[3].pointer, "");
}

TEST(ProblemDetails, MapOfErrors) {
    auto const body = boost::json::parse(
        R"({"errors":{"Error":["Invalid code.","again"],"Code":["is required"],"One":"text"},)"
        R"("title":"Bad Request","status":400,"traceId":"00-a-b-00"})"
    );
    auto const problem = read_problem_details(body.as_object(), {});
    EXPECT_EQ(problem.general_error, "Invalid code.");
    EXPECT_EQ(problem.trace_id, "00-a-b-00");
    ASSERT_EQ(problem.violations.size(), 4u);
    EXPECT_EQ(problem.violations[0].pointer, "");
    EXPECT_EQ(problem.violations[1].message, "again");
    EXPECT_EQ(problem.violations[2].pointer, "/Code");
    EXPECT_EQ(problem.violations[3].pointer, "/One");
}

TEST(ProblemDetails, EverythingMayBeNullOrOfAnotherType) {
    for (std::string_view const text :
         {R"({})",
          R"({"title":null,"detail":null,"code":null,"errors":null,"traceId":null})",
          R"({"title":1,"detail":[],"code":{},"errors":"x","correlationId":true})",
          R"({"errors":[null,1,[],{"detail":null}]})",
          R"({"errors":{"Error":null,"A":7,"B":[null,{}]}})"}) {
        auto const body = boost::json::parse(boost::json::string_view(text.data(), text.size()));
        auto const problem = read_problem_details(body.as_object(), {});
        EXPECT_FALSE(problem.title || problem.detail || problem.code || problem.trace_id) << text;
        EXPECT_FALSE(problem.general_error.has_value()) << text;
        EXPECT_TRUE(problem.violations.empty()) << text;
    }
}

TEST(ProblemDetails, PersonalDataIsScrubbed) {
    auto const body =
        boost::json::parse(R"({"errors":{"user@example.com":["+12025550162 is taken"]}})");
    auto const problem = read_problem_details(body.as_object(), {});
    ASSERT_EQ(problem.violations.size(), 1u);
    EXPECT_THAT(
        problem.violations[0].pointer + problem.violations[0].message,
        testing::AllOf(
            testing::Not(testing::HasSubstr("user@example.com")),
            testing::Not(testing::HasSubstr("2025550162"))
        )
    );
}

}  // namespace
}  // namespace otp::adapter
