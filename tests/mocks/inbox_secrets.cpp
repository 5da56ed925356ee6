#include "raw_client.hpp"

#include <openssl/evp.h>

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::mocks::test {
namespace {

constexpr char form[] = "application/x-www-form-urlencoded";

std::string base64(std::string const& text) {
    std::array<unsigned char, 512> encoded{};
    auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
    int const length = EVP_EncodeBlock(encoded.data(), bytes, static_cast<int>(text.size()));
    return std::string(encoded.begin(), encoded.begin() + length);
}

MockOptions with_canaries() {
    MockOptions options;
    auto& all = options.credentials;
    all.spherepay_api_key = "canary-spherepay";
    all.loyaltydog_password = "canary loyaltydog";
    all.loyaltydog_token = "canary-loyaltydog-token";
    all.ten_n_pay_client_secret = "canary-10npay";
    all.ten_n_pay_access_token = "canary-10npay-token";
    all.eko_developer_key = "canary-eko-developer";
    all.eko_access_key = "canary-eko-access";
    all.stytch_secret = "canary-stytch";
    return options;
}

/// Each vendor's documented exchanges, and all that the inbox tells of them.
class InboxSecrets : public testing::Test {
protected:
    /// A secret that a vendor handed out, as the member of an answer.
    void remember(Answer const& answer, char const* pointer) {
        auto const quoted = answer.at(pointer);
        ASSERT_GT(quoted.size(), 10U) << pointer << " of " << answer.body;
        secrets.push_back(quoted.substr(1, quoted.size() - 2));
    }

    Answer check(std::string const& vendor) {
        auto const to = good_recipient(vendor);
        bench.send(vendor, to);
        return bench.verify(vendor, to, bench.last_code(vendor));
    }

    Answer stytch_session() {
        auto const method = bench.send("stytch", "+12025550162").at("/phone_id");
        auto const code = bench.last_code("stytch");
        return bench.call(
            "stytch",
            "POST",
            "/v1/otps/authenticate",
            "{\"method_id\":" + method + ",\"code\":\"" + code +
                "\",\"session_duration_minutes\":5}"
        );
    }

    std::string all_that_is_told() {
        std::string all = bench.request("GET", "/api/messages", {}).body;
        all += bench.request("GET", "/api/exchanges", {}).body;
        for (auto const& exchange : bench.mock.exchanges()) {
            all += bench.request("GET", "/api/exchanges/" + exchange.id, {}).body;
        }
        return all;
    }

    Bench bench{with_canaries()};
    std::vector<std::string> secrets{
        "canary", base64("canary").substr(0, 8), base64(" canary").substr(2, 6), "canary%20"};
};

TEST_F(InboxSecrets, stay_with_the_vendors_that_accept_them) {
    EXPECT_EQ(check("spherepay").status, 200);
    remember(check("loyaltydog"), "/sessionToken");
    EXPECT_EQ(check("10npay").status, 200);
    remember(check("eko"), "/data/otp_verification_token");
    auto const session = stytch_session();
    remember(session, "/session_token");
    remember(session, "/session_jwt");
    auto const signature = bench.authorization("eko").find("secret-key")->second;
    secrets.push_back(signature.substr(0, 12));
    remember(
        bench.request(
            "POST",
            "/loyaltydog/v2/token",
            {},
            "username=mock-merchant%40example.com&password=canary%20loyaltydog",
            form
        ),
        "/accessToken"
    );
    remember(
        bench.request(
            "POST",
            "/10npay/connect/token",
            {},
            "grant_type=client_credentials&client_id=mock-10npay-client&client_secret=canary-"
            "10npay",
            form
        ),
        "/access_token"
    );
    remember(
        bench.request(
            "POST",
            "/10npay/connect/token",
            {{"Authorization", "Basic " + base64("mock-10npay-client:canary-10npay")}},
            "grant_type=client_credentials",
            form
        ),
        "/access_token"
    );
    auto const told = all_that_is_told();
    EXPECT_NE(told.find(bench.last_code("eko")), std::string::npos) << "codes are what it is for";
    for (auto const& secret : secrets) EXPECT_EQ(told.find(secret), std::string::npos) << secret;
}

TEST_F(InboxSecrets, stay_with_vendors_that_refuse_them) {
    auto const wrong = bench.request(
        "POST",
        "/loyaltydog/v2/token?access_token=canary",
        {{"Cookie", "canary=canary"}, {"X-Api-Key", "canary"}, {"Authorization", "canary canary"}},
        R"({"password":"canary","client_secret":["canary"])",
        form
    );
    EXPECT_GE(wrong.status, 400);
    bench.request("POST", "/stytch/v1/otps/authenticate", {}, R"({"session_token":"canary)");
    bench.request("POST", "/eko/nowhere", {}, "client_secret=canary", "text/plain");
    auto const told = all_that_is_told();
    EXPECT_EQ(bench.mock.exchanges().size(), 3U);
    for (auto const& secret : secrets) EXPECT_EQ(told.find(secret), std::string::npos) << secret;
}

}  // namespace
}  // namespace otp::mocks::test
