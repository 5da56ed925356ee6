// Recordings made against the mock vendors: nothing of anybody is in them, and they replay.

#include "recordings/spelled_canaries.hpp"
#include "support/temporary_directory.hpp"

#include <otp/mocks/scoped_mock_vendors.hpp>
#include <otp/testing/recording_transport.hpp>
#include <otp/testing/replay_transport.hpp>

#include <boost/asio/use_future.hpp>

#include <gmock/gmock.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::mocks {
namespace {

using boost::asio::use_future;
using otp::test::content_of;
using otp::test::files_of;
using otp::test::found_in;
using otp::test::TemporaryDirectory;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view phone = "+919002336768";
constexpr std::string_view customer = "customer_f31121c389624d3697cbf3ea8830b7a4";
constexpr std::string_view user = "2077";

Recipient anybody() {
    Recipient to(PhoneNumber::parse(phone).value());
    to.user_ids.emplace("spherepay", customer);
    to.user_ids.emplace("10npay", user);
    return to;
}

/// What must be in no file. The user's id is too short to be told from other numbers.
std::vector<std::string> canaries(ClientConfig const& config) {
    std::vector<std::string> texts{std::string(phone), std::string(customer)};
    for (auto const& instance : config.instances) {
        for (auto const& credential : instance.credentials) {
            texts.emplace_back(credential.second.reveal());
        }
    }
    return texts;
}

/// What an application hears of a login, without what is anew each time.
struct Login {
    std::string sent;
    std::string verified;
};

Login log_in(
    ScopedMockVendors& vendors,
    std::string const& vendor,
    TransportFactory transport,
    bool is_replay
) {
    ClientOptions options;
    options.transport = std::move(transport);
    auto client = vendors.client(std::move(options));
    auto const sent =
        client.async_send(SendTarget::instance(vendor), SendOtp(anybody()), use_future).get();
    if (!sent) return {"failed: " + sent.error().message, ""};
    Login login{sent->request_id, ""};
    // In a replay any code is the right one.
    auto const code = is_replay ? std::string("000000") : vendors.mock().messages().front().code;
    VerifyOtp check(sent->handle, OtpCode::parse(code).value());
    auto const verified = client.async_verify(std::move(check), use_future).get();
    login.verified = verified ? std::string(to_string(verified->outcome)) + verified->request_id
                              : "failed: " + verified.error().message;
    return login;
}

class RecordedVendors : public ::testing::TestWithParam<std::string> {};

TEST_P(RecordedVendors, replay_byte_for_byte) {
    MockOptions options;
    options.seed = 1;  // no code of zeros
    ScopedMockVendors vendors(options);
    TemporaryDirectory const folder;
    auto const first = folder.path() / "first";
    auto const second = folder.path() / "second";

    auto const original =
        log_in(vendors, GetParam(), testing::recording_transport_factory(first), false);
    ASSERT_THAT(vendors.mock().messages(), SizeIs(1)) << original.sent;
    auto const replayed = log_in(
        vendors,
        GetParam(),
        testing::recording_transport_factory(second, testing::replay_transport_factory(first)),
        true
    );
    EXPECT_EQ(replayed.sent, original.sent);
    EXPECT_EQ(replayed.verified, original.verified);
    EXPECT_TRUE(original.verified.starts_with("approved")) << original.verified;
    EXPECT_THAT(vendors.mock().messages(), SizeIs(1)) << "nobody was asked";

    ASSERT_EQ(files_of(first).size(), files_of(second).size());
    auto texts = canaries(vendors.config());
    texts.push_back(vendors.mock().messages().front().code);
    for (auto const& file : files_of(first)) {
        EXPECT_EQ(content_of(second / file.filename()), content_of(file)) << file;
        EXPECT_THAT(found_in(file, texts), IsEmpty()) << content_of(file);
    }
}

INSTANTIATE_TEST_SUITE_P(
    AllVendors,
    RecordedVendors,
    ::testing::Values("spherepay", "loyaltydog", "10npay", "eko", "stytch"),
    [](auto const& parameter) { return parameter.param; }
);

}  // namespace
}  // namespace otp::mocks
