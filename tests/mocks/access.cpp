// Who can use the inbox: a page of another origin can neither read nor change anything, and with a
// token nobody can without it. The vendors' own paths are open to every client, as the vendors'
// are.
#include "raw_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace otp::mocks::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char const* recipient = "+12025550162";

/// What a browser sends on behalf of a page that is not ours.
std::vector<httplib::Headers> const& strangers() {
    static std::vector<httplib::Headers> const all{
        // A name whose address changed to this machine's after the page was loaded.
        {{"Host", "evil.example"}},
        {{"Host", "evil.example"}, {"Origin", "http://evil.example"}},
        {{"Host", "evil.example"}, {"Sec-Fetch-Site", "same-origin"}},
        // fetch() and forms of another site, sandboxed frames, another server of this machine.
        {{"Origin", "http://evil.example"}},
        {{"Origin", "null"}},
        {{"Origin", "http://127.0.0.1:3000"}},
        {{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}},
        // <script src>, <img>, <link>, a navigation.
        {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "no-cors"}},
        {{"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Mode", "no-cors"}}};
    return all;
}

struct Attempt {
    std::string method;
    std::string path;
    std::string body{};
};

/// Requests that would tell something, or change something.
std::vector<Attempt> const& attempts() {
    static std::vector<Attempt> const all{
        {"GET", "/api/messages"},
        {"HEAD", "/api/messages"},
        {"GET", "/api/messages/message-1"},
        {"GET", "/api/messages/latest"},
        {"GET", "/api/exchanges"},
        {"GET", "/api/exchanges/exchange-1"},
        {"GET", "/api/events"},
        {"GET", "/api/health"},
        {"GET", "/api/openapi.json"},
        {"GET", "/api"},
        {"GET", "/session/alice/api/messages"},
        {"DELETE", "/api/messages"},
        {"DELETE", "/api/tokens"},
        {"PUT", "/api/clock", R"({"advance":"1h"})"},
        {"DELETE", "/api/clock"},
        {"POST", "/api/faults", R"({"fault":"html_502"})"},
        {"DELETE", "/api/faults"},
        {"DELETE", "/session/alice/api/messages"},
        {"POST", "/api/verdicts", "{}"},
        {"POST", "/api/held/release", "x"},
        // A preflight is not answered as the browser would want it.
        {"OPTIONS", "/api/messages"},
        {"OPTIONS", "/api/faults"}};
    return all;
}

void expect_no_permission(Answer const& answer) {
    for (auto const& [name, value] : answer.headers) {
        EXPECT_NE(name.substr(0, 15), "Access-Control-") << name << ": " << value;
        EXPECT_NE(name, "Set-Cookie");
    }
}

class Access : public testing::Test {
protected:
    /// A message whose code nobody else may learn.
    void send_one() {
        ASSERT_EQ(bench.send("stytch", recipient).status, 200);
        code = bench.last_code("stytch");
    }

    Answer ask(Attempt const& attempt, httplib::Headers headers) {
        // What a form or fetch() sends without asking the server first.
        return bench.request(attempt.method, attempt.path, headers, attempt.body, "text/plain");
    }

    Bench bench;
    std::string code;
};

TEST_F(Access, is_not_for_pages_of_another_origin) {
    send_one();
    for (auto const& headers : strangers()) {
        for (auto const& attempt : attempts()) {
            SCOPED_TRACE(attempt.method + ' ' + attempt.path);
            auto const answer = ask(attempt, headers);
            EXPECT_EQ(answer.status, 403);
            EXPECT_THAT(answer.body, Not(HasSubstr(code)));
            EXPECT_THAT(answer.body, Not(HasSubstr(recipient)));
            expect_no_permission(answer);
        }
    }
    // And all is as it was.
    EXPECT_EQ(bench.last_code("stytch"), code);
    EXPECT_EQ(bench.request("GET", "/api/clock", {}).at("/moved_ms"), "0");
    EXPECT_EQ(bench.request("GET", "/api/faults", {}).body, "[]");
    EXPECT_EQ(bench.verify("stytch", recipient, code).status, 200);
}

TEST_F(Access, is_for_programs_and_for_its_own_page) {
    send_one();
    auto const port = std::to_string(bench.mock.port());
    for (auto const& headers : std::vector<httplib::Headers>{
             {},
             {{"Host", "localhost:" + port}},
             {{"Host", "[::1]:" + port}},
             {{"Host", "localhost:" + port},
              {"Origin", "http://localhost:" + port},
              {"Sec-Fetch-Site", "same-origin"}},
             {{"Sec-Fetch-Site", "none"}}}) {
        auto const answer = bench.request("GET", "/api/messages", headers);
        EXPECT_EQ(answer.status, 200);
        EXPECT_THAT(answer.body, HasSubstr(code));
        expect_no_permission(answer);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    }
}

TEST_F(Access, does_not_depend_on_how_a_path_is_spelled) {
    send_one();
    for (auto const* path :
         {"//api/messages",
          "/./api/messages",
          "/x/../api/messages",
          "/%61pi/messages",
          "/api%2Fmessages",
          "/API/messages",
          "/session/alice/session/bob/api/messages",
          "/stytch/api/messages",
          "/page/../api/messages",
          "http://127.0.0.1/api/messages"}) {
        auto const answer = bench.request("GET", path, {{"Host", "evil.example"}});
        EXPECT_NE(answer.status, 200) << path;
        EXPECT_THAT(answer.body, Not(HasSubstr(code))) << path;
    }
}

TEST_F(Access, leaves_the_vendors_paths_open) {
    auto headers = bench.authorization("spherepay");
    headers.emplace("Host", "sandbox.spherepay.example");
    headers.emplace("Origin", "http://app.example");
    headers.emplace("Sec-Fetch-Site", "cross-site");
    auto const answer = bench.request(
        "POST", "/spherepay/v2/customer/customer_a/otp-send", headers, R"({"type":"phone"})"
    );
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(bench.mock.messages("spherepay").size(), 1U);
}

TEST_F(Access, serves_the_page_to_this_machine_only) {
    auto const page = bench.request("GET", "/", {{"Sec-Fetch-Site", "cross-site"}});
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(
        page.header("Content-Security-Policy"),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(page.header("Cross-Origin-Resource-Policy"), "same-origin");
    expect_no_permission(page);
    EXPECT_EQ(bench.request("GET", "/", {{"Host", "evil.example"}}).status, 403);
    EXPECT_EQ(bench.request("GET", "/page/page.css", {{"Host", "evil.example"}}).status, 403);
    EXPECT_EQ(
        bench.request("GET", "/page/page.css", {}).header("Content-Type"), "text/css; charset=utf-8"
    );
    EXPECT_EQ(bench.request("GET", "/page/index.html", {}).status, 404);
    EXPECT_EQ(bench.request("GET", "/page/", {}).status, 404);
    EXPECT_EQ(bench.request("DELETE", "/page/page.css", {}).status, 405);
}

TEST_F(Access, loads_nothing_that_is_not_here) {
    auto const page = bench.request("GET", "/", {}).body;
    // What the page names has to be there, and must be ours.
    for (auto const* attribute : {"src=\"", "href=\""}) {
        for (auto at = page.find(attribute); at != std::string::npos;
             at = page.find(attribute, at + 1)) {
            auto const begin = at + std::string(attribute).size();
            auto const address = page.substr(begin, page.find('"', begin) - begin);
            if (address.starts_with("#") || address.starts_with("data:")) continue;
            if (address == "api/openapi.json") continue;
            ASSERT_THAT(address, testing::MatchesRegex("/?page/[a-z0-9_.-]+"));
            auto const file = address.substr(address.find("page/"));
            EXPECT_EQ(bench.request("GET", "/" + file, {}).status, 200) << address;
        }
    }
    EXPECT_THAT(page, HasSubstr("page/"));
}

TEST(AccessWithToken, is_for_whoever_has_it) {
    MockOptions options;
    options.token = "mock-token/+~==";
    Bench bench(options);
    // The vendors' paths do not ask for it.
    ASSERT_EQ(bench.send("stytch", recipient).status, 200);
    auto const code = bench.last_code("stytch");
    httplib::Headers const right{{"Authorization", "Bearer mock-token/+~=="}};
    httplib::Headers elsewhere = right;
    elsewhere.emplace("Host", "mock.example");
    EXPECT_THAT(bench.request("GET", "/api/messages", right).body, HasSubstr(code));
    EXPECT_THAT(bench.request("GET", "/api/messages", elsewhere).body, HasSubstr(code));
    elsewhere.emplace("Origin", "http://evil.example");
    EXPECT_EQ(bench.request("DELETE", "/api/messages", elsewhere).status, 403);
    for (auto const& headers : std::vector<httplib::Headers>{
             {},
             {{"Authorization", "Bearer mock-token"}},
             {{"Authorization", "Basic mock-token/+~=="}},
             {{"Cookie", "token=mock-token/+~=="}}}) {
        for (auto const& attempt : attempts()) {
            SCOPED_TRACE(attempt.method + ' ' + attempt.path);
            auto const answer =
                bench.request(attempt.method, attempt.path, headers, attempt.body, "text/plain");
            EXPECT_EQ(answer.status, 401);
            EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
            EXPECT_THAT(answer.body, Not(HasSubstr(code)));
        }
    }
    EXPECT_EQ(bench.request("GET", "/api/messages?token=mock-token/%2B~%3D%3D", {}).status, 401);
    EXPECT_EQ(bench.request("GET", "/", {{"Host", "mock.example"}}).status, 200);
    EXPECT_EQ(bench.last_code("stytch"), code);
}

TEST(AccessOfOrigins, is_guarded_on_the_vendors_own_too) {
    MockOptions options;
    options.vendor_at_root = "stytch";
    options.vendor_ports_from = 0;
    MockVendors const mock(options);
    for (auto const& vendor : {std::string("eko"), std::string("stytch")}) {
        auto const origin = mock.origin_of(vendor).value();
        httplib::Client client(origin);
        EXPECT_EQ(client.Get("/api/messages")->status, 200) << origin;
        EXPECT_EQ(client.Get("/")->status, 200) << origin;
        EXPECT_EQ(client.Get("/api/messages", {{"Host", "evil.example"}})->status, 403) << origin;
        EXPECT_EQ(client.Get("/", {{"Host", "evil.example"}})->status, 403) << origin;
        EXPECT_EQ(client.Delete("/api/messages", {{"Origin", "null"}})->status, 403) << origin;
    }
}

TEST(AccessOfHosts, needs_a_token_where_others_can_reach_it) {
    for (auto const* host : {"0.0.0.0", "::", "", "192.0.2.1", "mock.example"}) {
        MockOptions options;
        options.host = host;
        try {
            MockVendors const mock(options);
            ADD_FAILURE() << host;
        } catch (std::invalid_argument const& refusal) {
            EXPECT_THAT(refusal.what(), HasSubstr("token")) << host;
        }
    }
    for (auto const* host : {"localhost", "127.0.0.1", "127.0.0.2"}) {
        MockOptions options;
        options.host = host;
        EXPECT_NO_THROW(MockVendors{options}) << host;
    }
    MockOptions options;
    options.token = "two words";
    EXPECT_THROW(MockVendors{options}, std::invalid_argument);
}

}  // namespace
}  // namespace otp::mocks::test
