// What is told of refused credentials: grants, and Eko's signature.
#include "unit/mocks/asked_vendors.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::mocks::test {
namespace {

/// A request for an access token, and what is told of it.
struct Grant {
    char const* vendor;
    char const* body;
    char const* broken_by;
    /// A part of the sentence.
    char const* demands;
    char const* authorization{""};
    char const* media_type{"application/x-www-form-urlencoded"};
};

TEST(CredentialRefusals, of_grants_name_the_field) {
    AskedVendors vendors;
    constexpr std::array table{
        Grant{"loyaltydog", "{}", "header content-type", "form-urlencoded", "", "application/json"},
        Grant{"loyaltydog", "username=a&username=b", "body", "each field once"},
        Grant{"loyaltydog", "username=a", "body /password", "is required"},
        Grant{"loyaltydog", "username=a&password=canary", "body /password", "of the account"},
        Grant{"loyaltydog", "username=a&password=b&grant_type=c", "body /grant_type", "password"},
        Grant{"10npay", "{}", "header content-type", "form-urlencoded", "", "application/json"},
        Grant{"10npay", "scope=a&scope=b", "body", "each field once"},
        Grant{"10npay", "scope=a", "body /grant_type", "is required"},
        Grant{"10npay", "grant_type=password", "body /grant_type", "client_credentials"},
        Grant{"10npay", "grant_type=client_credentials&x=canary", "body /x", "no other fields"},
        Grant{"10npay", "grant_type=client_credentials", "header authorization", "sent as Basic"},
        Grant{
            "10npay",
            "grant_type=client_credentials",
            "header authorization",
            "of the account",
            "Basic YTpi"},
        Grant{
            "10npay",
            "grant_type=client_credentials&client_id=a&client_secret=canary",
            "body /client_secret",
            "of the account"},
        Grant{
            "10npay",
            "grant_type=client_credentials&client_id=a&client_secret=canary",
            "body /client_secret",
            "in one way only",
            "Basic YTpi"},
    };
    for (Grant const& row : table) {
        SCOPED_TRACE(std::string(row.vendor) + " " + row.body);
        auto request =
            with_header(vendors.send_request(row.vendor), "Content-Type", row.media_type);
        request = with_header(request, "Authorization", row.authorization);
        request.path = row.vendor == std::string_view("10npay") ? "/connect/token" : "/v2/token";
        request.body = row.body;
        auto const answer = vendors.ask(row.vendor, request);
        expect_explained(answer);
        if (!answer.why) continue;
        EXPECT_EQ(answer.why->broken_by, row.broken_by);
        EXPECT_NE(answer.why->demands.find(row.demands), std::string::npos) << answer.why->demands;
        EXPECT_EQ(answer.why->demands.find("canary"), std::string::npos);
    }
}

/// A wrong signature of Eko's, made from a good one.
struct Signature {
    char const* header;
    char const* value;
    /// A part of the sentence.
    char const* demands;
    char const* broken_by{header};
};

TEST(CredentialRefusals, of_ekos_signatures_say_what_is_wrong_with_them) {
    AskedVendors vendors;
    constexpr std::array table{
        Signature{"developer_key", "", "must carry one header developer_key"},
        Signature{"developer_key", "canary", "the one of the account"},
        Signature{"secret-key-timestamp", "", "must carry one header secret-key-timestamp"},
        Signature{"secret-key-timestamp", "1700000000", "not in seconds"},
        Signature{"secret-key-timestamp", "canary-canary", "13 digits"},
        Signature{"secret-key-timestamp", "1699999699999", "5 minutes behind"},
        Signature{"secret-key-timestamp", "1700000300001", "5 minutes ahead"},
        // In time, but not what was signed.
        Signature{"secret-key-timestamp", "1700000300000", "as sent", "secret-key"},
        Signature{"secret-key", "", "must carry one header secret-key."},
        Signature{"secret-key", "canary", "44 characters"},
        // HMAC-SHA256 of the time with the access key itself, by Python's hmac.
        Signature{
            "secret-key",
            "5HzGdUHM86E+ShsoDWgBrkUKmZErN9ZJmokPaaZyvBE=",
            "not the access key itself"},
        // The hexadecimal digits of the right one, plain and in base64.
        Signature{
            "secret-key",
            "f3c96a4dff5ec3af576d56de7338f154bf3f078be26dfa7532f4e2d66223d97a",
            "hexadecimal digits"},
        Signature{
            "secret-key",
            "ZjNjOTZhNGRmZjVlYzNhZjU3NmQ1NmRlNzMzOGYxNTRiZjNmMDc4YmUyNmRm"
            "YTc1MzJmNGUyZDY2MjIzZDk3YQ==",
            "hexadecimal digits"},
    };
    for (Signature const& wrong : table) {
        SCOPED_TRACE(wrong.demands);
        auto const request = with_header(vendors.send_request("eko"), wrong.header, wrong.value);
        auto const answer = vendors.ask("eko", request);
        EXPECT_EQ(answer.response.status, 403);
        expect_explained(answer);
        if (!answer.why) continue;
        EXPECT_NE(answer.why->demands.find(wrong.demands), std::string::npos)
            << answer.why->demands;
        EXPECT_EQ(answer.why->broken_by, std::string("header ") + wrong.broken_by);
        EXPECT_NE(answer.why->document.find("developers.eko.in"), std::string::npos);
    }
    auto hyphen = with_header(vendors.send_request("eko"), "developer_key", "");
    hyphen.headers.emplace_back("developer-key", "canary");
    auto const why = vendors.ask("eko", hyphen).why.value();
    EXPECT_EQ(why.demands, "The header is spelled developer_key, with an underscore.");
}

}  // namespace
}  // namespace otp::mocks::test
