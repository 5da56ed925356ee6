#include "http/wire/response_reader.hpp"

#include "reading.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::http {
namespace {

using Progress = ResponseReader::Progress;

struct Read {
    Progress progress;
    std::size_t consumed;
    std::string error;
};

Read read_whole(std::string const& bytes, HttpLimits const& limits = {}) {
    ResponseReader reader(limits);
    Read read{};
    read.progress = reader.feed(bytes, read.consumed);
    read.error = reader.error();
    return read;
}

TEST(ResponseReader, ReadsALengthDelimitedResponse) {
    HttpLimits const limits;
    ResponseReader reader(limits);
    std::string const bytes =
        "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-Request-Id: abc\r\nx-request-id: "
        "def\r\n\r\nhello";
    std::size_t consumed = 0;
    ASSERT_EQ(reader.feed(bytes, consumed), Progress::complete);
    EXPECT_EQ(consumed, bytes.size());
    EXPECT_TRUE(reader.keep_alive());
    auto const response = reader.take();
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, "hello");
    EXPECT_EQ(response.headers.find("X-REQUEST-ID"), "abc");
    EXPECT_EQ(response.headers.size(), 3U);
}

TEST(ResponseReader, ReadsTheSameFromEveryPairOfPieces) {
    std::string const bytes =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\nTrailer: 1\r\n\r\n";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        HttpLimits const limits;
        ResponseReader reader(limits);
        std::size_t consumed = 0;
        auto progress = reader.feed(bytes.substr(0, cut), consumed);
        if (progress == Progress::incomplete) {
            std::string const rest = bytes.substr(consumed);
            progress = reader.feed(rest, consumed);
            EXPECT_EQ(consumed, rest.size()) << cut;
        }
        ASSERT_EQ(progress, Progress::complete) << cut << reader.error();
        EXPECT_EQ(reader.take().body, "abcdefg") << cut;
    }
}

TEST(ResponseReader, ReadsByteByByte) {
    std::string const bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    HttpLimits const limits;
    ResponseReader reader(limits);
    std::string unread;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        unread += bytes[i];
        std::size_t consumed = 0;
        auto const progress = reader.feed(unread, consumed);
        unread.erase(0, consumed);
        EXPECT_EQ(progress, i + 1 == bytes.size() ? Progress::complete : Progress::incomplete);
        EXPECT_TRUE(reader.started());
        EXPECT_EQ(reader.status(), i + 1 >= bytes.size() - 2 ? 200 : 0);
    }
}

TEST(ResponseReader, LeavesBytesBehindTheResponseAlone) {
    auto const read = read_whole("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    EXPECT_EQ(read.progress, Progress::complete);
    EXPECT_EQ(read.consumed, 27U);
}

TEST(ResponseReader, KnowsWhatMayBeReused) {
    struct Case {
        char const* header;
        bool keep_alive;
    };
    for (auto const& [header, keep_alive] : std::vector<Case>{
             {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true},
             {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false},
             {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: x, Close\r\n\r\n", false},
             {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false},
             {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", false},
             {"HTTP/1.1 204 No Content\r\n\r\n", true},
         }) {
        HttpLimits const limits;
        ResponseReader reader(limits);
        std::size_t consumed = 0;
        ASSERT_EQ(reader.feed(header, consumed), Progress::complete) << header;
        EXPECT_EQ(reader.keep_alive(), keep_alive) << header;
    }
}

TEST(ResponseReader, ReadsTheServersIdleTimeout) {
    HttpLimits const limits;
    ResponseReader reader(limits);
    std::size_t consumed = 0;
    ASSERT_EQ(
        reader.feed(
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nKeep-Alive: timeout=5, max=100\r\n\r\n",
            consumed
        ),
        Progress::complete
    );
    EXPECT_EQ(reader.keep_alive_timeout(), std::chrono::seconds(5));
}

TEST(ResponseReader, TakesABodyToTheEndOnlyIfTheEndIsAnnounced) {
    for (bool const announced : {true, false}) {
        HttpLimits const limits;
        ResponseReader reader(limits);
        std::size_t consumed = 0;
        ASSERT_EQ(reader.feed("HTTP/1.1 200 OK\r\n\r\npart", consumed), Progress::incomplete);
        EXPECT_EQ(
            reader.end_of_stream(announced), announced ? Progress::complete : Progress::refused
        );
        if (announced) {
            EXPECT_FALSE(reader.keep_alive());
            EXPECT_EQ(reader.take().body, "part");
        }
    }
}

TEST(ResponseReader, DoesNotTakeATruncatedResponseForAWholeOne) {
    std::string const bytes = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd";
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        HttpLimits const limits;
        ResponseReader reader(limits);
        std::size_t consumed = 0;
        ASSERT_EQ(reader.feed(bytes.substr(0, cut), consumed), Progress::incomplete) << cut;
        EXPECT_EQ(reader.end_of_stream(true), Progress::incomplete) << cut;
    }
}

std::string ok(std::string const& fields, std::string const& body = "") {
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
}

std::string repeated(std::string const& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

class Hostile : public testing::TestWithParam<SampleResponse> {};

TEST_P(Hostile, IsRefused) {
    auto const read = read_whole(GetParam().bytes);
    EXPECT_EQ(read.progress, Progress::refused);
    EXPECT_NE(read.error.find(GetParam().says), std::string::npos) << read.error;
}

INSTANTIATE_TEST_SUITE_P(
    Responses,
    Hostile,
    testing::ValuesIn(hostile_responses()),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST(ResponseReader, DoesNotEndAChunkAtABareLineFeed) {
    auto const read = read_whole(ok("Transfer-Encoding: chunked\r\n", "2\nab\n0\n\n"));
    EXPECT_NE(read.progress, Progress::complete);
}

TEST(ResponseReader, AcceptsFiveInterimResponses) {
    auto const read = read_whole(
        repeated("HTTP/1.1 102 Processing\r\n\r\n", 5) + ok("Content-Length: 2\r\n", "ab")
    );
    EXPECT_EQ(read.progress, Progress::complete);
}

TEST(ResponseReader, HasLimitsThatCanBeSet) {
    HttpLimits limits;
    limits.max_body_bytes = 100 * 1024;
    auto const body = std::string(90 * 1024, 'a');
    EXPECT_EQ(
        read_whole(ok("Content-Length: 92160\r\n", body), limits).progress, Progress::complete
    );
}

}  // namespace
}  // namespace otp::http
