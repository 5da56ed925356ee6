// A send whose answer is lost: what `otp` leaves is enough to check the code that arrives.

#include "cli/support/lost_answer.hpp"

#include "cli/support/mock_setup.hpp"
#include "cli/support/shell.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

namespace json = boost::json;
using mocks::MockTransfer;
using testing::HasSubstr;
using testing::Not;

class LostAnswer : public testing::TestWithParam<std::tuple<std::string, MockTransfer>> {
protected:
    [[nodiscard]] std::string vendor() const { return std::get<0>(GetParam()); }
    [[nodiscard]] std::vector<std::string> send_options(std::vector<std::string> const& more
    ) const {
        return std::vector<std::string>{"send", "--config", setup.config(), "--route", vendor()} +
               recipient_of_lost_answer(vendor(), std::get<1>(GetParam())) + more;
    }
    [[nodiscard]] Finished send(std::vector<std::string> const& more) const {
        return otp_program(send_options(more));
    }
    [[nodiscard]] Finished verify(std::string const& handle, std::string const& input = {}) const {
        return otp_program(
            {"verify",
             "--config",
             setup.config(),
             "--handle",
             handle,
             "--code",
             setup.newest_code(vendor())},
            input
        );
    }

    MockSetup setup;
};

TEST_P(LostAnswer, LeavesAHandleInTheFile) {
    auto const file = setup.file("handle.json");
    auto const sent = send({"--handle-out", file});
    EXPECT_EQ(sent.status, 3) << sent.err;
    EXPECT_EQ(sent.out, "");
    EXPECT_THAT(
        sent.err, HasSubstr("The code, if it arrives, can be checked with " + file + ".\n")
    );
    EXPECT_THAT(sent.err, HasSubstr(", unknown, while "));
    ASSERT_TRUE(std::filesystem::exists(file));
    auto const verified = verify(file);
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(LostAnswer, LeavesAHandleInTheObject) {
    auto const sent = send({"--json"});
    EXPECT_EQ(sent.status, 3) << sent.out;
    auto const object = json::parse(sent.out);
    EXPECT_EQ(object.at("error").at("handle").at("vendor"), vendor().c_str());
    auto const verified = verify("-", sent.out);
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(LostAnswer, SaysThatTheHandleWasNotKept) {
    auto const sent = send({});
    EXPECT_EQ(sent.status, 3);
    EXPECT_THAT(sent.err, HasSubstr("not kept (--handle-out FILE or --json)"));
}

TEST_P(LostAnswer, AndALostObjectLeaveTheHandleInTheFile) {
    auto const file = setup.file("handle.json");
    auto const sent =
        in_shell(R"(exec "$0" "$@" >/dev/full)", send_options({"--json", "--handle-out", file}));
    EXPECT_EQ(sent.status, 5) << sent.err;
    EXPECT_THAT(sent.err, HasSubstr("the JSON object is lost, but the handle is in " + file));
    EXPECT_THAT(
        sent.err, HasSubstr("The code, if it arrives, can be checked with " + file + ".\n")
    );
    auto const verified = verify(file);
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(LostAnswer, AndALostObjectSayThatTheHandleIsLost) {
    auto const sent = in_shell(R"(exec "$0" "$@" >/dev/full)", send_options({"--json"}));
    EXPECT_EQ(sent.status, 5) << sent.err;
    EXPECT_THAT(sent.err, HasSubstr("the JSON object is lost, and the handle in it"));
    EXPECT_THAT(sent.err, Not(HasSubstr("not kept")));
}

INSTANTIATE_TEST_SUITE_P(
    Vendors,
    LostAnswer,
    testing::Combine(
        testing::Values("spherepay", "loyaltydog", "10npay", "eko"),
        testing::Values(MockTransfer::cut_before_response, MockTransfer::cut_in_response)
    ),
    [](auto const& instance) {
        auto const before = std::get<1>(instance.param) == MockTransfer::cut_before_response;
        return "vendor_" + std::get<0>(instance.param) + (before ? "_before" : "_within");
    }
);

class AnswerOfStytch : public testing::Test {
protected:
    [[nodiscard]] Finished lose(std::vector<std::string> const& more) const {
        return otp_program(
            std::vector<std::string>{"send", "--config", setup.config(), "--route", "stytch"} +
            recipient_of_lost_answer("stytch", MockTransfer::cut_before_response) + more
        );
    }

    MockSetup setup;
};

TEST_F(AnswerOfStytch, CannotBeDoneWithout) {
    auto const file = setup.file("handle.json");
    auto const for_people = lose({"--handle-out", file});
    EXPECT_EQ(for_people.status, 3);
    EXPECT_THAT(
        for_people.err, HasSubstr("none: a check needs what only the vendor's answer says")
    );
    EXPECT_FALSE(std::filesystem::exists(file));

    auto const object = lose({"--json"});
    EXPECT_EQ(object.status, 3);
    EXPECT_TRUE(json::parse(object.out).at("error").at("handle").is_null());
    auto const verified = otp_program(
        {"verify", "--config", setup.config(), "--handle", "-", "--code", "123456"}, object.out
    );
    EXPECT_EQ(verified.status, 2);
    EXPECT_THAT(verified.err, HasSubstr("left nothing that can be checked"));
}

}  // namespace
}  // namespace otp::test
