// The answer to a send is lost on its way, the code arrives, and it is checked with what the error
// holds.

#include "integration/wire/cutting_relay.hpp"

#include <otp/mocks/mock_vendors.hpp>
#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <tuple>
#include <utility>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// How an answer is lost.
struct Loss {
    std::string name;
    Cut cut;
    std::size_t bytes;
};

std::ostream& operator<<(std::ostream& out, Loss const& loss) {
    return out << loss.name;
}

/// One person as all vendors know them: the example values of their documents.
[[nodiscard]] SendOtp send_to_person() {
    Recipient person(PhoneNumber::parse("+919002336768").value());
    person.user_ids["spherepay"] = "customer_f31121c389624d3697cbf3ea8830b7a4";
    person.user_ids["10npay"] = "2077";
    SendOtp request(std::move(person));
    request.deadline = 2s;
    return request;
}

[[nodiscard]] ClientConfig config_of(mocks::MockVendors const& vendors) {
    return parse_config(vendors.example_config(), VendorRegistry::built_in(), ConfigSources())
        .value();
}

/// The same, but what `vendor` answers goes through the relay. LoyaltyDog has its token already, so
/// that the send is its first request.
[[nodiscard]] ClientConfig config_through(
    CuttingRelay const& relay, mocks::MockVendors const& vendors, std::string const& vendor
) {
    auto config = config_of(vendors);
    auto const instance = std::find_if(
        config.instances.begin(),
        config.instances.end(),
        [&vendor](auto const& known) { return known.name == vendor; }
    );
    if (vendor == "loyaltydog") {
        instance->credentials.clear();
        instance->credentials.emplace("token", mocks::MockCredentials().loyaltydog_token);
    }
    instance->base_url = "http://127.0.0.1:" + std::to_string(relay.port()) + "/" + vendor;
    return config;
}

class LostAnswer : public testing::TestWithParam<std::tuple<std::string, Loss>> {
protected:
    [[nodiscard]] static std::string vendor() { return std::get<0>(GetParam()); }

    /// Sends while the answer is lost as the parameter says.
    [[nodiscard]] Result<SendReceipt> lose_answer() {
        auto const& loss = std::get<1>(GetParam());
        CuttingRelay relay(vendors.port(), CuttingRelay::no_tls);
        relay.follow({Cut::none, loss.cut, loss.bytes});
        OtpClient client(pool.get_executor(), config_through(relay, vendors, vendor()));
        return client.async_send(vendor(), send_to_person(), asio::use_future).get();
    }
    [[nodiscard]] std::string arrived_code() const { return vendors.messages(vendor()).at(0).code; }
    [[nodiscard]] bool approves(VerificationHandle const& handle, std::string const& code) {
        OtpClient client(pool.get_executor(), config_of(vendors));
        VerifyOtp check(handle, OtpCode::parse(code).value());
        return client.async_verify(std::move(check), asio::use_future).get().value().approved();
    }

    mocks::MockVendors vendors;
    asio::thread_pool pool{1};
};

TEST_P(LostAnswer, LeavesAHandleThatChecksTheCodeThatArrives) {
    auto const sent = lose_answer();
    ASSERT_TRUE(sent.has_error());
    auto const error = sent.error();
    ASSERT_EQ(error.delivery, Delivery::unknown) << error;
    ASSERT_EQ(vendors.messages(vendor()).size(), 1U);
    ASSERT_TRUE(error.handle) << error;

    // As an application keeps it, across processes.
    auto const kept = VerificationHandle::from_json(error.handle->to_json()).value();
    auto const code = arrived_code();
    auto wrong = code;
    wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    EXPECT_FALSE(approves(kept, wrong));
    EXPECT_TRUE(approves(kept, code));
    EXPECT_EQ(vendors.messages(vendor()).at(0).state, "verified");
}

auto const losses = testing::Values(
    Loss{"closed_without_a_byte", Cut::close, 0},
    Loss{"reset_without_a_byte", Cut::reset, 0},
    Loss{"closed_in_the_status_line", Cut::close, 10},
    Loss{"reset_in_the_header", Cut::reset, 30},
    Loss{"silent", Cut::stall, 0}
);

[[nodiscard]] std::string test_name(
    testing::TestParamInfo<std::tuple<std::string, Loss>> const& instance
) {
    return "vendor_" + std::get<0>(instance.param) + "_" + std::get<1>(instance.param).name;
}

INSTANTIATE_TEST_SUITE_P(
    Vendors,
    LostAnswer,
    testing::Combine(testing::Values("spherepay", "loyaltydog", "10npay", "eko"), losses),
    test_name
);

class LostAnswerOfStytch : public LostAnswer {};

TEST_P(LostAnswerOfStytch, LeavesNothing) {
    auto const error = lose_answer().error();
    EXPECT_EQ(error.delivery, Delivery::unknown) << error;
    EXPECT_EQ(vendors.messages("stytch").size(), 1U);
    EXPECT_FALSE(error.handle);
}

INSTANTIATE_TEST_SUITE_P(
    Vendors, LostAnswerOfStytch, testing::Combine(testing::Values("stytch"), losses), test_name
);

}  // namespace
}  // namespace otp::test
