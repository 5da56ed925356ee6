#include <otp/error.hpp>
#include <otp/testing/recording.hpp>

#include <boost/json/parse.hpp>

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace otp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

constexpr auto good = R"({
  "name": "send_ok",
  "source": "https://example.com/docs",
  "request": {
    "method": "PUT", "target": "/otp?x=1",
    "headers": { "authorization": "Bearer ***", "content-type": "application/json" },
    "body": { "json": { "to": { "phone": "+12025550162" }, "id": "a" } }
  },
  "response": {
    "status": 429, "headers": { "retry-after": "7" }, "body": { "text": "slow down" }
  },
  "match": { "ignore": ["/id", "/to/phone"] },
  "input": { "operation": "send" },
  "expect": { "ok": false }
})";

std::vector<std::string> pointers(Result<Recording> const& recording) {
    std::vector<std::string> found;
    if (recording) return found;
    for (auto const& violation : recording.error().violations) found.push_back(violation.pointer);
    return found;
}

TEST(ParseRecording, ReadsEveryMember) {
    auto const recording = parse_recording(good);
    ASSERT_TRUE(recording) << recording.error();
    EXPECT_EQ(recording->name, "send_ok");
    EXPECT_EQ(recording->source, "https://example.com/docs");
    EXPECT_EQ(recording->request.method, HttpMethod::put);
    EXPECT_EQ(recording->request.target, "/otp?x=1");
    EXPECT_EQ(recording->request.headers.at("authorization"), "Bearer ***");
    EXPECT_EQ(to_bytes(recording->request.body), R"({"to":{"phone":"+12025550162"},"id":"a"})");
    EXPECT_EQ(recording->response.status, 429);
    EXPECT_THAT(recording->ignored, ElementsAre("/id", "/to/phone"));
    EXPECT_EQ(recording->input.at("operation"), "send");
    auto const response = recording->response.to_response();
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.headers.find("Retry-After"), "7");
    EXPECT_EQ(response.body, "slow down");
}

TEST(ParseRecording, ReadsAForm) {
    auto const recording = parse_recording(R"({
      "name": "token", "request": { "method": "POST", "target": "/token", "headers": {},
        "body": { "form": { "user name": "a+b", "password": "***" } } },
      "response": { "status": 200, "headers": {} },
      "match": { "ignore": ["/password"] } })");
    ASSERT_TRUE(recording) << recording.error();
    EXPECT_EQ(to_bytes(recording->request.body), "user%20name=a%2Bb&password=%2A%2A%2A");
    EXPECT_EQ(recording->response.to_response().body, "");
}

TEST(ParseRecording, ReportsAllMistakesWithTheirPlaces) {
    auto const recording = parse_recording(R"({
      "name": "a/b", "descripton": "", "source": "ftp://x",
      "request": { "method": "DELETE", "target": "otp",
        "headers": { "Accept": "a", "x-key": "open", "accept": 1 },
        "body": { "json": {}, "text": "" } },
      "response": { "status": 1000, "headers": { "set-cookie": "a=b" }, "body": { "xml": "" } },
      "match": { "ignore": ["/missing", 1] },
      "expect": [] })");
    ASSERT_FALSE(recording);
    EXPECT_EQ(recording.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(
        pointers(recording),
        UnorderedElementsAre(
            "/descripton",
            "/name",
            "/source",
            "/request/method",
            "/request/target",
            "/request/headers/Accept",
            "/request/headers/x-key",
            "/request/headers/accept",
            "/request/body",
            "/response/status",
            "/response/headers/set-cookie",
            "/response/body/xml",
            "/match/ignore/0",
            "/match/ignore/1",
            "/expect"
        )
    );
}

constexpr auto echoing = R"({
  "name": "send_ok",
  "request": {
    "method": "POST",
    "target": "/users/{id}/otp",
    "headers": { "content-type": "application/json" },
    "body": { "json": { "to": "***", "n": 0 } }
  },
  "response": {
    "status": 200,
    "headers": {},
    "body": { "json": { "user": 1, "sent": { "to": "x" }, "n": "1", "of": "x" } }
  },
  "match": {
    "ignore": ["/to", "/n"],
    "echo": [
      { "request": "{id}", "response": "/user" },
      { "request": "/to", "response": "/sent/to" },
      { "request": "/n", "response": "/n" }
    ]
  }
})";

TEST(ParseRecording, AnAnswerRepeatsTheRequest) {
    auto const recording = parse_recording(echoing);
    ASSERT_TRUE(recording) << recording.error();
    EXPECT_EQ(parse_recording(to_text(*recording))->echoed, recording->echoed);
    HttpRequest request(HttpMethod::post, "/users/4711/otp", "/users/{id}/otp");
    request.content_type = json_content_type;
    request.body = R"({"to":"me","n":5})";
    EXPECT_EQ(
        answer_of(*recording, request).body, R"({"user":4711,"sent":{"to":"me"},"n":"5","of":"x"})"
    );
    HttpRequest other(HttpMethod::post, "/users/a%2Fb/otp", "/users/{id}/otp");
    EXPECT_EQ(
        answer_of(*recording, other).body, R"({"user":"a/b","sent":{"to":"x"},"n":"1","of":"x"})"
    );
}

TEST(ParseRecording, ReportsMistakesOfPlaceholdersAndEchoes) {
    auto const with = [](std::string from, std::string const& to) {
        std::string text(echoing);
        text.replace(text.find(from), from.size(), to);
        return pointers(parse_recording(text));
    };
    EXPECT_THAT(with("/{id}/otp", "/a{id}/otp"), IsSupersetOf({"/request/target"}));
    EXPECT_THAT(with("/{id}/otp", "/{id}/{id}"), ElementsAre("/request/target"));
    EXPECT_THAT(with("/{id}/otp", "/{}/otp"), IsSupersetOf({"/request/target"}));
    EXPECT_THAT(with("\"{id}\"", "\"{no}\""), ElementsAre("/match/echo/0/request"));
    EXPECT_THAT(with("\"/sent/to\"", "\"/sent/by\""), ElementsAre("/match/echo/1/response"));
    EXPECT_THAT(
        with("\"/n\", \"response\"", "\"/m\", \"response\""), ElementsAre("/match/echo/2/request")
    );
    EXPECT_THAT(with("\"echo\": [", "\"echos\": ["), ElementsAre("/match/echos"));
}

TEST(ParseRecording, NamesWhatIsMissing) {
    EXPECT_THAT(
        pointers(parse_recording("{}")), UnorderedElementsAre("/name", "/request", "/response")
    );
    EXPECT_THAT(
        pointers(parse_recording(R"({"name":"","request":{},"response":{}})")),
        UnorderedElementsAre(
            "/name",
            "/request/method",
            "/request/target",
            "/request/headers",
            "/response/status",
            "/response/headers"
        )
    );
}

TEST(ParseRecording, RefusesWhatIsNoObjectOrNoJson) {
    EXPECT_THAT(pointers(parse_recording("[]")), ElementsAre(""));
    EXPECT_THAT(pointers(parse_recording("{")), ElementsAre(""));
    EXPECT_THAT(pointers(parse_recording(R"({"name":"a","name":"b"})")), ElementsAre(""));
}

TEST(ParseRecording, RefusesAnUnmaskedCredentialWithoutShowingIt) {
    auto const recording = parse_recording(R"({
      "name": "a", "response": { "status": 200, "headers": {} },
      "request": { "method": "GET", "target": "/",
        "headers": { "authorization": "Bearer fake-canary" } } })");
    ASSERT_FALSE(recording);
    EXPECT_THAT(pointers(recording), ElementsAre("/request/headers/authorization"));
    EXPECT_THAT(recording.error().violations[0].message, Not(HasSubstr("canary")));
}

TEST(RecordingText, RoundTrips) {
    auto const recording = parse_recording(good).value();
    auto const again = parse_recording(to_text(recording)).value();
    EXPECT_EQ(to_text(again), to_text(recording));
    EXPECT_EQ(again.request.body, recording.request.body);
    EXPECT_EQ(again.request.headers, recording.request.headers);
    EXPECT_EQ(again.response.headers, recording.response.headers);
    EXPECT_EQ(again.expect, recording.expect);
}

TEST(MaskHeader, KeepsOnlyWhatIsKnownToBePlain) {
    EXPECT_EQ(mask_header("Content-Type", "text/html"), "text/html");
    EXPECT_EQ(mask_header("Authorization", "Basic ZmFrZQ=="), "Basic ***");
    EXPECT_EQ(mask_header("authorization", "Bearer fake"), "Bearer ***");
    EXPECT_EQ(mask_header("authorization", "Digest fake"), "***");
    EXPECT_EQ(mask_header("developer_key", "fake"), "***");
    EXPECT_EQ(mask_header("X-New-Header", "fake"), "***");
}

TEST(ParseForm, DecodesFields) {
    auto const fields = parse_form("a=1+2&b=%2B%3d&c&d=");
    ASSERT_TRUE(fields);
    EXPECT_THAT(
        *fields,
        ElementsAre(
            std::pair("a", "1 2"), std::pair("b", "+="), std::pair("c", ""), std::pair("d", "")
        )
    );
    EXPECT_FALSE(parse_form("a=%2"));
    EXPECT_FALSE(parse_form("a=%zz"));
}

class RecordingFolder : public ::testing::Test {
protected:
    void SetUp() override {
        auto const* const test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder = std::filesystem::path(::testing::TempDir()) /
                 (std::string("otp_recordings_") + test->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    void write(std::string const& name, std::string const& text) const {
        std::ofstream(folder / name) << text;
    }

    static std::string failure(std::filesystem::path const& place) {
        try {
            if (place.extension() == ".json") {
                static_cast<void>(load_recording(place));
            } else {
                static_cast<void>(load_recordings(place));
            }
        } catch (ErrorException const& exception) {
            return exception.error().message;
        }
        return "";
    }

    std::filesystem::path folder;
};

TEST_F(RecordingFolder, SavesAndLoadsInOrderOfNames) {
    auto recording = parse_recording(good).value();
    recording.name = "b";
    save_recording(recording, folder);
    recording.name = "a";
    save_recording(recording, folder);
    write("notes.txt", "not a recording");
    auto const loaded = load_recordings(folder);
    ASSERT_EQ(loaded.size(), 2U);
    EXPECT_EQ(loaded[0].name, "a");
    EXPECT_EQ(loaded[1].name, "b");
}

TEST_F(RecordingFolder, SaysWhatIsWrongAndWhere) {
    EXPECT_THAT(failure(folder), HasSubstr("no recording"));
    EXPECT_THAT(failure(folder / "none"), HasSubstr("cannot be read"));
    EXPECT_THAT(failure(folder / "none.json"), HasSubstr("cannot be read"));
    write("bad.json", "{}");
    EXPECT_THAT(failure(folder), AllOf(HasSubstr("bad.json"), HasSubstr("/request is missing")));
    write("bad.json", good);
    EXPECT_THAT(failure(folder / "bad.json"), HasSubstr("unlike its file"));
}

TEST_F(RecordingFolder, DoesNotSaveWhatCouldNotBeLoaded) {
    auto recording = parse_recording(good).value();
    recording.request.headers["authorization"] = "Bearer fake";
    EXPECT_THROW(save_recording(recording, folder), ErrorException);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

}  // namespace
}  // namespace otp::testing
