// One compiled program sends through any of the five vendors: one word of its configuration says
// which.

#include "cli/support/mock_setup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

class Swap : public testing::TestWithParam<char const*> {};

TEST_P(Swap, takes_one_word_of_the_configuration) {
    std::string const vendor = GetParam();
    MockSetup setup(MockSetup::Security::tls);
    setup.point_login_at(vendor);

    Subprocess program(OTP_SWAP_PROGRAM, {setup.config(), example_phone});
    ASSERT_TRUE(program.wait_for_output("Code: ")) << program.wait().err;
    EXPECT_EQ(setup.vendors().messages().size(), 1U);
    program.write(setup.newest_code(vendor) + "\n");
    auto const finished = program.wait();
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_EQ(finished.out, "sent by " + vendor + "\nCode: approved\n");
    EXPECT_EQ(setup.vendors().messages(vendor).at(0).state, "verified");
}

TEST_P(Swap, takes_one_word_of_the_environment) {
    std::string const vendor = GetParam();
    MockSetup const setup;
    Subprocess program(
        OTP_SWAP_PROGRAM, {setup.config(), example_phone}, {{"OTP_ROUTE_LOGIN", vendor}}
    );
    ASSERT_TRUE(program.wait_for_output("Code: ")) << program.wait().err;
    program.write(setup.newest_code(vendor) + "\n");
    auto const finished = program.wait();
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_EQ(finished.out, "sent by " + vendor + "\nCode: approved\n");
}

INSTANTIATE_TEST_SUITE_P(Vendors, Swap, testing::ValuesIn(all_vendors), [](auto const& instance) {
    return "vendor_" + std::string(instance.param);
});

}  // namespace
}  // namespace otp::test
