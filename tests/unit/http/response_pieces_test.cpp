// What is made of a response must not depend on the pieces in which it came.

#include "http/wire/plain_response.hpp"
#include "reading.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace otp::http {
namespace {

#ifdef OTP_SANITIZED_TESTS
// Many times slower there, and fewer cuts show a sanitizer as much.
constexpr std::size_t longest_with_every_pair = 120;
constexpr std::size_t longest_with_every_triple = 50;
#else
constexpr std::size_t longest_with_every_pair = 400;
constexpr std::size_t longest_with_every_triple = 90;
#endif

std::vector<SampleResponse> all_responses() {
    auto all = good_responses();
    auto const hostile = hostile_responses();
    all.insert(all.end(), hostile.begin(), hostile.end());
    return all;
}

/// Where responses are cut: everywhere; long ones near their ends, at the line ends, and near the
/// limits.
std::vector<std::size_t> places(std::string_view bytes) {
    bool const everywhere = bytes.size() <= longest_with_every_pair;
    std::vector<std::size_t> chosen;
    int line_ends = 0;
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
        bool const near_end = at < 90 || bytes.size() - at < 25;
        bool const at_line_end = at > 0 && at < bytes.size() &&
                                 (bytes[at - 1] == '\r' || bytes[at] == '\n') && ++line_ends < 60;
        bool const near_limit = at > 16370 && at < 16400;
        if (everywhere || near_end || at_line_end || near_limit || at % 4001 == 0) {
            chosen.push_back(at);
        }
    }
    return chosen;
}

class InPieces : public testing::TestWithParam<SampleResponse> {
protected:
    std::string_view const bytes_{GetParam().bytes};

    void expect_same(std::vector<std::size_t> const& cuts, std::string const& whole) const {
        std::vector<std::string_view> pieces;
        std::size_t begin = 0;
        for (auto const cut : cuts) {
            pieces.push_back(bytes_.substr(begin, cut - begin));
            begin = cut;
        }
        pieces.push_back(bytes_.substr(begin));
        ASSERT_EQ(reading_of(pieces), whole) << "cut at " << testing::PrintToString(cuts);
    }
};

INSTANTIATE_TEST_SUITE_P(
    Responses,
    InPieces,
    testing::ValuesIn(all_responses()),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST_P(InPieces, IsReadTheSameFromEveryPairOfCuts) {
    auto const whole = reading_of({bytes_});
    auto const all = places(bytes_);
    for (auto const first : all) {
        for (auto const second : all) {
            if (first <= second) {
                expect_same({first, second}, whole);
                if (HasFatalFailure()) return;
            }
        }
    }
}

TEST_P(InPieces, IsReadTheSameFromEveryTripleOfCutsIfItIsShort) {
    if (bytes_.size() > longest_with_every_triple) return;
    auto const whole = reading_of({bytes_});
    for (std::size_t first = 0; first <= bytes_.size(); ++first) {
        for (std::size_t second = first; second <= bytes_.size(); ++second) {
            for (std::size_t third = second; third <= bytes_.size(); ++third) {
                expect_same({first, second, third}, whole);
                if (HasFatalFailure()) return;
            }
        }
    }
}

TEST_P(InPieces, IsReadTheSameByteByByte) {
    std::vector<std::size_t> every(bytes_.size());
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = i;
    if (bytes_.size() < 20'000) expect_same(every, reading_of({bytes_}));
}

TEST_P(InPieces, IsTakenIfItIsGoodAndElseRefused) {
    auto const whole = reading_of({bytes_});
    auto const& sample = GetParam();
    if (sample.says != nullptr) {
        EXPECT_TRUE(whole.starts_with("the response is refused: ")) << whole;
        return;
    }
    EXPECT_EQ(whole.find("refused"), whole.npos) << whole;
    auto const verdict = whole.find("kept");
    ASSERT_NE(verdict, whole.npos) << whole;
    auto const response = std::string_view(whole).substr(whole.find('\n', verdict) + 1);
    EXPECT_TRUE(response.starts_with(std::to_string(sample.status) + '\n')) << response;
    EXPECT_TRUE(response.ends_with('\n' + sample.body + '\n')) << response;
}

TEST(ResponseLimits, GiveOneVerdictHoweverTheBytesWereCut) {
    std::vector<std::string> const samples{
        "HTTP/1.1 200 OK\r\nServer: nginx\r\nA: b\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200\r\nA: b\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n\r\nabc"};
    for (auto const& bytes : samples) {
        for (std::size_t limit = 1; limit < 80; ++limit) {
            HttpLimits header, fields, body;
            header.max_header_bytes = limit;
            fields.max_header_fields = limit;
            body.max_body_bytes = limit;
            for (auto const& limits : {header, fields, body}) {
                std::string_view const all = bytes;
                auto const whole = reading_of({all}, limits);
                for (std::size_t cut = 1; cut < all.size(); ++cut) {
                    ASSERT_EQ(reading_of({all.substr(0, cut), all.substr(cut)}, limits), whole)
                        << bytes << limit << ' ' << cut;
                }
            }
        }
    }
}

TEST(ResponseLimits, CountTheWholeHeader) {
    std::string const bytes = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
    HttpLimits limits;
    limits.max_header_bytes = bytes.find("abc");
    EXPECT_FALSE(read_plain_response(bytes, limits));
    EXPECT_TRUE(reading_of({bytes}, limits).ends_with("abc\n"));
    --limits.max_header_bytes;
    EXPECT_TRUE(
        reading_of({bytes}, limits).starts_with("the response is refused: its header is larger")
    );
}

}  // namespace
}  // namespace otp::http
