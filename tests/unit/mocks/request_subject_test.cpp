#include "unit/mocks/asked_vendors.hpp"

#include <otp/mocks/vendor_names.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::mocks::test {
namespace {

using Step = RequestSubject::Step;

class EachVendorsSubjects : public testing::TestWithParam<std::string> {
protected:
    [[nodiscard]] RequestSubject subject(MockRequest const& request) const {
        return vendors.subject(GetParam(), request);
    }

    AskedVendors vendors;
};

INSTANTIATE_TEST_SUITE_P(
    Mocks,
    EachVendorsSubjects,
    testing::ValuesIn(vendor_names()),
    [](auto const& chosen) { return "vendor_" + chosen.param; }
);

TEST_P(EachVendorsSubjects, are_those_of_the_message_and_of_its_check) {
    auto const send = vendors.send_request(GetParam());
    auto const first = subject(send);
    EXPECT_EQ(first.step, Step::send);
    auto const sent = vendors.ask(GetParam(), send).sent.value();
    EXPECT_EQ(first.to, sent.to);
    EXPECT_EQ(subject(send).key, sent.key) << "known at the latest after the first send";
    auto const check = subject(vendors.verify_request(GetParam()));
    EXPECT_EQ(check.step, Step::verify);
    EXPECT_EQ(check.to, sent.to);
    EXPECT_EQ(check.key, sent.key);
}

TEST_P(EachVendorsSubjects, are_read_of_requests_that_are_refused_too) {
    auto const good = vendors.send_request(GetParam());
    auto request = with_header(good, "Content-Type", "text/plain");
    std::erase_if(request.headers, [](auto const& header) {
        return header.first != "Content-Type";
    });
    request.method = "PATCH";
    EXPECT_EQ(subject(request).step, Step::send);
    EXPECT_EQ(subject(request).to, subject(good).to);
}

TEST_P(EachVendorsSubjects, are_nothing_for_garbage) {
    auto const send = vendors.send_request(GetParam());
    auto const verify = vendors.verify_request(GetParam(), "123456");
    bool const by_path = GetParam() == "spherepay";
    std::vector<std::string> const bodies{
        "",
        "{",
        "null",
        "[1]",
        "\xff\xfe",
        std::string(1, '\0'),
        std::string(100000, '['),
        R"({"target":7,"phone_number":{},"email":[],"mobile":null,"id":"x","method_id":1})",
        R"({"id":1e99,"phoneNumber":true,"mobile":""})",
        R"({"id":-1})",
        R"({"target":")" + std::string(300, 'x') + "\"}"};
    for (auto request : {send, verify}) {
        for (std::string const& body : bodies) {
            request.body = body;
            auto const read = subject(request);
            EXPECT_NE(read.step, Step::other);
            EXPECT_EQ(read.to.empty(), !by_path) << read.to;
            EXPECT_EQ(read.key, "");
        }
    }
    for (char const* path : {"", "/", "//", "/nowhere", "*", "/v2/customer/%", "/User//status"}) {
        auto request = send;
        request.path = path;
        EXPECT_EQ(subject(request).step, Step::other) << path;
        EXPECT_EQ(subject(request).to, "");
        EXPECT_EQ(subject(request).key, "");
    }
}

MockRequest at(char const* path, std::string body = {}) {
    return {"POST", path, {}, {}, std::move(body)};
}

TEST(RequestSubject, names_no_customer_of_another_form) {
    AskedVendors const vendors;
    for (char const* id : {"customer_%00", "customer_%ff", "customer_%2F", "user@example.com"}) {
        auto const path = "/v2/customer/" + std::string(id) + "/otp-send";
        auto const read = vendors.subject("spherepay", at(path.c_str(), R"({"type":"phone"})"));
        EXPECT_EQ(read.to + read.key, "") << id;
    }
}

TEST(RequestSubject, of_a_grant_is_a_token) {
    AskedVendors const vendors;
    EXPECT_EQ(vendors.subject("loyaltydog", at("/v2/token")).step, Step::token);
    EXPECT_EQ(vendors.subject("10npay", at("/connect/token")).step, Step::token);
}

TEST(RequestSubject, of_a_resend_and_a_status_is_the_user_and_where_the_code_went) {
    AskedVendors vendors;
    auto const resend = at("/User/2077/phone-number/resend-code");
    EXPECT_EQ(vendors.subject("10npay", resend).to, "") << "no code was sent yet";
    vendors.send("10npay");
    auto const read = vendors.subject("10npay", resend);
    EXPECT_EQ(read.step, Step::send);
    EXPECT_EQ(read.to, "+359881234567");
    EXPECT_EQ(read.key, "2077");
    auto const status = vendors.subject("10npay", at("/User/2077/status"));
    EXPECT_EQ(status.step, Step::other);
    EXPECT_EQ(status.key, "2077");
}

TEST(RequestSubject, of_stytchs_other_calls_is_a_send) {
    AskedVendors const vendors;
    auto const phone =
        at("/v1/otps/whatsapp/login_or_create", R"({"phone_number":"+12025550162"})");
    EXPECT_EQ(vendors.subject("stytch", phone).step, Step::send);
    EXPECT_EQ(vendors.subject("stytch", phone).to, "+12025550162");
    auto const email = at("/v1/otps/email/send", R"({"email":"user@example.com"})");
    EXPECT_EQ(vendors.subject("stytch", email).to, "user@example.com");
}

}  // namespace
}  // namespace otp::mocks::test
