// What all five vendors have in common.
#include "raw_client.hpp"

#include <future>
#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class EveryVendor : public testing::TestWithParam<char const*> {
protected:
    /// Success is in the status, or, for Eko, in the envelope.
    static bool approved(Answer const& answer) {
        if (answer.status != 200) return false;
        return std::string_view(GetParam()) != "eko" || answer.at("/status") == "0";
    }

    Bench bench;
    std::string const vendor{GetParam()};
    std::string const recipient{good_recipient(GetParam())};
};

INSTANTIATE_TEST_SUITE_P(
    Mocks,
    EveryVendor,
    testing::Values("spherepay", "loyaltydog", "10npay", "eko", "stytch"),
    [](auto const& chosen) { return "vendor_" + std::string(chosen.param); }
);

TEST_P(EveryVendor, verifies_a_sent_code_once) {
    auto const sent = bench.send(vendor, recipient);
    EXPECT_EQ(sent.status, vendor == "10npay" ? 204 : 200) << sent.body;
    EXPECT_EQ(bench.last_state(vendor), "pending");
    auto const code = bench.last_code(vendor);
    EXPECT_TRUE(approved(bench.verify(vendor, recipient, code)));
    EXPECT_EQ(bench.last_state(vendor), "verified");
    EXPECT_FALSE(approved(bench.verify(vendor, recipient, code)));
}

TEST_P(EveryVendor, refuses_a_wrong_code_and_takes_the_right_one_after_it) {
    bench.send(vendor, recipient);
    auto const code = bench.last_code(vendor);
    EXPECT_FALSE(approved(bench.verify(vendor, recipient, wrong_code(code))));
    EXPECT_TRUE(approved(bench.verify(vendor, recipient, code)));
}

TEST_P(EveryVendor, a_new_code_replaces_the_old_one) {
    bench.send(vendor, recipient);
    auto const old_code = bench.last_code(vendor);
    bench.send(vendor, recipient);
    auto const new_code = bench.last_code(vendor);
    ASSERT_NE(old_code, new_code);
    EXPECT_EQ(bench.mock.messages(vendor).at(1).state, "superseded");
    EXPECT_FALSE(approved(bench.verify(vendor, recipient, old_code)));
    EXPECT_TRUE(approved(bench.verify(vendor, recipient, new_code)));
}

TEST_P(EveryVendor, forgets_codes_when_the_clock_is_put_forward) {
    bench.send(vendor, recipient);
    auto const code = bench.last_code(vendor);
    EXPECT_EQ(bench.request("PUT", "/api/clock", {}, R"({"advance":"1h"})").status, 200);
    EXPECT_EQ(bench.last_state(vendor), "expired");
    auto const late = bench.verify(vendor, recipient, code);
    EXPECT_FALSE(approved(late));
    EXPECT_NE(late.status, 403) << "of the client's clock nothing has changed";
    bench.request("DELETE", "/api/clock", {});
    EXPECT_TRUE(approved(bench.verify(vendor, recipient, code)));
}

TEST_P(EveryVendor, forgets_codes_when_their_time_is_over) {
    bench.send(vendor, recipient);
    auto const code = bench.last_code(vendor);
    bench.clock.advance(std::chrono::minutes(11));
    EXPECT_EQ(bench.last_state(vendor), "expired");
    EXPECT_FALSE(approved(bench.verify(vendor, recipient, code)));
}

TEST_P(EveryVendor, knows_no_code_after_clear) {
    bench.send(vendor, recipient);
    auto const code = bench.last_code(vendor);
    bench.mock.clear();
    EXPECT_TRUE(bench.mock.messages().empty());
    EXPECT_FALSE(approved(bench.verify(vendor, recipient, code)));
}

TEST_P(EveryVendor, refuses_a_request_without_credentials) {
    auto const with_path = [&](std::string const& path, std::string const& body) {
        return bench.request("POST", "/" + vendor + path, {}, body).status;
    };
    int status = 0;
    int expected = 401;
    if (vendor == "spherepay") {
        status = with_path("/v2/customer/" + recipient + "/otp-send", R"({"type":"phone"})");
        expected = 403;
    } else if (vendor == "loyaltydog") {
        status = with_path("/v2/giftcards/customers/otp/send", R"({"target":"user@example.com"})");
    } else if (vendor == "10npay") {
        status = with_path(
            "/User/phone-number/send-code", R"({"id":2077,"phoneNumber":"+359881234567"})"
        );
    } else if (vendor == "eko") {
        status = with_path("/tools/kyc/mobile/otp", R"({})");
        expected = 403;
    } else {
        status = with_path("/v1/otps/sms/send", R"({"phone_number":"+12025550162"})");
    }
    EXPECT_EQ(status, expected);
    EXPECT_TRUE(bench.mock.messages().empty());
}

TEST_P(EveryVendor, knows_no_other_path) {
    EXPECT_EQ(bench.call(vendor, "POST", "/nowhere", "{}").status, 404);
    EXPECT_EQ(bench.request("GET", "/" + vendor, {}).status, 404);
}

TEST_P(EveryVendor, answers_each_reserved_recipient_as_listed) {
    std::size_t count = 0;
    for (ReservedRecipient const& listed : reserved_recipients()) {
        if (listed.vendor != vendor) continue;
        ++count;
        SCOPED_TRACE(std::string(to_string(listed.step)) + " " + listed.recipient);
        bench.mock.clear();
        auto const act = [&] {
            if (listed.step == MockStep::send) return bench.send(vendor, listed.recipient);
            return bench.verify(vendor, listed.recipient, bench.last_code(vendor));
        };
        if (listed.step == MockStep::verify) {
            auto const sent = bench.send(vendor, listed.recipient);
            ASSERT_EQ(sent.status, vendor == "10npay" ? 204 : 200) << sent.body;
        }
        Answer answer;
        if (listed.transfer == MockTransfer::held) {
            auto later = std::async(std::launch::async, act);
            ASSERT_TRUE(bench.mock.wait_until_held(1));
            EXPECT_NE(later.wait_for(std::chrono::seconds(0)), std::future_status::ready);
            bench.mock.release_held();
            answer = later.get();
        } else {
            answer = act();
        }
        EXPECT_EQ(answer.status, listed.http_status);
        EXPECT_NE(answer.body.find(listed.marker), std::string::npos) << answer.body.substr(0, 200);
    }
    EXPECT_GT(count, 40U);
}

TEST_P(EveryVendor, obeys_before_it_cuts_the_connection) {
    for (ReservedRecipient const& listed : reserved_recipients()) {
        if (listed.vendor != vendor || listed.step != MockStep::send) continue;
        if (listed.transfer != MockTransfer::cut_before_response) continue;
        bench.mock.clear();
        EXPECT_EQ(bench.send(vendor, listed.recipient).status, 0);
        EXPECT_EQ(bench.mock.messages(vendor).size(), 1U);
    }
}

}  // namespace
}  // namespace otp::mocks::test
