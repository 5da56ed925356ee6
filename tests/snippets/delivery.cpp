// Who would be asked, how instances are, taking one out of service, and another configuration.

#include <otp/mocks/mock_vendors.hpp>
#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <filesystem>
#include <gtest/gtest.h>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;

namespace {

// [snippet explain]
void tell_who_would_be_asked(otp::OtpClient const& client, otp::SendOtp const& request) {
    auto const report = client.explain("login", request);
    if (!report) return;  // there is no such route
    for (otp::CandidateReport const& candidate : report->candidates) {
        std::clog << candidate.instance << ": "
                  << (candidate.reason ? candidate.explanation : "would be asked") << '\n';
    }
}
// [snippet end]

// [snippet health]
void tell_of_health(otp::OtpClient const& client) {
    for (otp::InstanceHealth const& one : client.health()) {
        std::clog << one.instance << ": " << to_string(one.breaker);
        if (one.rests_for) std::clog << ", rests for " << one.rests_for->count() << " ms";
        if (one.connections && one.connections->waiting > 0) {
            std::clog << ", " << one.connections->waiting << " requests wait for a connection";
        }
        if (one.last_failure) std::clog << ", last failed with " << to_string(*one.last_failure);
        std::clog << '\n';
    }
}
// [snippet end]

// [snippet can_send]
bool can_send(otp::OtpClient const& client, std::string const& route, otp::SendOtp const& usual) {
    auto const report = client.explain(route, usual);
    if (!report) return false;
    for (otp::CandidateReport const& candidate : report->candidates) {
        if (!candidate.reason) return true;
        // A refused request goes nowhere else.
        if (candidate.reason == otp::DecisionReason::refused) return false;
    }
    return false;
}
// [snippet end]

// [snippet by_hand]
bool put_in_service(otp::OtpClient& client, std::string_view instance, bool in_service) {
    // Both are false if there is no such instance.
    return in_service ? client.restore(instance) : client.isolate(instance);
}
// [snippet end]

// [snippet reload]
void reload(otp::OtpClient& client, std::filesystem::path const& file) {
    try {
        client.async_reload(
            otp::load_config(file),
            [](otp::Result<otp::ReloadReport> const& reloaded) {
                if (!reloaded) std::clog << "not reloaded: " << reloaded.error() << '\n';
            }
        );
    } catch (otp::ErrorException const& unreadable) {
        std::clog << "not reloaded: " << unreadable.error() << '\n';
    }
}
// [snippet end]

/// The mock vendors, and a route to two of them.
class DeliveryPage : public ::testing::Test {
protected:
    otp::ClientConfig config() {
        auto read = otp::parse_config(
            vendors.example_config(), otp::VendorRegistry::built_in(), otp::ConfigSources()
        );
        auto made = std::move(read).value();
        made.routes = {{"login", {"stytch", "loyaltydog"}}};
        return made;
    }

    static otp::SendOtp request() {
        return otp::SendOtp(otp::PhoneNumber::parse("+12025550162").value());
    }

    otp::mocks::MockVendors vendors;
    asio::thread_pool pool{2};
};

TEST_F(DeliveryPage, AnIsolatedInstanceIsPassedOverUntilItIsRestored) {
    otp::OtpClient client(pool.get_executor(), config());
    EXPECT_TRUE(put_in_service(client, "stytch", false));
    EXPECT_FALSE(put_in_service(client, "stych", false));
    tell_who_would_be_asked(client, request());
    tell_of_health(client);
    EXPECT_TRUE(can_send(client, "login", request()));
    EXPECT_FALSE(can_send(client, "logn", request()));

    auto const sent = client.async_send("login", request(), asio::use_future).get();
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_EQ(sent->handle.instance(), "loyaltydog");

    EXPECT_TRUE(put_in_service(client, "loyaltydog", false));
    EXPECT_FALSE(can_send(client, "login", request()));
    EXPECT_TRUE(put_in_service(client, "stytch", true));
    EXPECT_TRUE(can_send(client, "login", request()));
}

TEST_F(DeliveryPage, NoSendFailsForAReload) {
    constexpr int sends = 40;  // fewer than the mock has threads
    std::atomic<int> accepted{0};
    std::atomic<int> ended{0};
    otp::OtpClient client(pool.get_executor(), config());
    for (int send = 0; send < sends; ++send) {
        client.async_send("login", request(), [&](otp::Result<otp::SendReceipt> const& sent) {
            if (sent) ++accepted;
            ++ended;
            ended.notify_one();
        });
        if (send % 10 != 9) continue;
        auto const reloaded = client.async_reload(config(), asio::use_future).get();
        EXPECT_TRUE(reloaded) << reloaded.error();
        reload(client, "/nowhere/otp.jsonc");
    }
    for (int so_far = ended; so_far < sends; so_far = ended) ended.wait(so_far);
    EXPECT_EQ(accepted, sends);
}

}  // namespace
