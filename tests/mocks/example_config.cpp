#include "raw_client.hpp"

#include <boost/json/object.hpp>

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

TEST(ExampleConfig, names_all_five_vendors) {
    auto const config = Answer{200, example_config("http://127.0.0.1:8080"), {}};
    EXPECT_EQ(config.at("/version"), "1");
    EXPECT_EQ(config.at("/allow_inline_secrets"), "true");
    for (char const* vendor : {"spherepay", "loyaltydog", "10npay", "eko", "stytch"}) {
        auto const instance = "/instances/" + std::string(vendor);
        EXPECT_EQ(config.at(instance + "/vendor"), "\"" + std::string(vendor) + "\"");
        EXPECT_EQ(
            config.at(instance + "/base_url"),
            "\"http://127.0.0.1:8080/" + std::string(vendor) + "\""
        );
        EXPECT_EQ(config.at(instance + "/tls"), "");
        EXPECT_EQ(
            config.at("/routes/" + std::string(vendor) + "/use"),
            "[\"" + std::string(vendor) + "\"]"
        );
    }
    EXPECT_EQ(
        config.at("/routes/login/use"), R"(["spherepay","loyaltydog","10npay","eko","stytch"])"
    );
    EXPECT_EQ(
        config.at("/instances/10npay/options/token_url"),
        "\"http://127.0.0.1:8080/10npay/connect/token\""
    );
}

TEST(ExampleConfig, has_the_servers_credentials) {
    MockOptions options;
    options.credentials.eko_access_key = "another-fake-key";
    MockVendors const mock(options);
    auto const config = Answer{200, mock.example_config(), {}};
    EXPECT_EQ(config.at("/instances/eko/credentials/access_key"), "\"another-fake-key\"");
}

TEST(ExampleConfig, is_laid_out_for_people) {
    EXPECT_TRUE(example_config("http://a").starts_with("{\n  \"version\": 1,\n"));
}

}  // namespace
}  // namespace otp::mocks::test
