// A vendor at the root of an origin, for clients that take an origin and drop its path.
#include "raw_client.hpp"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace otp::mocks::test {
namespace {

using testing::HasSubstr;

/// A send as each vendor documents it, without a prefix, and the answer's status.
class RootClient {
public:
    explicit RootClient(std::uint16_t port) : client_("127.0.0.1", port) {}

    int send(std::string const& vendor) {
        static std::map<std::string, std::array<char const*, 2>> const documented{
            {"spherepay", {"/v2/customer/customer_a/otp-send", R"({"type":"phone"})"}},
            {"loyaltydog",
             {"/v2/giftcards/customers/otp/send", R"({"target":"user@example.com"})"}},
            {"10npay",
             {"/User/phone-number/send-code", R"({"id":2077,"phoneNumber":"+359881234567"})"}},
            {"eko",
             {"/tools/kyc/mobile/otp",
              R"({"initiator_id":"9962981729","csp_id":"9002336768","mobile":"9002336768"})"}},
            {"stytch", {"/v1/otps/sms/send", R"({"phone_number":"+12025550162"})"}}};
        auto const& [path, body] = documented.at(vendor);
        auto const answer = client_.Post(path, authorization(vendor), body, "application/json");
        return answer ? answer->status : 0;
    }

    int get(std::string const& path) {
        auto const answer = client_.Get(path);
        return answer ? answer->status : 0;
    }

private:
    static httplib::Headers authorization(std::string const& vendor) {
        MockCredentials const all;
        auto const now =
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        if (vendor == "eko") return eko_headers(all, now);
        if (vendor == "stytch") {
            return {httplib::make_basic_authentication_header(
                all.stytch_project_id, all.stytch_secret
            )};
        }
        auto const token = vendor == "spherepay"    ? all.spherepay_api_key
                           : vendor == "loyaltydog" ? all.loyaltydog_token
                                                    : all.ten_n_pay_access_token;
        return {{"Authorization", "Bearer " + token}};
    }

    httplib::Client client_;
};

std::uint16_t port_of(std::string const& origin) {
    return static_cast<std::uint16_t>(std::stoi(origin.substr(origin.rfind(':') + 1)));
}

/// Mock vendors on five ports in a row that happen to be free, from a port of the kernel's choice.
std::unique_ptr<MockVendors> on_ports_in_a_row() {
    for (int tries = 0; tries < 100; ++tries) {
        MockOptions options;
        options.vendor_ports_from = MockVendors().port();
        try {
            return std::make_unique<MockVendors>(options);
        } catch (CannotListen const&) {
            continue;
        } catch (std::invalid_argument const&) {
            continue;
        }
    }
    return nullptr;
}

bool is_sent(int status) {
    return status == 200 || status == 204;
}

TEST(Origins, serve_one_vendor_at_the_root_of_the_shared_one) {
    for (auto const& vendor : vendor_names()) {
        MockOptions options;
        options.vendor_at_root = vendor;
        MockVendors const mock(options);
        RootClient client(mock.port());
        EXPECT_TRUE(is_sent(client.send(vendor))) << vendor;
        EXPECT_EQ(mock.messages(vendor).size(), 1U) << vendor;
        EXPECT_EQ(client.get("/api/messages"), 200);
        EXPECT_EQ(mock.base_url(vendor), mock.origin());
        EXPECT_EQ(mock.origin_of(vendor), mock.origin());
    }
}

TEST(Origins, keep_the_prefixes_beside_the_vendor_at_the_root) {
    MockOptions options;
    options.vendor_at_root = "stytch";
    Bench bench(options);
    EXPECT_EQ(bench.send("stytch", "+12025550162").status, 200);
    EXPECT_EQ(bench.send("spherepay", "customer_a").status, 200);
    EXPECT_EQ(bench.mock.base_url("eko"), bench.mock.origin() + "/eko");
    EXPECT_EQ(bench.mock.origin_of("eko"), std::nullopt);
    // What is nobody's is refused as the vendor does it.
    EXPECT_EQ(bench.request("GET", "/v1/nothing", {}).at("/error_type"), "\"route_not_found\"");
    EXPECT_EQ(bench.request("GET", "/api/nothing", {}).at("/error_type"), "");
}

TEST(Origins, serve_nobody_at_the_root_unless_asked) {
    MockVendors const mock;
    RootClient client(mock.port());
    EXPECT_EQ(client.send("stytch"), 404);
    EXPECT_EQ(mock.origin_of("stytch"), std::nullopt);
}

TEST(Origins, can_be_each_vendors_own) {
    MockOptions options;
    options.vendor_ports_from = 0;
    MockVendors const mock(options);
    for (auto const& vendor : vendor_names()) {
        auto const origin = mock.origin_of(vendor);
        ASSERT_TRUE(origin);
        EXPECT_EQ(mock.base_url(vendor), *origin);
        EXPECT_NE(*origin, mock.origin());
        RootClient client(port_of(*origin));
        for (auto const& other : vendor_names()) {
            EXPECT_EQ(is_sent(client.send(other)), other == vendor) << vendor << " " << other;
        }
        EXPECT_EQ(mock.messages(vendor).size(), 1U);
        EXPECT_EQ(client.get("/api/messages/latest?vendor=" + vendor), 200);
    }
    httplib::Client stytch("127.0.0.1", port_of(*mock.origin_of("stytch")));
    EXPECT_THAT(stytch.Get("/eko/tools")->body, HasSubstr("route_not_found"));
    // The shared one stays as it is.
    EXPECT_EQ(RootClient(mock.port()).send("stytch"), 404);
    EXPECT_EQ(RootClient(mock.port()).get("/stytch/v1/otps/sms/send"), 405);
}

TEST(Origins, have_their_ports_in_the_vendors_order) {
    auto const mock = on_ports_in_a_row();
    ASSERT_TRUE(mock);
    auto port = port_of(*mock->origin_of("spherepay"));
    for (auto const& vendor : vendor_names()) {
        EXPECT_EQ(port_of(*mock->origin_of(vendor)), port) << vendor;
        ++port;
    }
}

TEST(Origins, stand_in_the_configuration) {
    MockOptions options;
    options.vendor_ports_from = 0;
    MockVendors const mock(options);
    auto const config = Answer{200, mock.example_config(), {}};
    for (auto const& vendor : vendor_names()) {
        EXPECT_EQ(
            config.at("/instances/" + vendor + "/base_url"), "\"" + *mock.origin_of(vendor) + "\""
        );
    }
    EXPECT_EQ(
        config.at("/instances/10npay/options/token_url"),
        "\"" + *mock.origin_of("10npay") + "/connect/token\""
    );
}

TEST(Origins, that_are_taken_are_named_and_leave_nothing_behind) {
    auto const first = on_ports_in_a_row();
    ASSERT_TRUE(first);
    auto const taken = port_of(*first->origin_of("spherepay"));
    MockOptions options;
    options.vendor_ports_from = static_cast<std::uint16_t>(taken - 2);
    try {
        MockVendors const second(options);
        FAIL() << "both listen on " << taken;
    } catch (CannotListen const& refusal) {
        EXPECT_THAT(refusal.what(), HasSubstr("Address already in use"));
        // Unless somebody else has one of the ports before it.
        EXPECT_THAT(refusal.vendor(), testing::AnyOf("10npay", "spherepay", "loyaltydog"));
        if (refusal.vendor() == "10npay") {
            EXPECT_THAT(
                refusal.what(),
                HasSubstr("cannot listen on 127.0.0.1:" + std::to_string(taken) + " for 10npay: ")
            );
            MockOptions again;
            again.port = static_cast<std::uint16_t>(taken - 2);
            EXPECT_NO_THROW(MockVendors{again});
        }
    }
}

TEST(Origins, do_not_take_the_shared_port) {
    auto free = on_ports_in_a_row();
    ASSERT_TRUE(free);
    MockOptions options;
    options.vendor_ports_from = port_of(*free->origin_of("spherepay"));
    options.port = port_of(*free->origin_of("eko"));
    free.reset();
    try {
        MockVendors const mock(options);
        FAIL() << "two servers on one port";
    } catch (CannotListen const& refusal) {
        EXPECT_EQ(refusal.vendor(), "");
        EXPECT_THAT(refusal.what(), HasSubstr("Address already in use"));
    }
}

TEST(Origins, end_at_the_last_port) {
    MockOptions options;
    options.vendor_ports_from = 65532;
    EXPECT_THROW(MockVendors{options}, std::invalid_argument);
    options.vendor_ports_from = 65531;
    try {
        MockVendors const mock(options);
        EXPECT_EQ(port_of(*mock.origin_of("stytch")), 65535);
    } catch (CannotListen const& taken_by_somebody_else) {
        SUCCEED() << taken_by_somebody_else.what();
    }
}

TEST(Origins, are_known_vendors_only) {
    MockOptions options;
    options.vendor_at_root = "Stych";
    try {
        MockVendors const mock(options);
        FAIL() << "there is no such vendor";
    } catch (std::invalid_argument const& refusal) {
        EXPECT_THAT(refusal.what(), HasSubstr("did you mean stytch?"));
    }
    MockVendors const mock;
    EXPECT_THROW(static_cast<void>(mock.base_url("eco")), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(mock.origin_of("")), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(mock.messages("twilio")), std::invalid_argument);
}

TEST(Origins, name_the_reason_for_an_address_that_is_not_this_machines) {
    MockOptions options;
    options.host = "192.0.2.1";
    options.token = "mock-token";
    options.port = 8080;
    try {
        MockVendors const mock(options);
        FAIL() << "this machine has an address of the documentation";
    } catch (CannotListen const& refusal) {
        EXPECT_STREQ(
            refusal.what(), "cannot listen on 192.0.2.1:8080: Cannot assign requested address"
        );
    }
}

TEST(Origins, are_addresses_that_a_client_can_connect_to) {
    MockOptions options;
    options.host = "0.0.0.0";
    options.token = "mock-token";
    MockVendors const mock(options);
    EXPECT_EQ(mock.origin(), "http://127.0.0.1:" + std::to_string(mock.port()));
    EXPECT_EQ(RootClient(mock.port()).get("/"), 200);
}

}  // namespace
}  // namespace otp::mocks::test
