#include <otp/testing/request_match.hpp>

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <string>
#include <utility>

namespace otp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Recording recorded() {
    Recording recording;
    recording.name = "send";
    recording.request.target = "/otp";
    recording.request.headers = {
        {"authorization", "Basic ***"}, {"content-type", "application/json"}, {"x-key", "***"}};
    recording.request.body.emplace<boost::json::value>(
        boost::json::parse(R"({"to":"+12025550162","n":1,"list":[1,{"a":true}],"o":{"a/b":null}})")
    );
    return recording;
}

HttpRequest matching() {
    HttpRequest request(HttpMethod::post, "/otp");
    request.headers = {{"X-Key", "fake"}, {"Authorization", "Basic ZmFrZQ=="}};
    request.content_type = json_content_type;
    request.body =
        R"({ "o": {"a/b": null}, "n": 1, "list": [1, {"a": true}], "to": "+12025550162" })";
    return request;
}

TEST(Compare, IgnoresOrderSpaceAndTheCaseOfHeaderNames) {
    EXPECT_THAT(compare(recorded(), matching()), IsEmpty());
}

TEST(Compare, SeesMethodAndTarget) {
    HttpRequest request(HttpMethod::put, "/other");
    request.headers = matching().headers;
    request.content_type = json_content_type;
    request.body = matching().body;
    EXPECT_THAT(
        compare(recorded(), request), ElementsAre(R"(method differs from "POST")", "target differs")
    );
}

TEST(Compare, ComparesTheWholeSetOfHeaders) {
    auto request = matching();
    request.headers = {
        {"Authorization", "Bearer fake"}, {"X-Key", ""}, {"X-More", "a"}, {"X-Key", "b"}};
    request.content_type = "text/plain";
    EXPECT_THAT(
        compare(recorded(), request),
        UnorderedElementsAre(
            "header authorization differs",
            R"(header content-type differs from "application/json")",
            "header x-key is repeated",
            "header x-more is not in the recording"
        )
    );
    request.headers = {{"X-Key", ""}};
    EXPECT_THAT(
        compare(recorded(), request),
        UnorderedElementsAre(
            "header authorization is missing",
            R"(header content-type differs from "application/json")",
            "header x-key differs"
        )
    );
}

TEST(Compare, NamesMembersByPointerAndShowsNobodysValue) {
    auto request = matching();
    request.body = R"({"to":"+12025550163","n":"1","list":[1,{"a":1}],"o":{"b":0},"more":2})";
    EXPECT_THAT(
        compare(recorded(), request),
        UnorderedElementsAre(
            "body /to differs",
            "body /n must be an integer and is a string",
            "body /list/1/a must be a boolean and is an integer",
            "body /o/a~1b is missing",
            "body /o/b is not in the recording",
            "body /more is not in the recording"
        )
    );
    request.body = R"({"to":"+12025550162","n":1,"list":[1],"o":{"a/b":null}})";
    EXPECT_THAT(compare(recorded(), request), ElementsAre("body /list has another length"));
    request.body = "[]";
    EXPECT_THAT(
        compare(recorded(), request), ElementsAre("body must be an object and is an array")
    );
}

TEST(Compare, RefusesBodiesThatAreNoJsonAndRepeatedMembers) {
    auto request = matching();
    request.body = "{";
    EXPECT_THAT(compare(recorded(), request), ElementsAre("body is not JSON"));
    request.body = R"({"to":"a","to":"+12025550162"})";
    EXPECT_THAT(compare(recorded(), request), ElementsAre("body is not JSON"));
}

TEST(Compare, IgnoredMembersMustBeThereWithAnyValue) {
    auto recording = recorded();
    recording.ignored = {"/to", "/list/1/a"};
    auto request = matching();
    request.body = R"({"to":"other","n":1,"list":[1,{"a":"x"}],"o":{"a/b":null}})";
    EXPECT_THAT(compare(recording, request), IsEmpty());
    request.body = R"({"n":1,"list":[1,{}],"o":{"a/b":null}})";
    EXPECT_THAT(
        compare(recording, request),
        UnorderedElementsAre("body /to is missing", "body /list/1/a is missing")
    );
    EXPECT_THAT(compare(recording.request, matching()), IsEmpty());
}

TEST(Compare, ComparesForms) {
    Recording recording;
    recording.request.target = "/token";
    recording.request.headers = {{"content-type", std::string(form_content_type)}};
    recording.request.body.emplace<FormFields>(FormFields{
        {"user", "a b"}, {"password", "***"}, {"grant", "x"}});
    recording.ignored = {"/password"};
    HttpRequest request(HttpMethod::post, "/token");
    request.content_type = form_content_type;
    request.body = "grant=x&password=fake&user=a%20b";
    EXPECT_THAT(compare(recording, request), IsEmpty());
    request.body = "grant=y&user=a+b&more=1&user=c";
    EXPECT_THAT(
        compare(recording, request),
        UnorderedElementsAre(
            R"(body /grant differs from "x")",
            "body /password is missing",
            "body /more is not in the recording",
            "body /user is not in the recording"
        )
    );
    request.body = "grant=%";
    EXPECT_THAT(compare(recording, request), ElementsAre("body is not a form"));
}

TEST(Compare, ShowsWhatWasRecordedIfItCanBeNobodysAndNothingOfTheRequest) {
    Recording recording;
    recording.request.target = "/x";
    recording.request.headers = {{"content-type", "application/json"}};
    recording.request.body.emplace<boost::json::value>(boost::json::parse(
        R"({"a":"de","b":5,"c":true,"d":"1234","e":12345,"f":"a@b","g":"***","h":"Ada L"})"
    ));
    HttpRequest request(HttpMethod::post, "/x");
    request.content_type = json_content_type;
    request.body = R"({"a":"no","b":6,"c":false,"d":"no","e":6,"f":"no","g":"no","h":"no"})";
    EXPECT_THAT(
        compare(recording, request),
        ElementsAre(
            R"(body /a differs from "de")",
            "body /b differs from 5",
            "body /c differs from true",
            "body /d differs",
            "body /e differs",
            "body /f differs",
            "body /g differs",
            "body /h differs"
        )
    );
}

TEST(Compare, APlaceholderIsAnyOneSegment) {
    auto const differs = [](std::string target) {
        Recording recording;
        recording.request.method = HttpMethod::get;
        recording.request.target = "/users/{id}/status";
        return !compare(recording, HttpRequest(HttpMethod::get, std::move(target), "/")).empty();
    };
    EXPECT_FALSE(differs("/users/7/status"));
    EXPECT_FALSE(differs("/users/a%2Fb/status"));
    EXPECT_TRUE(differs("/users//status"));
    EXPECT_TRUE(differs("/users/7/8/status"));
    EXPECT_TRUE(differs("/users/7?x=/status"));
    EXPECT_TRUE(differs("/users/7/status?x=1"));
    EXPECT_TRUE(differs("/others/7/status"));
}

TEST(Compare, ComparesTextAndNoBody) {
    Recording recording;
    recording.request.target = "/x";
    recording.request.body.emplace<std::string>("abc");
    HttpRequest request(HttpMethod::post, "/x");
    EXPECT_THAT(compare(recording, request), ElementsAre("body differs"));
    request.body = "abc";
    EXPECT_THAT(compare(recording, request), IsEmpty());
    recording.request.body.emplace<std::monostate>();
    EXPECT_THAT(compare(recording, request), ElementsAre("body is not in the recording"));
}

}  // namespace
}  // namespace otp::testing
