#include <otp/adapter/test_code.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string_view>

namespace otp::adapter {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view production_url = "https://api.vendor.example/prefix/v3";

bool is_production_at(std::string_view base_url, std::string_view environment = {}) {
    InstanceConfig instance;
    instance.environment = environment;
    return is_production(instance, base_url, production_url);
}

TEST(TestCode, ProductionIsTheEnvironmentOrTheDocumentedHost) {
    for (std::string_view const url :
         {"https://api.vendor.example/prefix/v3",
          "https://api.vendor.example",
          "https://API.Vendor.EXAMPLE/other",
          "https://api.vendor.example:25002/prefix",
          "https://api.vendor.example.",
          "HTTPS://api.vendor.example?x",
          "https://user@API.vendor.example",
          "nowhere"}) {
        EXPECT_TRUE(is_production_at(url)) << url;
        EXPECT_TRUE(is_production_at(url, "sandbox")) << url;
    }
    for (std::string_view const url :
         {"https://staging.vendor.example/prefix/v3",
          "http://127.0.0.1:8080/api.vendor.example",
          "https://api.vendor.example@staging.vendor.example",
          "https://api.vendor.example.test"}) {
        EXPECT_FALSE(is_production_at(url)) << url;
        EXPECT_TRUE(is_production_at(url, "production")) << url;
    }
}

SendReceipt receipt_with(std::optional<std::string_view> code, bool production) {
    SendReceipt receipt(VerificationHandle("i", "v", Channel::sms));
    take_test_code(receipt, code, "mockCode", production);
    return receipt;
}

TEST(TestCode, IsHandedOnOutsideOfProduction) {
    auto const receipt = receipt_with("482913", false);
    ASSERT_TRUE(receipt.test_code);
    EXPECT_EQ(receipt.test_code->reveal(), "482913");
    EXPECT_THAT(receipt.warnings, IsEmpty());
}

TEST(TestCode, IsDroppedInProductionWithAWarningThatDoesNotTellIt) {
    auto const receipt = receipt_with("482913", true);
    EXPECT_FALSE(receipt.test_code);
    EXPECT_THAT(
        receipt.warnings,
        ElementsAre(AllOf(HasSubstr("mockCode"), HasSubstr("production"), Not(HasSubstr("482913"))))
    );
}

TEST(TestCode, NoneIsNoMatter) {
    for (bool const production : {false, true}) {
        EXPECT_FALSE(receipt_with(std::nullopt, production).test_code);
        EXPECT_THAT(receipt_with(std::nullopt, production).warnings, IsEmpty());
        EXPECT_FALSE(receipt_with("", production).test_code);
        EXPECT_THAT(receipt_with("", production).warnings, IsEmpty());
    }
}

}  // namespace
}  // namespace otp::adapter
