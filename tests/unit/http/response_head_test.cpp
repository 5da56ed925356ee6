#include "http/wire/response_head.hpp"

#include "http/wire/chunk_framing.hpp"
#include "http/wire/line_block.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::http {
namespace {

std::string right(std::string const& head) {
    std::string storage;
    return std::string(put_right(head, storage));
}

TEST(ResponseHead, LeavesAloneWhatIsAsItShouldBe) {
    for (std::string const head :
         {"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
          "HTTP/1.1 200 \r\n\r\n",
          "HTTP/1.0 200 OK  \r\nConnection: close, x\r\nConnection:\r\n\r\n"}) {
        std::string storage;
        EXPECT_EQ(put_right(head, storage).data(), head.data()) << head;
    }
}

TEST(ResponseHead, PutsRightWhatIsClear) {
    for (auto const& [odd, expected] : std::vector<std::pair<std::string, std::string>>{
             {"HTTP/1.1 200\r\n\r\n", "HTTP/1.1 200 \r\n\r\n"},
             {"HTTP/1.1 \t200\t \tVery OK \r\n\r\n", "HTTP/1.1 200 Very OK \r\n\r\n"},
             {"HTTP/1.1 200 OK\r\nA \t: b\r\nC:d\r\n\r\n",
              "HTTP/1.1 200 OK\r\nA: b\r\nC:d\r\n\r\n"},
             {"HTTP/1.1 200\r\nconnection: a b\r\nPROXY-Connection : a=b\r\nD: e\r\n\r\n",
              "HTTP/1.1 200 \r\nconnection: close\r\nPROXY-Connection: close\r\nD: e\r\n\r\n"},
         }) {
        EXPECT_EQ(right(odd), expected);
    }
}

TEST(ResponseHead, LeavesToTheParserWhatIsNot) {
    for (std::string const head :
         {"HTTP/1.1\r\n\r\n",
          "HTTP/1.1 20\r\n\r\n",
          "HTTP/1.1 2x0\r\n\r\n",
          "HTTP/1.1 2000\r\n\r\n",
          "HTTP/1.1 200OK\r\n\r\n",
          "HTTP/1.1200\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n",
          "HTTP/1.1 200 OK\r\ntransfer-encoding\t: chunked\r\n\r\n",
          "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
          "HTTP/1.1 200 OK\r\n : x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA B: x\r\n\r\n"}) {
        EXPECT_EQ(right(head), head);
    }
}

TEST(ResponseHead, KnowsTheBeginningOfAResponse) {
    for (auto const* const begin : {"", "H", "HTTP/1.", "HTTP/1.1 200 OK"}) {
        EXPECT_TRUE(may_be_response(begin)) << begin;
    }
    for (auto const* const begin : {"h", "\r", "HTTP/2", "HTTPS", "<html>", " HTTP/1.1"}) {
        EXPECT_FALSE(may_be_response(begin)) << begin;
    }
}

TEST(LineBlock, EndsAtTheEmptyLine) {
    LineBlock block(100, 2);
    EXPECT_EQ(block.look(""), LineBlock::Progress::incomplete);
    EXPECT_EQ(block.look("A: b\r\nC"), LineBlock::Progress::incomplete);
    EXPECT_EQ(block.look("A: b\r\nC: d\r\n\r"), LineBlock::Progress::incomplete);
    EXPECT_EQ(block.look("A: b\r\nC: d\r\n\r\nrest"), LineBlock::Progress::complete);
    EXPECT_EQ(block.size(), 14U);
    LineBlock empty(2, 0);
    EXPECT_EQ(empty.look("\r\nrest"), LineBlock::Progress::complete);
    EXPECT_EQ(empty.size(), 2U);
}

TEST(LineBlock, RefusesALineThatEndsInALineFeedAlone) {
    for (std::string const bytes : {"\n", "A: b\n", "A: b\r\n\n", "A: b\r\nC: d\n"}) {
        LineBlock block(100, 5);
        EXPECT_EQ(block.look(bytes), LineBlock::Progress::malformed) << bytes;
        EXPECT_NE(block.problem(), "");
    }
}

TEST(LineBlock, EndsWithinItsLimit) {
    LineBlock exact(8, 1);
    EXPECT_EQ(exact.look("A: b\r\n\r\n"), LineBlock::Progress::complete);
    LineBlock small(7, 1);
    EXPECT_EQ(small.look("A: b\r\n\r"), LineBlock::Progress::incomplete);
    EXPECT_EQ(small.look("A: b\r\n\r\n"), LineBlock::Progress::too_large);
}

TEST(LineBlock, HasNoMoreLinesThanItsLimit) {
    LineBlock block(100, 1);
    EXPECT_EQ(block.look("A: b\r\nC: d\r"), LineBlock::Progress::incomplete);
    EXPECT_EQ(block.look("A: b\r\nC: d\r\n"), LineBlock::Progress::too_many);
}

TEST(ChunkFrame, IsGivenWholeOnly) {
    using Progress = ChunkFrame::Progress;
    for (std::string const whole : {"0\r\n\r\n", "\r\n0\r\n\r\n", "\r\n00;a\r\nA: b\r\n\r\n"}) {
        bool const after_data = whole.front() == '\r';
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_EQ(
                ChunkFrame::find(std::string_view(whole).substr(0, size), after_data).progress,
                Progress::incomplete
            ) << whole
              << size;
        }
        auto const frame = ChunkFrame::find(whole + "rest", after_data);
        EXPECT_EQ(frame.progress, Progress::complete);
        EXPECT_EQ(frame.size, whole.size());
        EXPECT_EQ(frame.padding_size, 0U);
    }
    auto const padded = ChunkFrame::find("\r\n1f \t\r\nx", true);
    EXPECT_EQ(padded.size, 8U);
    EXPECT_EQ(padded.padding_begin, 4U);
    EXPECT_EQ(padded.padding_size, 2U);
    // A line without a size is no last one: the parser refuses it at once.
    EXPECT_EQ(ChunkFrame::find("\r\nab", false).size, 2U);
    // Only the size decides which one is the last.
    EXPECT_EQ(ChunkFrame::find("10\r\n", false).size, 4U);
}

TEST(ChunkFrame, RefusesTheSameAtTheLimitHoweverMuchHasCome) {
    using Progress = ChunkFrame::Progress;
    std::string const size = "000000000000000a";
    std::string const fits = size + ';' + std::string(255, 'x');
    EXPECT_EQ(ChunkFrame::find(fits, false).progress, Progress::incomplete);
    EXPECT_EQ(ChunkFrame::find(fits + "\r\n", false).progress, Progress::complete);
    EXPECT_EQ(ChunkFrame::find(fits + "xx", false).progress, Progress::refused);
    EXPECT_EQ(ChunkFrame::find(fits + "x\r\n", false).progress, Progress::refused);
}

}  // namespace
}  // namespace otp::http
