#include "http/wire/request_wire.hpp"

#include <gtest/gtest.h>
#include <string>

namespace otp::http {
namespace {

HttpRequest request_to(std::string target) {
    return HttpRequest(HttpMethod::post, std::move(target), "/x");
}

std::string written(HttpRequest const& request, char const* base_url) {
    std::string out = "left over";
    RequestWire(parse_origin(base_url).value()).write(request, out);
    return out;
}

TEST(RequestWire, WritesOneWholeRequest) {
    auto request = request_to("/v1/otps/sms/send");
    request.headers.push_back({"authorization", "Basic eDp5"});
    request.content_type = json_content_type;
    request.body = "{}";
    EXPECT_EQ(
        written(request, "https://test.stytch.com"),
        "POST /v1/otps/sms/send HTTP/1.1\r\nHost: test.stytch.com\r\nUser-Agent: OtpClient/0.1\r\n"
        "Accept: application/json\r\nAccept-Encoding: identity\r\nauthorization: Basic eDp5\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    );
}

TEST(RequestWire, PutsTheBasePathBeforeTheTarget) {
    auto const text = written(request_to("/tools"), "https://staging.eko.in/ekoapi/v3");
    EXPECT_EQ(text.find("POST /ekoapi/v3/tools HTTP/1.1\r\n"), 0U);
}

TEST(RequestWire, SaysThatAPostWithoutABodyHasNone) {
    auto const text = written(request_to("/x"), "https://h");
    EXPECT_NE(text.find("Content-Length: 0\r\n"), std::string::npos);
    EXPECT_EQ(text.find("Content-Type"), std::string::npos);
}

TEST(RequestWire, RefusesTargetsThatLeaveTheirPlace) {
    for (std::string const target :
         {"",
          "x",
          "/a\r\nX-Evil: 1",
          "/a b",
          "/a\nb",
          "/../admin",
          "/a/../b",
          "/a/./b",
          "/a/..",
          "/\xc3\xa4",
          "/a#b",
          "/a\x7f"}) {
        EXPECT_TRUE(RequestWire::refusal(request_to(target))) << target;
    }
    EXPECT_TRUE(RequestWire::refusal(request_to(std::string("/a\0b", 4))));
    for (std::string const target : {"/", "/a/b-c_d.e~f", "/a%2Fb", "/a?b=c&d=/..", "/..a/b.."}) {
        EXPECT_FALSE(RequestWire::refusal(request_to(target))) << target;
    }
}

TEST(RequestWire, RefusesHeadersThatCouldBeginAnotherLine) {
    for (std::string const value :
         {"a\r\nInjected: yes", "a\nb", "a\rb", "a\x01", "\x7f", "\xe4"}) {
        auto request = request_to("/x");
        request.headers.push_back({"authorization", value});
        auto const refusal = RequestWire::refusal(request);
        ASSERT_TRUE(refusal);
        EXPECT_NE(refusal->message.find("authorization"), std::string::npos);
        EXPECT_EQ(refusal->message.find("Injected"), std::string::npos);
    }
    for (std::string const name : {"", "a b", "a:b", "a\r\nb", "a\xc3"}) {
        auto request = request_to("/x");
        request.headers.push_back({name, "v"});
        EXPECT_TRUE(RequestWire::refusal(request)) << name;
    }
    auto request = request_to("/x");
    request.headers.push_back({"developer_key", "tab\tand !\"#$%&'()*+~"});
    EXPECT_FALSE(RequestWire::refusal(request));
}

}  // namespace
}  // namespace otp::http
