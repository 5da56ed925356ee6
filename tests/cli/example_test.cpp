// Every example is run as a reader would run it: a configuration, a phone number, the code typed.

#include "cli/support/mock_setup.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

using testing::HasSubstr;

/// Built here, or, if the environment names their folder, by a stranger's project.
[[nodiscard]] std::string example(std::string const& name) {
    auto const* const folder = std::getenv("OTP_EXAMPLES");
    return std::string(folder != nullptr ? folder : OTP_EXAMPLES) + "/example_" + name;
}

class OneLogin : public testing::TestWithParam<char const*> {
protected:
    /// Runs the example; `answer` makes what is typed of the code that was sent.
    template <class Answer>
    [[nodiscard]] Finished log_in(Answer answer) {
        setup.point_login_at("stytch");
        Subprocess process(example(GetParam()), {setup.config(), "+12025550162"});
        EXPECT_TRUE(process.wait_for_output("Code: "));
        process.write(answer(setup.newest_code("stytch")) + "\n");
        return process.wait();
    }

    MockSetup setup{MockSetup::Security::tls};
};

TEST_P(OneLogin, is_approved_with_the_right_code) {
    auto const finished = log_in([](std::string code) { return code; });
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("approved"));
}

TEST_P(OneLogin, is_refused_with_a_wrong_code) {
    auto const finished = log_in(wrong_code);
    EXPECT_EQ(finished.status, 1) << finished.err;
    EXPECT_THAT(finished.out, testing::Not(HasSubstr("approved")));
}

TEST_P(OneLogin, says_what_is_wrong_with_a_number_or_a_configuration) {
    auto const number = run(example(GetParam()), {setup.config(), "12025550162"});
    EXPECT_NE(number.status, 0);
    EXPECT_THAT(number.err, HasSubstr("invalid_recipient"));
    auto const config = run(example(GetParam()), {"/no/such/file.json", "+12025550162"});
    EXPECT_NE(config.status, 0);
    EXPECT_THAT(config.err, HasSubstr("config_invalid"));
}

TEST(BlockingLogin, goes_on_where_only_the_answer_was_lost) {
    MockSetup setup(MockSetup::Security::tls);
    setup.point_login_at("eko");
    auto const& all = mocks::reserved_recipients();
    auto const lost = std::find_if(all.begin(), all.end(), [](auto const& reserved) {
        return reserved.vendor == "eko" && reserved.step == mocks::MockStep::send &&
               reserved.transfer == mocks::MockTransfer::cut_before_response;
    });
    ASSERT_NE(lost, all.end());
    Subprocess process(example("blocking"), {setup.config(), lost->recipient});
    ASSERT_TRUE(process.wait_for_output("Code: ")) << process.wait().err;
    process.write(setup.newest_code("eko") + "\n");
    auto const finished = process.wait();
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("approved"));
    EXPECT_THAT(finished.err, HasSubstr("connection_lost, unknown"));
    EXPECT_THAT(finished.err, testing::Not(HasSubstr(lost->recipient.substr(3))));
}

INSTANTIATE_TEST_SUITE_P(
    Examples,
    OneLogin,
    testing::Values("blocking", "coroutine", "callback", "swap_vendor"),
    [](auto const& instance) { return std::string(instance.param); }
);

TEST(OwnAdapter, serves_a_vendor_that_the_sdk_does_not_know) {
    TemporaryDirectory const folder;
    auto const config = folder
                            .write("otp.json", R"({
        "version": 1,
        "allow_inline_secrets": true,
        "instances": {
            "birds": {
                "vendor": "pigeon",
                "base_url": "https://pigeon.example",
                "credentials": { "ring": "not-a-secret" }
            }
        },
        "routes": { "login": { "use": ["birds"] } }
    })")
                            .string();
    auto const approved = run(example("own_adapter"), {config, "+12025550162"}, "4711\n");
    EXPECT_EQ(approved.status, 0) << approved.err;
    EXPECT_EQ(approved.out, "Code: approved\n");
    auto const refused = run(example("own_adapter"), {config, "+12025550162"}, "4712\n");
    EXPECT_EQ(refused.status, 1) << refused.err;
    EXPECT_EQ(refused.out, "Code: wrong_code\n");
}

}  // namespace
}  // namespace otp::test
