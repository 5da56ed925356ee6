// Who may use the inbox: each way in which a page of another origin, or a stranger, could ask.
#include "server/origin_guard.hpp"

#include "server/host_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::mocks::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char const* token = "Zm9vYmFy+/~-._==";

struct Asked {
    MockHeaders headers;
    int status;
    std::string method{"GET"};
    std::string path{"/api/messages"};
    std::string query{};
};

std::string describe(Asked const& asked) {
    auto text = asked.method + ' ' + asked.path + '?' + asked.query;
    for (auto const& [name, value] : asked.headers) text += "\n  " + name + ": " + value;
    return text;
}

/// Answers 200 for what passes.
int status_of(Asked const& asked, GuardRules const& rules) {
    MockRequest request;
    request.method = asked.method;
    request.path = asked.path;
    request.query = asked.query;
    request.headers = asked.headers;
    auto const refusal = refuse_stranger(request, rules);
    if (refusal) {
        // What somebody else made up is not shown to whoever reads the answer.
        for (auto const& [name, value] : asked.headers) {
            if (value.find("evil") != std::string::npos) {
                EXPECT_THAT(refusal->text, Not(HasSubstr(value)));
            }
        }
    }
    return refusal ? refusal->status : 200;
}

void expect_statuses(std::vector<Asked> const& table, GuardRules const& rules) {
    for (auto const& asked : table) {
        EXPECT_EQ(status_of(asked, rules), asked.status) << describe(asked);
    }
}

TEST(OriginGuard, answers_to_the_names_of_this_machine_alone) {
    expect_statuses(
        {
            {{{"Host", "127.0.0.1:8080"}}, 200},
            {{{"host", "127.0.0.1:8080"}}, 200},
            {{{"Host", "127.0.0.1"}}, 200},
            {{{"Host", "127.255.0.3:1"}}, 200},
            {{{"Host", "localhost:8080"}}, 200},
            {{{"Host", "LocalHost:8080"}}, 200},
            {{{"Host", "[::1]:8080"}}, 200},
            {{{"Host", "[::1]"}}, 200},
            {{{"Host", "[0:0:0:0:0:0:0:1]:8080"}}, 200},
            // A name whose address changed after the page was loaded.
            {{{"Host", "evil.example:8080"}}, 403},
            {{{"Host", "evil.example"}}, 403},
            {{{"Host", "127.0.0.1.evil.example"}}, 403},
            {{{"Host", "localhost.evil.example"}}, 403},
            {{{"Host", "evillocalhost"}}, 403},
            {{{"Host", "evil.localhost"}}, 403},
            // Whatever a resolver makes of these.
            {{{"Host", "localhost."}}, 403},
            {{{"Host", "127.0.0.1.:8080"}}, 403},
            {{{"Host", "127.1"}}, 403},
            {{{"Host", "0177.0.0.1"}}, 403},
            {{{"Host", "127.0.0.256"}}, 403},
            {{{"Host", "2130706433"}}, 403},
            {{{"Host", "0.0.0.0:8080"}}, 403},
            {{{"Host", "128.0.0.1"}}, 403},
            {{{"Host", "192.168.1.7:8080"}}, 403},
            {{{"Host", "[::]:8080"}}, 403},
            {{{"Host", "[::2]"}}, 403},
            {{{"Host", "[::ffff:127.0.0.1]"}}, 403},
        },
        {}
    );
}

TEST(OriginGuard, wants_one_host_that_is_one) {
    expect_statuses(
        {
            {{}, 400},
            {{{"Host", "127.0.0.1"}, {"Host", "127.0.0.1"}}, 400},
            {{{"Host", "127.0.0.1"}, {"host", "evil.example"}}, 400},
            {{{"Host", ""}}, 400},
            {{{"Host", ":8080"}}, 400},
            {{{"Host", "127.0.0.1:"}}, 400},
            {{{"Host", "127.0.0.1:0"}}, 400},
            {{{"Host", "127.0.0.1:65536"}}, 400},
            {{{"Host", "127.0.0.1:+80"}}, 400},
            {{{"Host", "127.0.0.1:80:80"}}, 400},
            {{{"Host", "127.0.0.1/"}}, 400},
            {{{"Host", "127.0.0.1 "}}, 400},
            {{{"Host", "evil.example@127.0.0.1"}}, 400},
            {{{"Host", "127.0.0.1, evil.example"}}, 400},
            {{{"Host", "::1"}}, 400},
            {{{"Host", "[::1"}}, 400},
            {{{"Host", "[::1]8080"}}, 400},
            {{{"Host", "[::1%25lo]"}}, 400},
            {{{"Host", "[]"}}, 400},
            {{{"Host", "[localhost]"}}, 400},
        },
        {}
    );
}

TEST(OriginGuard, takes_no_page_of_another_origin) {
    std::pair<std::string, std::string> const host{"Host", "127.0.0.1:8080"};
    for (std::string const method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "GET", "HEAD"}) {
        expect_statuses(
            {
                {{host}, 200, method},
                {{host, {"Origin", "http://127.0.0.1:8080"}}, 200, method},
                {{host, {"Origin", "http://evil.example"}}, 403, method},
                {{host, {"Origin", "http://evil.example:8080"}}, 403, method},
                {{host, {"Origin", "null"}}, 403, method},
                {{host, {"Origin", ""}}, 403, method},
                // Another server of this machine.
                {{host, {"Origin", "http://127.0.0.1:3000"}}, 403, method},
                {{host, {"Origin", "http://127.0.0.1"}}, 403, method},
                {{host, {"Origin", "http://localhost:8080"}}, 403, method},
                {{host, {"Origin", "https://127.0.0.1:8080"}}, 403, method},
                {{host, {"Origin", "127.0.0.1:8080"}}, 403, method},
                {{host, {"Origin", "http://127.0.0.1:8080/"}}, 403, method},
                {{host, {"Origin", "http://127.0.0.1:8080@evil.example"}}, 403, method},
                {{host, {"Origin", "file://"}}, 403, method},
                {{host, {"Origin", "http://127.0.0.1:8080"}, {"origin", "http://evil.example"}},
                 403,
                 method},
                // The page itself is as closed to them as the API.
                {{host, {"Origin", "http://evil.example"}}, 403, method, "/"},
            },
            {}
        );
    }
}

TEST(OriginGuard, knows_an_origin_by_scheme_name_and_port) {
    expect_statuses(
        {
            {{{"Host", "LOCALHOST"}, {"Origin", "http://localhost:80"}}, 200},
            {{{"Host", "localhost:80"}, {"Origin", "http://localhost"}}, 200},
            {{{"Host", "[::1]:8080"}, {"Origin", "http://[::1]:8080"}}, 200},
            {{{"Host", "localhost:443"}, {"Origin", "http://localhost"}}, 403},
        },
        {}
    );
    expect_statuses(
        {
            {{{"Host", "localhost"}, {"Origin", "https://localhost"}}, 200},
            {{{"Host", "localhost"}, {"Origin", "https://localhost:443"}}, 200},
            {{{"Host", "localhost:8443"}, {"Origin", "https://localhost:8443"}}, 200},
            {{{"Host", "localhost:8443"}, {"Origin", "http://localhost:8443"}}, 403},
            {{{"Host", "localhost:80"}, {"Origin", "https://localhost"}}, 403},
        },
        {true, {}}
    );
}

TEST(OriginGuard, believes_the_browser_about_the_site_that_asks) {
    std::pair<std::string, std::string> const host{"Host", "127.0.0.1:8080"};
    expect_statuses(
        {
            {{host, {"Sec-Fetch-Site", "same-origin"}}, 200},
            {{host, {"Sec-Fetch-Site", "none"}}, 200},
            {{host, {"Sec-Fetch-Site", "cross-site"}}, 403},
            {{host, {"sec-fetch-site", "cross-site"}}, 403},
            {{host, {"Sec-Fetch-Site", "same-site"}}, 403},
            {{host, {"Sec-Fetch-Site", "Cross-Site"}}, 403},
            {{host, {"Sec-Fetch-Site", ""}}, 403},
            {{host, {"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "cross-site"}}, 403},
            {{host, {"Sec-Fetch-Site", "cross-site"}}, 403, "GET", "/api"},
            {{host, {"Sec-Fetch-Site", "cross-site"}}, 403, "GET", "/api/events"},
            {{host, {"Sec-Fetch-Site", "cross-site"}}, 403, "GET", "/api/openapi.json"},
            // A link to the page may stand anywhere.
            {{host, {"Sec-Fetch-Site", "cross-site"}}, 200, "GET", "/"},
        },
        {}
    );
}

TEST(OriginGuard, takes_the_token_in_its_place_only) {
    std::pair<std::string, std::string> const host{"Host", "mock.example:8080"};
    std::string const good = token;
    GuardRules const rules{false, good};
    expect_statuses(
        {
            {{host, {"Authorization", "Bearer " + good}}, 200},
            {{host, {"authorization", "Bearer " + good}}, 200},
            {{host}, 401},
            {{host, {"Authorization", "Bearer " + good.substr(1)}}, 401},
            {{host, {"Authorization", "Bearer " + good.substr(0, good.size() - 1)}}, 401},
            {{host, {"Authorization", "Bearer " + good + "="}}, 401},
            {{host, {"Authorization", "Bearer zm9vYmFy+/~-._=="}}, 401},
            {{host, {"Authorization", "Bearer "}}, 401},
            {{host, {"Authorization", "Bearer"}}, 401},
            {{host, {"Authorization", good}}, 401},
            {{host, {"Authorization", "Basic " + good}}, 401},
            {{host, {"Authorization", "Bearer " + good}, {"Authorization", "Bearer x"}}, 401},
            {{host, {"Cookie", "token=" + good}}, 401},
            {{host, {"X-Token", good}}, 401},
            // In an address it would be written into logs.
            {{host}, 401, "GET", "/api/messages", "token=" + good},
            {{host}, 401, "GET", "/api/messages", "access_token=" + good},
            {{host, {"Authorization", "Bearer " + good}}, 401, "GET", "/api", "a=b&token=" + good},
            {{host, {"Authorization", "Bearer " + good}}, 200, "GET", "/api", "to=token&q=x"},
            {{host}, 401, "GET", "/api/openapi.json"},
            {{host}, 401, "OPTIONS"},
            // The page asks for it, and has nothing in it to hide.
            {{host}, 200, "GET", "/"},
            {{host}, 200, "GET", "/page/api.js"},
        },
        rules
    );
    MockRequest request;
    request.path = "/api/messages";
    request.headers = {host, {"Authorization", "Bearer wrong-token"}};
    EXPECT_THAT(refuse_stranger(request, rules)->text, Not(HasSubstr(good)));
}

TEST(OriginGuard, keeps_other_origins_out_with_a_token_too) {
    std::pair<std::string, std::string> const right{
        "Authorization", std::string("Bearer ") + token};
    std::pair<std::string, std::string> const host{"Host", "mock.example:8080"};
    expect_statuses(
        {
            {{host, right, {"Origin", "http://mock.example:8080"}}, 200, "POST"},
            {{host, right, {"Origin", "http://evil.example"}}, 403, "POST"},
            {{host, right, {"Origin", "null"}}, 403, "POST"},
            {{host, right, {"Sec-Fetch-Site", "cross-site"}}, 403},
            {{right}, 400},
            {{{"Host", "a b"}, right}, 400},
        },
        {false, token}
    );
}

TEST(OriginGuard, says_what_to_do) {
    MockRequest request;
    request.path = "/api/messages";
    request.headers = {{"Host", "evil.example"}};
    EXPECT_THAT(refuse_stranger(request, {})->text, HasSubstr("call it by one of them"));
    EXPECT_THAT(refuse_stranger(request, {})->text, HasSubstr("--token"));
    EXPECT_THAT(
        refuse_stranger(request, {false, token})->text, HasSubstr("Authorization: Bearer TOKEN")
    );
}

TEST(OriginGuard, tells_what_is_a_token) {
    for (std::string const& good : {std::string("a"), std::string(token), std::string(256, 'a')}) {
        EXPECT_EQ(token_fault(good), "") << good;
    }
    EXPECT_EQ(token_fault(""), "");
    for (std::string const& bad :
         {std::string("two words"),
          std::string("="),
          std::string("a=b"),
          std::string("a,b"),
          std::string("\xc3\xa4"),
          std::string("a\n"),
          std::string("a\0b", 3),
          std::string(257, 'a')}) {
        EXPECT_NE(token_fault(bad), "") << bad;
    }
}

TEST(HostField, is_loopback_if_it_can_be_nothing_else) {
    for (auto const* host : {"localhost", "127.0.0.1", "127.1.2.3", "::1"}) {
        EXPECT_TRUE(is_loopback(host)) << host;
    }
    for (auto const* host : {"", "0.0.0.0", "::", "*", "127.1", "example.com", "10.0.0.1", "::2"}) {
        EXPECT_FALSE(is_loopback(host)) << host;
    }
}

}  // namespace
}  // namespace otp::mocks::test
