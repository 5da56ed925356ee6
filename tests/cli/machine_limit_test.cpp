// A machine that has nothing left to give: said as it is, and nothing was sent.

#include "cli/support/mock_setup.hpp"
#include "cli/support/shell.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;

/// A send through the vendor with so few descriptors.
[[nodiscard]] Finished send_with_descriptors(
    MockSetup const& setup, std::string const& vendor, int count
) {
    return in_shell(
        "ulimit -n " + std::to_string(count) + R"(; exec "$0" "$@")",
        std::vector<std::string>{"send", "--config", setup.config(), "--route", vendor, "--json"} +
            example_person()
    );
}

// The standard streams and one more: the fewest with which any library can be loaded.
constexpr int fewest = 4;
// What a shell or the loader says of a program that could not be started (POSIX, exit status 127).
constexpr int not_started = 127;

class Descriptors : public testing::TestWithParam<std::string> {};

// Of two of the vendors an access token is fetched first.
INSTANTIATE_TEST_SUITE_P(
    Vendors,
    Descriptors,
    testing::Values("stytch", "loyaltydog", "10npay"),
    [](auto const& tested) { return "vendor_" + tested.param; }
);

TEST_P(Descriptors, ThatRunOutBeforeTheSendAreNamedAndNothingWasSent) {
    MockSetup setup;
    int refused = 0;
    for (int count = fewest;; ++count) {
        SCOPED_TRACE(count);
        ASSERT_LT(count, 64) << "the program needs that many descriptors?";
        auto const finished = send_with_descriptors(setup, GetParam(), count);
        if (finished.status == 0) break;
        if (finished.status == not_started) continue;
        ++refused;
        ASSERT_THAT(finished.status, testing::AnyOf(1, 2)) << finished.out << finished.err;
        auto const object = json::parse(finished.out);
        EXPECT_EQ(object.at("error").at("delivery"), "not_sent");
        EXPECT_NE(object.at("error").at("category"), "internal") << finished.out;
        EXPECT_THAT(finished.out, HasSubstr("Too many open files"));
        EXPECT_THAT(finished.out, HasSubstr("raise the limit (ulimit -n)"));
        EXPECT_THAT(setup.vendors().messages(), IsEmpty());
    }
    EXPECT_GT(refused, 2);
}

}  // namespace
}  // namespace otp::test
