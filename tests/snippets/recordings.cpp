// How an application answers from recordings, as docs/recordings.md shows it.

#include <otp/client.hpp>
#include <otp/testing/recordings.hpp>
#include <otp/testing/replay_transport.hpp>

#include <gtest/gtest.h>

namespace {

// [snippet without_a_network]
otp::ClientOptions without_a_network() {
    otp::ClientOptions options;
    options.transport = otp::testing::replay_transport_factory(
        otp::testing::recordings("stytch", {"send_sms_ok", "verify_ok"})
    );
    return options;
}
// [snippet end]

TEST(Recordings, are_found) {
    EXPECT_TRUE(without_a_network().transport);
}

}  // namespace
