#include "reading.hpp"

#include "http/wire/response_reader.hpp"

namespace otp::http {
namespace {

using Progress = ResponseReader::Progress;

std::string describe(HttpResponse const& response) {
    std::string text = std::to_string(response.status) + '\n';
    for (auto const& [name, value] : response.headers) {
        text.append(name).append(": ").append(value) += '\n';
    }
    return text + response.body + '\n' + response.body_problem;
}

std::string describe(ResponseReader& reader, Progress progress) {
    switch (progress) {
        case Progress::incomplete:
            return "incomplete, status " + std::to_string(reader.status());
        case Progress::refused: {
            auto text = reader.error();
            if (reader.status() != 0) text += '\n' + describe(reader.take_head(reader.problem()));
            return text;
        }
        case Progress::complete:
            break;
    }
    std::string text = reader.keep_alive() ? "kept" : "not kept";
    if (auto const timeout = reader.keep_alive_timeout()) {
        text += " for " + std::to_string(timeout->count());
    }
    return text + '\n' + describe(reader.take());
}

std::string ok(std::string const& fields, std::string const& body = "") {
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
}

std::string repeated(std::string const& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

std::vector<SampleResponse> hostile_responses() {
    return {
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
        {"Status700", "HTTP/1.1 700 High\r\nContent-Length: 0\r\n\r\n", "between 100 and 599"},
        {"Status999", "HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n", "between 100 and 599"},
        {"Http09", R"({"status_code":200})", "not HTTP/1.x"},
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

        {"FoldedLine", ok("X: a\r\n b\r\nContent-Length: 0\r\n"), "begins with a blank"},
        {"FoldedFirstLine", ok(" X: a\r\nContent-Length: 0\r\n"), "begins with a blank"},
        {"FoldedTrailer",
         ok("Transfer-Encoding: chunked\r\n", "0\r\nT: a\r\n b\r\n\r\n"),
         "trailers are malformed"},
        {"DeleteInAValue", ok("X: a\x7F\r\nContent-Length: 0\r\n"), "control character"},
        {"NulInALineOfItsOwn", ok(std::string("\0\r\n", 3)), "control character"},
        {"BareCarriageReturn", ok("X: a\rY: b\r\nContent-Length: 0\r\n"), "malformed"},
        {"BareCarriageReturnInConnection",
         ok("Connection: a\rb c\r\nContent-Length: 0\r\n"),
         "malformed"},
        {"BareCarriageReturnInThePhrase", "HTTP/1.1  200 O\rK\r\nContent-Length: 0\r\n\r\n", ""},
        {"BareLineFeedInAValue", ok("X: a\nb\r\nContent-Length: 0\r\n"), "line feed alone"},
        {"SpaceBeforeTheColonOfTransferEncoding",
         ok("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
         "malformed"},
        {"IdentityTransferEncoding", ok("Transfer-Encoding: identity\r\n", ""), "not chunked"},
        {"EmptyTransferEncoding", ok("Transfer-Encoding:\r\n", ""), "not chunked"},
        {"ChunkedWithParameter",
         ok("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"),
         "not chunked"},
        {"ChunkedTwiceInOneLine",
         ok("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
         "not chunked"},
        {"EmptyLength", ok("Content-Length:\r\n", ""), "Content-Length"},
        {"LengthWithUnit", ok("Content-Length: 2 bytes\r\n", "ab"), "Content-Length"},
        {"EncodedBody",
         ok("Content-Encoding: x-gzip\r\nContent-Length: 2\r\n", "ab"),
         "its body is encoded (x-gzip), though only identity was asked for"},
        {"DeflatedBody",
         ok("Content-Encoding: deflate\r\nContent-Length: 2\r\n", "ab"),
         "(deflate)"},
        {"CompressedBody",
         ok("Content-Encoding: compress\r\nContent-Length: 2\r\n", "ab"),
         "(compress)"},
        {"ZstandardBody", ok("Content-Encoding: zstd\r\nContent-Length: 2\r\n", "ab"), "(zstd)"},
        {"CodingInTheFirstOfTwoLines",
         ok("Content-Encoding: gzip\r\nContent-Encoding: identity\r\nContent-Length: 2\r\n", "ab"),
         "encoded (gzip)"},
        {"CodingInTheSecondOfTwoLines",
         ok("Content-Encoding: UTF-8\r\nContent-Encoding: br\r\nContent-Length: 2\r\n", "ab"),
         "encoded (br)"},
        {"EncodedChunkedBody",
         ok("Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n", "0\r\n\r\n"),
         "encoded (br)"},
        {"EncodedRefusal",
         "HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Encoding: gzip\r\n"
         "Content-Length: 2\r\n\r\nab",
         "encoded (gzip)"},
        {"ChunkWithoutItsLineEnd",
         ok("Transfer-Encoding: chunked\r\n", "2\r\nabc\r\n0\r\n\r\n"),
         "chunked body is malformed"},
        {"ChunkSizeThatIsNone",
         ok("Transfer-Encoding: chunked\r\n", "xy\r\nab\r\n0\r\n\r\n"),
         "chunked body is malformed"},
        {"EmptyChunkSize",
         ok("Transfer-Encoding: chunked\r\n", "\r\nab\r\n0\r\n\r\n"),
         "chunked body is malformed"},
        {"HexPrefixOfAChunk", ok("Transfer-Encoding: chunked\r\n", "0x2\r\nab\r\n0\r\n\r\n"), ""},
        {"ChunkEndsInALineFeedAlone",
         ok("Transfer-Encoding: chunked\r\n", "2\nab\n0\n\n"),
         "chunked body is malformed"},
        {"TrailerWithoutColon", ok("Transfer-Encoding: chunked\r\n", "0\r\ngarbage\r\n\r\n"), ""},
        {"EndlessChunkLine",
         ok("Transfer-Encoding: chunked\r\n", "2;" + std::string(9000, 'x')),
         "chunk extension is larger"},
        {"EndlessTrailers",
         ok("Transfer-Encoding: chunked\r\n", "0\r\n" + repeated("a:\r\n", 2000)),
         "trailers are larger"},
        {"ManySmallTrailers",
         ok("Transfer-Encoding: chunked\r\n", "0\r\n" + repeated("a:\r\n", 1025) + "\r\n"),
         "trailers are larger"},
        {"HeaderOneByteOverLimit",
         "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + std::string(16384 - 40, 'a') + "\r\n\r\n",
         "header is larger than 16384"},
        {"TwoBlankLinesInFront", "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""},
        {"LowerCaseVersion", "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "not HTTP/1.x"},
        {"LaterMinorVersion", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n", "not HTTP/1.x"},
        {"NoMinorVersion", "HTTP/1 200 OK\r\nContent-Length: 0\r\n\r\n", ""},
        {"NoBlankBehindTheVersion", "HTTP/1.1200 OK\r\nContent-Length: 0\r\n\r\n", ""},
        {"NoBlankBehindTheStatus", "HTTP/1.1 200OK\r\nContent-Length: 0\r\n\r\n", ""},
        {"NoStatus", "HTTP/1.1\r\nContent-Length: 0\r\n\r\n", ""},
        {"EmptyName", ok(": x\r\nContent-Length: 0\r\n"), ""},
        {"BlankInAName", ok("X Y: x\r\nContent-Length: 0\r\n"), ""},
        {"BracketInAName", ok("X[a]: x\r\nContent-Length: 0\r\n"), ""},
        {"SshBanner", "SSH-2.0-OpenSSH_9.2\r\n", "not HTTP/1.x"},
    };
}

std::vector<SampleResponse> good_responses() {
    return {
        {"WithLength",
         ok("Content-Length: 5\r\nServer: nginx\r\n", "hello"),
         nullptr,
         200,
         "hello"},
        {"WithoutBody", "HTTP/1.1 204 No Content\r\n\r\n", nullptr, 204, ""},
        {"WithoutBodyButALength",
         "HTTP/1.1 204 No Content\r\nContent-Length: 10000000\r\n\r\n",
         nullptr,
         204,
         ""},
        {"NotModifiedWithALength",
         "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n",
         nullptr,
         304},
        {"Empty", ok("Content-Length: 0\r\n"), nullptr},
        {"ToTheEnd", ok("Connection: close\r\n", "to the end"), nullptr, 200, "to the end"},
        {"WithBytesBehind",
         ok("Content-Length: 2\r\n", "abHTTP/1.1 200 OK\r\n"),
         nullptr,
         200,
         "ab"},
        {"Interim",
         "HTTP/1.1 100 Continue\r\n\r\n" + ok("Content-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"InterimWithoutPhrase",
         "HTTP/1.1 103\r\n\r\n" + ok("Content-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"EmptyChunked", ok("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), nullptr},
        {"EmptyChunkedWithExtension",
         ok("Transfer-Encoding: chunked\r\n", "000;a=b\r\n\r\n"),
         nullptr},
        {"EmptyChunkedWithTrailer",
         ok("Transfer-Encoding: chunked\r\n", "0\r\nA: b\r\n\r\n"),
         nullptr},
        {"Chunked",
         ok("Transfer-Encoding: Chunked\r\n",
            "4\r\nabcd\r\n3;x=\"y z\"\r\nefg\r\n0\r\nT: 1\r\n\r\n"),
         nullptr,
         200,
         "abcdefg"},
        {"ChunkedWithBytesBehind",
         ok("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\n\r\nrest"),
         nullptr,
         200,
         "a"},
        {"PaddedChunkSizes",
         ok("Transfer-Encoding: chunked\r\n", "2   \r\nab\r\n1 \t\r\nc\r\n0  \r\n\r\n"),
         nullptr,
         200,
         "abc"},
        {"NoPhrase", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", nullptr, 200, "ok"},
        {"NoPhraseButABlank", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", nullptr, 200, "ok"},
        {"NoPhraseWithoutBody", "HTTP/1.1 204\r\n\r\n", nullptr, 204, ""},
        {"NoPhraseOfARefusal",
         "HTTP/1.1 429\r\nRetry-After: 30\r\nContent-Length: 2\r\n\r\n{}",
         nullptr,
         429,
         "{}"},
        {"NoPhraseOfHttp10", "HTTP/1.0 200\r\nContent-Length: 2\r\n\r\nok", nullptr, 200, "ok"},
        {"BlanksInTheStatusLine",
         "HTTP/1.1 \t200\t OK \r\nContent-Length: 2\r\n\r\nok",
         nullptr,
         200,
         "ok"},
        {"BlankBeforeAColon", ok("Server : x\r\nContent-Length: 2\r\n", "ok"), nullptr, 200, "ok"},
        {"BlanksAroundValues",
         ok("X:\t a b \t\r\nContent-Length:  2 \r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"EmptyValue", ok("X:\r\nContent-Length: 2\r\n", "ok"), nullptr, 200, "ok"},
        {"Latin1", ok("X: caf\xE9\r\nContent-Length: 2\r\n", "ok"), nullptr, 200, "ok"},
        {"CharacterSetForACoding",
         ok("Content-Encoding: UTF-8\r\nContent-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"NoneForACoding",
         ok("Content-Encoding: none\r\nContent-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"IdentityForACoding",
         ok("Content-Encoding: identity\r\nContent-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"EmptyCoding", ok("Content-Encoding:\r\nContent-Length: 2\r\n", "ok"), nullptr, 200, "ok"},
        {"CodingOfNothing", ok("Content-Encoding: gzip\r\nContent-Length: 0\r\n"), nullptr},
        {"CodingWithoutBody",
         "HTTP/1.1 204 No\r\nContent-Encoding: gzip\r\n\r\n",
         nullptr,
         204,
         ""},
        {"UnclearConnection",
         ok("Connection: keep alive\r\nContent-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"KeepAlive",
         ok("Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n", "ok"),
         nullptr,
         200,
         "ok"},
        {"HeaderAtTheLimit",
         "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + std::string(16384 - 43, 'a') + "\r\n\r\n",
         nullptr},
        {"FieldsAtTheLimit", ok("Content-Length: 0\r\n" + repeated("A: b\r\n", 99)), nullptr},
        {"TrailersAtTheLimit",
         ok("Transfer-Encoding: chunked\r\n", "0\r\n" + repeated("a:\r\n", 1024) + "\r\n"),
         nullptr},
        {"BodyAtTheLimit",
         ok("Transfer-Encoding: chunked\r\n",
            repeated("4000\r\n" + std::string(16384, 'a') + "\r\n", 4) + "0\r\n\r\n"),
         nullptr,
         200,
         std::string(4 * 16384, 'a')},
    };
}

std::string reading_of(std::vector<std::string_view> const& pieces, HttpLimits const& limits) {
    ResponseReader reader(limits);
    std::string unread;
    std::size_t taken = 0;
    for (auto const piece : pieces) {
        unread += piece;
        std::size_t consumed = 0;
        auto const progress = reader.feed(unread, consumed);
        if (progress == Progress::refused) return describe(reader, progress);
        taken += consumed;
        if (progress == Progress::complete) {
            return std::to_string(taken) + " bytes, " + describe(reader, progress);
        }
        unread.erase(0, consumed);
    }
    auto text = describe(reader, Progress::incomplete);
    return text + "; at the end: " + describe(reader, reader.end_of_stream(true));
}

}  // namespace otp::http
