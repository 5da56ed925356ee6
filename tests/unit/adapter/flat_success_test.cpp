#include <otp/adapter/flat_success.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace otp::adapter {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using Value = NeededMember::Value;

FlatSuccess const success{201, {{"id"}, {"to", Value::same, "+12025550162"}, {"ok", Value::truth}}};

std::string const accepted = R"({"id":"a7","to":"+12025550162","ok":true})";

/// Empty if the answer is taken.
std::string refusal_of(std::string body, FlatSuccess const& needed = success, int status = 201) {
    JsonMemory memory;
    auto const read = read_success(HttpResponse(status, {}, std::move(body)), needed, {}, memory);
    if (read) return {};
    EXPECT_EQ(read.error().category, ErrorCategory::bad_response);
    EXPECT_EQ(read.error().http_status, status);
    return read.error().message;
}

TEST(FlatSuccess, GivesTheBodyThatItTakes) {
    HttpResponse const response(201, {}, accepted);
    JsonMemory memory;
    auto const body = read_success(response, success, {}, memory);
    ASSERT_TRUE(body) << body.error();
    EXPECT_EQ(string_member(*body, "id"), "a7");
    EXPECT_EQ(refusal_of(R"({"ok":true,"further":{"x":[7]},"to":"+12025550162","id":"a7"})"), "");
}

TEST(FlatSuccess, NeedsTheStatusExactly) {
    for (int const status : {200, 202, 400, 500}) {
        EXPECT_THAT(refusal_of(accepted, success, status), HasSubstr("its status is not"));
    }
}

TEST(FlatSuccess, IsUnknownWhereItIsNotUnderstood) {
    JsonMemory memory;
    auto const read = read_success(HttpResponse(201, {}, "{}"), success, {}, memory);
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error().delivery, Delivery::unknown);
}

/// `accepted` with another value of one member.
std::string with(std::string const& member, std::string const& value) {
    std::string body = R"({"id":"a7","to":"+12025550162","ok":true})";
    std::string const name = '"' + member + "\":";
    auto const begin = body.find(name) + name.size();
    auto const end = body.find_first_of(",}", begin);
    return body.replace(begin, end - begin, value);
}

TEST(FlatSuccess, NeedsAnId) {
    for (auto const& value :
         {std::string("null"),
          std::string("7"),
          std::string(R"("")"),
          std::string(R"("a b")"),
          std::string(R"("\u00e9")"),
          std::string(R"(["a7"])"),
          '"' + std::string(256, 'a') + '"'}) {
        EXPECT_THAT(refusal_of(with("id", value)), EndsWith("a member is missing or no id (/id)"))
            << value;
    }
    EXPECT_EQ(refusal_of(with("id", '"' + std::string(255, 'a') + '"')), "");
    EXPECT_THAT(
        refusal_of(R"({"to":"+12025550162","ok":true})"), EndsWith("missing or no id (/id)")
    );
}

TEST(FlatSuccess, NeedsTheTextThatTheRequestNames) {
    for (std::string const value :
         {"null", "12025550162", R"("12025550162")", R"("+1202555016")", R"("+120255501620")"}) {
        EXPECT_THAT(
            refusal_of(with("to", value)), EndsWith("a member is missing or another one (/to)")
        ) << value;
    }
    EXPECT_THAT(refusal_of(R"({"id":"a7","ok":true})"), EndsWith("another one (/to)"));
}

TEST(FlatSuccess, AnEmptyTextOfTheRequestIsNoMissingMember) {
    FlatSuccess const needed{201, {{"to", Value::same, ""}}};
    EXPECT_THAT(refusal_of("{}", needed), EndsWith("another one (/to)"));
    EXPECT_EQ(refusal_of(R"({"to":""})", needed), "");
}

TEST(FlatSuccess, NeedsTheTruth) {
    for (std::string const value : {"null", "false", "1", R"("true")", "[true]"}) {
        EXPECT_THAT(refusal_of(with("ok", value)), EndsWith("a member is not true (/ok)")) << value;
    }
    EXPECT_THAT(refusal_of(R"({"id":"a7","to":"+12025550162"})"), EndsWith("not true (/ok)"));
}

TEST(FlatSuccess, NeedsAnObject) {
    EXPECT_THAT(refusal_of(""), HasSubstr("the body is empty, not JSON"));
    EXPECT_THAT(refusal_of("<html>Sign in</html>"), HasSubstr("the body is HTML, not JSON"));
    EXPECT_THAT(refusal_of('[' + accepted + ']'), HasSubstr("not an object"));
    EXPECT_THAT(refusal_of(accepted.substr(0, 12)), HasSubstr("incomplete JSON"));
}

std::string with_more(std::string const& member) {
    return accepted.substr(0, accepted.size() - 1) + ',' + member + '}';
}

TEST(FlatSuccess, IsNoneIfSomethingSpeaksAgainstIt) {
    EXPECT_THAT(refusal_of(with_more(R"("error":"no")")), EndsWith("it names an error (/error)"));
    EXPECT_THAT(
        refusal_of(with_more(R"("data":[{"success":false}])")), HasSubstr("/data/0/success")
    );
    EXPECT_THAT(refusal_of(with_more(R"("status":400)")), HasSubstr("/status"));
    EXPECT_EQ(refusal_of(with_more(R"("status":201)")), "");
}

TEST(FlatSuccess, WhatItNeedsDoesNotSpeakAgainstIt) {
    // As a name, that of a member of an error report.
    std::string const body = R"({"code":"a7"})";
    EXPECT_THAT(refusal_of(body, {201, {}}), HasSubstr("/code"));
    EXPECT_EQ(refusal_of(body, {201, {{"code"}}}), "");
    // A pointer escapes what JSON pointers must.
    EXPECT_EQ(refusal_of(R"({"error/id~":"a7"})", {201, {{"error/id~"}}}), "");
    EXPECT_THAT(
        refusal_of(R"({"error/id~":""})", {201, {{"error/id~"}}}), EndsWith("(/error~1id~0)")
    );
}

TEST(FlatSuccess, LooksAtAllOtherMembersIfItNamesAll) {
    auto all = success;
    all.members_are_all = true;
    EXPECT_EQ(refusal_of(accepted, all), "");
    for (std::string const member : {R"("seen":false)", R"("data":{"decision":"deny"})"}) {
        EXPECT_THAT(refusal_of(with_more(member), all), HasSubstr("cannot be understood"))
            << member;
    }
    EXPECT_EQ(refusal_of(with_more(R"("seen":false)")), "");
    EXPECT_EQ(refusal_of(with_more(R"("seen":true)"), all), "");
}

// For vendors that say no with the status of the success.
TEST(FlatSuccess, JudgesABodyThatWasReadAlready) {
    auto const problem = [](int status, std::string const& text) {
        HttpResponse const response(status, {}, text);
        JsonMemory memory;
        auto const body = JsonObject::read(response.body, memory).value();
        return problem_of(response, body, success);
    };
    EXPECT_TRUE(problem(201, accepted).empty());
    EXPECT_EQ(problem(200, accepted).text, "its status is not the documented one");
    EXPECT_EQ(problem(201, with("ok", "false")).text, "a member is not true");
    EXPECT_EQ(problem(201, with("ok", "false")).pointer, "/ok");
    EXPECT_EQ(problem(201, with_more(R"("x":{"failed":true})")).pointer, "/x/failed");
}

}  // namespace
}  // namespace otp::adapter
