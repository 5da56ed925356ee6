#include "http/response_reader.hpp"

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

struct HostileCase {
    char const* name;
    std::string bytes;
    /// Part of the error; empty where any will do.
    char const* says;
};

std::string ok(std::string const& fields, std::string const& body = "") {
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
}

std::string repeated(std::string const& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

class Hostile : public testing::TestWithParam<HostileCase> {};

TEST_P(Hostile, IsRefused) {
    auto const read = read_whole(GetParam().bytes);
    EXPECT_EQ(read.progress, Progress::refused);
    EXPECT_NE(read.error.find(GetParam().says), std::string::npos) << read.error;
}

INSTANTIATE_TEST_SUITE_P(
    Responses,
    Hostile,
    testing::ValuesIn(std::vector<HostileCase>{
        {"LengthThenChunked",
         ok("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
         "both"},
        {"ChunkedThenLength",
         ok("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
         "both"},
        {"TwoLengths", ok("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde"), "Content-Length"},
        {"TheSameLengthTwice",
         ok("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"),
         "Content-Length"},
        {"ListOfLengths", ok("Content-Length: 2, 2\r\n", "ab"), "Content-Length"},
        {"SignedLength", ok("Content-Length: +2\r\n", "ab"), "Content-Length"},
        {"NegativeLength", ok("Content-Length: -1\r\n", ""), "Content-Length"},
        {"HexLength", ok("Content-Length: 0x2\r\n", "ab"), "Content-Length"},
        {"LengthBeyond64Bits",
         ok("Content-Length: 18446744073709551616\r\n", ""),
         "Content-Length"},
        {"HugeLength", ok("Content-Length: 18446744073709551615\r\n", ""), "body is larger"},
        {"LengthOverLimit", ok("Content-Length: 65537\r\n", ""), "body is larger than 65536"},
        {"GzipTransferEncoding",
         ok("Transfer-Encoding: gzip\r\nContent-Length: 2\r\n", "ab"),
         "Transfer-Encoding"},
        {"UnknownTransferEncoding",
         ok("Transfer-Encoding: xchunked\r\n", "ab"),
         "Transfer-Encoding"},
        {"StackedTransferEncoding",
         ok("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
         "Transfer-Encoding"},
        {"TwoTransferEncodings",
         ok("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
         "Transfer-Encoding"},
        {"ContentEncoding", ok("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "ab"), "encoded"},
        {"BareLineFeeds", "HTTP/1.1 200 OK\nContent-Length: 0\n\n\r\n\r\n", ""},
        {"SpaceBeforeColon", ok("Content-Length : 2\r\n", "ab"), ""},
        {"NulInValue", ok(std::string("X: a\0b\r\nContent-Length: 0\r\n", 28)), ""},
        {"NoColon", ok("garbage\r\n"), ""},
        {"HeaderOverLimit", ok("X: " + std::string(17000, 'a') + "\r\n"), "header is larger"},
        {"EndlessHeaderLine",
         "HTTP/1.1 200 OK\r\nX: " + std::string(17000, 'a'),
         "header is larger"},
        {"TooManyFields", ok(repeated("A: b\r\n", 101)), "more than 100 header fields"},
        {"ChunkedBodyOverLimit",
         ok("Transfer-Encoding: chunked\r\n",
            "10001\r\n" + std::string(65537, 'a') + "\r\n0\r\n\r\n"),
         "body is larger"},
        {"ManyChunksOverLimit",
         ok("Transfer-Encoding: chunked\r\n",
            repeated("4000\r\n" + std::string(16384, 'a') + "\r\n", 5)),
         "body is larger"},
        {"BodyToTheEndOverLimit", ok("", std::string(65537, 'a')), "body is larger"},
        {"ChunkSizeOverflow", ok("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n"), ""},
        {"NegativeChunk", ok("Transfer-Encoding: chunked\r\n", "-2\r\nab\r\n0\r\n\r\n"), ""},
        {"LongChunkExtension",
         ok("Transfer-Encoding: chunked\r\n", "2;" + std::string(300, 'x') + "\r\nab\r\n0\r\n\r\n"),
         ""},
        {"LongTrailers",
         ok("Transfer-Encoding: chunked\r\n", "0\r\nT: " + std::string(5000, 'x') + "\r\n\r\n"),
         ""},
        {"Http2", "HTTP/2.0 200 OK\r\n\r\n", ""},
        {"Icy", "ICY 200 OK\r\n\r\n", ""},
        {"FourDigitStatus", "HTTP/1.1 2000 OK\r\n\r\n", ""},
        {"TwoDigitStatus", "HTTP/1.1 20 OK\r\n\r\n", ""},
        {"Status099", "HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n", "between 100 and 599"},
        {"Status600", "HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n", "between 100 and 599"},
        {"SwitchingProtocols",
         "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
         "switches protocols"},
        {"Garbage", "\x16\x03\x01\x02 garbage\r\n\r\n", ""},
        {"Html", "<html>502 Bad Gateway</html>\r\n\r\n", ""},
        {"LeadingLineEnd", "\r\nHTTP/1.1 200 OK\r\n\r\n", ""},
        {"SixInterimResponses",
         repeated("HTTP/1.1 100 Continue\r\n\r\n", 6) + ok("Content-Length: 0\r\n"),
         "interim"},
        {"InterimWithBody",
         "HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nhello" + ok("Content-Length: 0\r\n"),
         ""},
        {"RequestInsteadOfResponse", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", ""},
    }),
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
