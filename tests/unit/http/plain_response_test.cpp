#include "http/wire/plain_response.hpp"

#include "http/wire/response_reader.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace otp::http {
namespace {

using Progress = ResponseReader::Progress;

std::string const nginx_answer =
    "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
    "Content-Type: application/json\r\nContent-Length: 19\r\nConnection: keep-alive\r\n\r\n"
    "{\"status_code\":200}";
std::string const short_answer = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

TEST(PlainResponse, ReadsWhatServersSend) {
    auto const response = read_plain_response(nginx_answer, {});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "{\"status_code\":200}");
    EXPECT_EQ(response->headers.size(), 5U);
    EXPECT_EQ(response->headers.find("server"), "nginx/1.22.1");
    EXPECT_EQ(response->headers.find("connection"), "keep-alive");

    auto const refusal = read_plain_response(short_answer, {});
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->status, 404);
    EXPECT_EQ(refusal->body, "");
}

TEST(PlainResponse, LeavesEveryOtherKindToTheParser) {
    for (std::string const& bytes : std::vector<std::string>{
             "",
             "H",
             "HTTP/1.1 200 OK\r\n\r\n",
             "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 101 Switching\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 600 ?\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
             "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n22",
             "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1,1\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length:  1\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1 \r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: a\r\n b\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX:\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n: x\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: \x80\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive, close\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nProxy-Connection: close\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nKeep-Alive: timeout=5\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nUpgrade: h2c\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Encoding: gzip\r\n\r\n2",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\ntransfer-encoding: chunked\r\n\r\n2",
         }) {
        EXPECT_FALSE(read_plain_response(bytes, {})) << bytes;
    }
}

TEST(PlainResponse, LeavesWhatIsNotWellWithinTheLimitsToTheParser) {
    auto const head = nginx_answer.find("\r\n\r\n") + 4;
    HttpLimits limits;
    limits.max_header_fields = 4;
    EXPECT_FALSE(read_plain_response(nginx_answer, limits));
    limits = {};
    limits.max_header_bytes = head;
    EXPECT_FALSE(read_plain_response(nginx_answer, limits));
    limits = {};
    limits.max_body_bytes = nginx_answer.size() - head - 1;
    EXPECT_FALSE(read_plain_response(nginx_answer, limits));

    limits.max_header_fields = 5;
    limits.max_header_bytes = head + 1;
    limits.max_body_bytes = nginx_answer.size() - head;
    EXPECT_TRUE(read_plain_response(nginx_answer, limits));
}

/// All that a reader makes of a response, as one text.
std::string verdict(ResponseReader& reader, Progress progress) {
    if (progress == Progress::refused) return reader.error();
    if (progress == Progress::incomplete) return "incomplete";
    std::string text = reader.keep_alive() ? "kept\n" : "not kept\n";
    if (auto const timeout = reader.keep_alive_timeout()) {
        text += std::to_string(timeout->count()) + '\n';
    }
    auto const response = reader.take();
    text += std::to_string(response.status) + '\n';
    for (auto const& [name, value] : response.headers) {
        text.append(name).append(": ").append(value) += '\n';
    }
    return text + response.body;
}

std::string read_whole(std::string_view bytes, HttpLimits const& limits) {
    ResponseReader reader(limits);
    std::size_t consumed = 0;
    auto const progress = reader.feed(bytes, consumed);
    EXPECT_TRUE(progress != Progress::complete || consumed == bytes.size()) << bytes;
    return verdict(reader, progress);
}

/// A response that comes in pieces is always read by the parser.
std::string read_by_parser(std::string_view bytes, HttpLimits const& limits) {
    ResponseReader reader(limits);
    std::size_t consumed = 0;
    auto progress = reader.feed(bytes.substr(0, 1), consumed);
    bytes.remove_prefix(consumed);
    if (progress == Progress::incomplete) progress = reader.feed(bytes, consumed);
    EXPECT_TRUE(progress != Progress::complete || consumed == bytes.size()) << bytes;
    return verdict(reader, progress);
}

std::vector<std::string> variations(std::string const& bytes) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int octet = 0; octet < 256; ++octet) {
            std::string replaced = bytes;
            replaced[at] = static_cast<char>(octet);
            all.push_back(replaced);
            std::string inserted = bytes;
            inserted.insert(at, 1, static_cast<char>(octet));
            all.push_back(inserted);
        }
        std::string removed = bytes;
        removed.erase(at, 1);
        all.push_back(removed);
    }
    return all;
}

TEST(PlainResponse, IsReadAsTheParserReadsIt) {
    HttpLimits const limits;
    int plain = 0;
    for (auto const& answer : {nginx_answer, short_answer}) {
        for (auto const& bytes : variations(answer)) {
            if (!read_plain_response(bytes, limits)) continue;
            ++plain;
            ASSERT_EQ(read_whole(bytes, limits), read_by_parser(bytes, limits)) << bytes;
        }
    }
    // Most changes within a value leave a plain response one.
    EXPECT_GT(plain, 10000);
}

TEST(PlainResponse, IsReadAsTheParserReadsItAtEachLimit) {
    for (std::size_t limit = 1; limit < 200; ++limit) {
        HttpLimits limits;
        limits.max_header_bytes = limit;
        EXPECT_EQ(read_whole(nginx_answer, limits), read_by_parser(nginx_answer, limits)) << limit;
        limits = {};
        limits.max_body_bytes = limit;
        EXPECT_EQ(read_whole(nginx_answer, limits), read_by_parser(nginx_answer, limits)) << limit;
        limits = {};
        limits.max_header_fields = limit;
        EXPECT_EQ(read_whole(nginx_answer, limits), read_by_parser(nginx_answer, limits)) << limit;
    }
}

}  // namespace
}  // namespace otp::http
