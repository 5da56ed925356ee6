#include "raw_client.hpp"

#include <boost/json/array.hpp>

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace otp::mocks::test {
namespace {

constexpr char send_body[] = R"({"target":"+12025550162"})";

class InboxSessions : public testing::Test {
protected:
    /// A send by LoyaltyDog, with a session in the path or in the header field.
    Answer send(std::string const& prefix, std::string const& header = {}) {
        auto headers = bench.authorization("loyaltydog");
        if (!header.empty()) headers.emplace("X-Mock-Session", header);
        auto const path = prefix + "/loyaltydog/v2/giftcards/customers/otp/send";
        return bench.request("POST", path, headers, send_body);
    }
    Answer api(std::string const& method, std::string const& path, std::string const& body = {}) {
        return bench.request(method, path, {}, body);
    }
    std::string count(std::string const& query) {
        return api("GET", "/api/messages" + query).header("X-Total-Count");
    }

    Bench bench;
};

TEST_F(InboxSessions, are_named_by_path_header_or_parameter) {
    EXPECT_EQ(send("/session/alice").status, 200);
    EXPECT_EQ(send("", "bob").status, 200);
    EXPECT_EQ(send("").status, 200);
    EXPECT_EQ(count("?session=alice"), "1");
    EXPECT_EQ(api("GET", "/session/bob/api/messages").header("X-Total-Count"), "1");
    auto const by_header = bench.request("GET", "/api/messages", {{"X-Mock-Session", "alice"}});
    EXPECT_EQ(by_header.at("/0/session"), "\"alice\"");
    EXPECT_EQ(count(""), "3") << "a read without one shows all";
    EXPECT_EQ(api("GET", "/api/health").at("/sessions"), "3");
    EXPECT_EQ(api("GET", "/api/messages/latest?session=bob").at("/session"), "\"bob\"");
    EXPECT_EQ(api("GET", "/api/messages/latest?session=nobody").status, 404);
}

TEST_F(InboxSessions, have_one_name) {
    EXPECT_EQ(send("/session/a%20b").status, 400);
    EXPECT_EQ(send("", "a b").status, 400);
    EXPECT_EQ(send("/session/alice", "bob").status, 400);
    EXPECT_EQ(send("/session/alice", "alice").status, 200);
    EXPECT_EQ(api("GET", "/session/alice/api/messages?session=bob").status, 400);
    EXPECT_EQ(api("GET", "/api/messages?session=" + std::string(65, 'a')).status, 400);
    EXPECT_EQ(count(""), "1");
}

TEST_F(InboxSessions, have_limits_and_clocks_of_their_own) {
    // LoyaltyDog sends five codes in an hour.
    for (int sent = 0; sent < 5; ++sent) EXPECT_EQ(send("/session/alice").status, 200);
    EXPECT_EQ(send("/session/alice").status, 429);
    EXPECT_EQ(send("/session/bob").status, 200);
    EXPECT_EQ(api("PUT", "/api/clock?session=alice", R"({"advance":"1h"})").status, 200);
    EXPECT_EQ(api("GET", "/api/clock").at("/moved_ms"), "0");
    EXPECT_EQ(api("GET", "/session/alice/api/clock").at("/moved_ms"), "3600000");
    EXPECT_EQ(count("?session=alice&state=expired"), "1");
    EXPECT_EQ(count("?session=bob&state=expired"), "0");
    EXPECT_EQ(send("/session/alice").status, 200);
    EXPECT_EQ(api("DELETE", "/api/clock?session=alice").at("/moved_ms"), "0");
}

TEST_F(InboxSessions, are_cleared_one_by_one) {
    send("/session/alice");
    send("/session/bob");
    EXPECT_EQ(api("DELETE", "/api/messages?session=alice").status, 204);
    EXPECT_EQ(count(""), "1");
    EXPECT_EQ(api("GET", "/api/exchanges").header("X-Total-Count"), "1");
    EXPECT_EQ(api("DELETE", "/api/messages").status, 204);
    EXPECT_EQ(count(""), "0");
}

TEST_F(InboxSessions, have_tokens_of_their_own) {
    auto const granted = bench.request(
        "POST",
        "/session/alice/loyaltydog/v2/token",
        {},
        "username=mock-merchant%40example.com&password=mock-loyaltydog-password",
        "application/x-www-form-urlencoded"
    );
    auto const token = granted.at("/accessToken");
    httplib::Headers const bearer{{"Authorization", "Bearer " + token.substr(1, token.size() - 2)}};
    auto const status = [&](std::string const& session) {
        auto const path = session + "/loyaltydog/v2/giftcards/customers/otp/send";
        return bench.request("POST", path, bearer, send_body).status;
    };
    EXPECT_EQ(status("/session/bob"), 401);
    api("DELETE", "/api/tokens?session=bob");
    EXPECT_EQ(status("/session/alice"), 200);
    api("DELETE", "/api/tokens");
    EXPECT_EQ(status("/session/alice"), 401);
}

TEST_F(InboxSessions, stand_in_configurations_and_members) {
    EXPECT_EQ(
        bench.mock.base_url("stytch", "alice"), bench.mock.origin() + "/session/alice/stytch"
    );
    EXPECT_EQ(bench.mock.base_url("stytch"), bench.mock.origin() + "/stytch");
    EXPECT_NE(bench.mock.example_config("alice").find("/session/alice/eko\""), std::string::npos);
    EXPECT_THROW(static_cast<void>(bench.mock.base_url("eko", "a b")), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(bench.mock.messages("", "", "a b")), std::invalid_argument);
    EXPECT_THROW(bench.mock.clear("a b"), std::invalid_argument);
    EXPECT_THROW(bench.mock.advance_clock({}, "a b"), std::invalid_argument);
    send("/session/alice");
    send("");
    EXPECT_EQ(bench.mock.messages("", "", "alice").size(), 1U);
    EXPECT_EQ(bench.mock.messages("", "", "").at(0).session, "");
    EXPECT_EQ(bench.mock.messages().size(), 2U);
    EXPECT_TRUE(bench.mock.wait_for_message("", "", {}, "alice"));
    EXPECT_FALSE(bench.mock.wait_for_message("", "", {}, "bob"));
    bench.mock.advance_clock(std::chrono::hours(1), "alice");
    EXPECT_EQ(bench.mock.now("alice"), bench.mock.now() + std::chrono::hours(1));
    bench.mock.clear("alice");
    EXPECT_EQ(bench.mock.exchanges().size(), 1U);
}

TEST(InboxSessionsAtOrigins, of_a_vendors_own_have_a_prefix) {
    MockOptions options;
    options.vendor_ports_from = 0;
    options.vendor_at_root = "eko";
    Bench bench(options);
    auto const url = bench.mock.base_url("stytch", "alice");
    EXPECT_EQ(url, *bench.mock.origin_of("stytch") + "/session/alice");
    httplib::Client client(*bench.mock.origin_of("stytch"));
    auto const sent = client.Post(
        "/session/alice/v1/otps/sms/send",
        bench.authorization("stytch"),
        R"({"phone_number":"+12025550162"})",
        "application/json"
    );
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->status, 200);
    EXPECT_EQ(bench.mock.messages("stytch").at(0).session, "alice");
    auto const rooted = bench.request("POST", "/session/bob/tools/kyc/mobile/otp", {}, "{}");
    EXPECT_EQ(rooted.status, 403) << "the vendor at the root";
    EXPECT_EQ(bench.mock.exchanges("eko", "", "bob").size(), 1U);
}

TEST_F(InboxSessions, do_not_disturb_each_other) {
    std::vector<std::thread> tests;
    for (int number = 0; number < 4; ++number) {
        tests.emplace_back([&, session = "test-" + std::to_string(number)] {
            httplib::Client client("127.0.0.1", bench.mock.port());
            auto const prefix = "/session/" + session;
            for (int turn = 0; turn < 5; ++turn) {
                auto const sent = client.Post(
                    prefix + "/loyaltydog/v2/giftcards/customers/otp/send",
                    bench.authorization("loyaltydog"),
                    send_body,
                    "application/json"
                );
                ASSERT_TRUE(sent);
                EXPECT_EQ(sent->status, 200);
                auto const message = bench.mock.wait_for_message("", "", {}, session).value();
                EXPECT_EQ(message.session, session);
                EXPECT_EQ(message.state, "pending");
                EXPECT_EQ(bench.mock.messages("", "", session).size(), std::size_t(turn) + 1);
            }
        });
    }
    for (auto& each : tests) each.join();
    EXPECT_EQ(bench.mock.messages().size(), 20U);
}

}  // namespace
}  // namespace otp::mocks::test
