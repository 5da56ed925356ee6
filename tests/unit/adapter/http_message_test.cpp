#include "unit/model/memory_probe.hpp"

#include <otp/adapter/http_message.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp {
namespace {

using testing::ElementsAre;
using Line = std::pair<std::string_view, std::string_view>;

TEST(HttpMethod, HasTheNamesOfTheProtocol) {
    EXPECT_EQ(to_string(HttpMethod::get), "GET");
    EXPECT_EQ(to_string(HttpMethod::post), "POST");
    EXPECT_EQ(to_string(HttpMethod::put), "PUT");
}

TEST(HttpRequest, HasNoBodyUntilItIsGivenOne) {
    HttpRequest const request(HttpMethod::post, "/v2/customer/1/otp-send", "/v2/customer/{id}");
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/v2/customer/1/otp-send");
    EXPECT_EQ(request.route, "/v2/customer/{id}");
    EXPECT_TRUE(request.headers.empty());
    EXPECT_TRUE(request.content_type.empty());
    EXPECT_TRUE(request.body.empty());
}

TEST(HttpHeaders, KeepsLinesInTheirOrder) {
    HttpHeaders headers{{"A", "1"}, {"", "no name"}, {"B", ""}};
    headers.append("a", "2");
    ASSERT_EQ(headers.size(), 4U);
    EXPECT_THAT(
        headers, ElementsAre(Line("A", "1"), Line("", "no name"), Line("B", ""), Line("a", "2"))
    );
}

TEST(HttpHeaders, FindsTheFirstOfANameWithoutRegardToCase) {
    HttpHeaders const headers{
        {"Content-Type", "application/json"}, {"Retry-After", "5"}, {"retry-after", "6"}};
    EXPECT_EQ(headers.find("content-type"), "application/json");
    EXPECT_EQ(headers.find("RETRY-AFTER"), "5");
}

TEST(HttpHeaders, JoinsTheLinesOfANameInTheirOrder) {
    HttpHeaders const headers{{"Vary", "b"}, {"Age", "1"}, {"vary", ""}, {"VARY", "a, c"}};
    EXPECT_EQ(headers.joined("vary"), "b, , a, c");
    EXPECT_EQ(headers.joined("age"), "1");
    EXPECT_EQ(headers.joined("var"), std::nullopt);
    EXPECT_EQ((HttpHeaders{{"Empty", ""}, {"Empty", "x"}}.joined("empty")), ", x");
    EXPECT_EQ((HttpHeaders{{"Empty", ""}}.joined("empty")), "");
}

TEST(HttpHeaders, FindsNothingElse) {
    HttpHeaders const headers{{"Content-Type", "application/json"}, {"Empty", ""}};
    EXPECT_EQ(headers.find("Content"), std::nullopt);
    EXPECT_EQ(headers.find("Content-Type "), std::nullopt);
    EXPECT_EQ(headers.find(""), std::nullopt);
    EXPECT_EQ(HttpHeaders().find("Content-Type"), std::nullopt);
    EXPECT_EQ(headers.find("empty"), "");
    // '@' and '`' differ by the bit that tells cases apart, and are no letters.
    EXPECT_EQ((HttpHeaders{{"x@", "1"}}.find("x`")), std::nullopt);
}

TEST(HttpHeaders, CopiesAndMovesWhole) {
    HttpHeaders headers{{"A", "1"}};
    auto const copy = headers;
    auto const moved = std::move(headers);
    EXPECT_EQ(copy.find("a"), "1");
    EXPECT_EQ(moved.find("a"), "1");
}

TEST(HttpHeaders, ReservedRoomChangesNothing) {
    HttpHeaders headers;
    headers.reserve(8, 512);
    EXPECT_EQ(headers.size(), 0U);
    headers.append("A", "1");
    EXPECT_EQ(headers.find("A"), "1");
}

TEST(HttpHeaders, ReservedRoomSparesEveryFurtherBlock) {
    std::size_t allocations = 0;
    {
        test::MemoryProbe const probe;
        HttpHeaders headers;
        headers.reserve(3, 300);
        for (auto const* const name : {"A", "B", "C"}) headers.append(name, std::string_view(name));
        headers.append("", "");
        allocations = test::MemoryProbe::allocations();
    }
    EXPECT_EQ(allocations, 1U);
}

TEST(EncodePathSegment, LeavesOnlyUnreservedCharacters) {
    EXPECT_EQ(encode_path_segment(""), "");
    EXPECT_EQ(encode_path_segment("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(encode_path_segment("a/b?c#d%e"), "a%2Fb%3Fc%23d%25e");
    EXPECT_EQ(encode_path_segment("+1 \r\n"), "%2B1%20%0D%0A");
    EXPECT_EQ(encode_path_segment("\xC3\xA9\xFF"), "%C3%A9%FF");
    EXPECT_EQ(encode_path_segment(std::string_view("\0", 1)), "%00");
}

TEST(EncodePathSegment, EncodesEveryOtherOctet) {
    std::string_view const unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (int octet = 0; octet < 256; ++octet) {
        auto const c = static_cast<char>(octet);
        auto const size = encode_path_segment(std::string_view(&c, 1)).size();
        EXPECT_EQ(size, unreserved.find(c) == std::string_view::npos ? 3U : 1U) << octet;
    }
}

TEST(EncodeForm, JoinsPairs) {
    EXPECT_EQ(encode_form({}), "");
    EXPECT_EQ(encode_form({{"grant_type", "client_credentials"}}), "grant_type=client_credentials");
    EXPECT_EQ(encode_form({{"a&b", "c=d"}, {"e", ""}, {"", "+ %"}}), "a%26b=c%3Dd&e=&=%2B%20%25");
}

TEST(BasicAuthorization, IsTheBase64OfUserAndPassword) {
    // The example of RFC 7617, section 2, and of its 2.1 (UTF-8).
    EXPECT_EQ(basic_authorization("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(basic_authorization("test", "123\xC2\xA3"), "Basic dGVzdDoxMjPCow==");
}

TEST(BasicAuthorization, PadsEveryLength) {
    EXPECT_EQ(basic_authorization("", ""), "Basic Og==");
    EXPECT_EQ(basic_authorization("a", ""), "Basic YTo=");
    EXPECT_EQ(basic_authorization("a", "b"), "Basic YTpi");
}

TEST(BasicAuthorization, DoesNotBreakLongCredentialsIntoLines) {
    auto const text = basic_authorization(std::string(300, 'u'), std::string(300, 'p'));
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(text.find('\0'), std::string::npos);
    EXPECT_EQ(text.size(), 6U + 4U * 201U);
}

}  // namespace
}  // namespace otp
