// Threads, lifetimes, shutting down, and configurations made in code. What the pages say of the
// first two is tested.

#include "support/temporary_directory.hpp"

#include <otp/mocks/mock_vendors.hpp>
#include <otp/otp.hpp>
#include <otp/testing/simulator.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <iostream>
#include <string>
#include <vector>

namespace asio = boost::asio;

namespace {

// [snippet one_thread]
void run_on_one_thread(otp::ClientConfig config, otp::SendOtp request) {
    asio::io_context context(1);
    otp::ClientOptions options;
    options.threading = otp::Threading::single;  // no strand, no lock
    otp::OtpClient client(context.get_executor(), std::move(config), std::move(options));

    client.async_send("login", std::move(request), [](otp::Result<otp::SendReceipt> const&) {});
    context.run();  // returns when the send is done, although its connection is kept
}
// [snippet end]

// [snippet shutdown]
void serve_and_leave(otp::ClientConfig config) {
    asio::thread_pool pool(4);
    otp::OtpClient client(pool.get_executor(), std::move(config));
    client.warm_up();  // one connection to each origin, ahead of need

    // ... any thread may call the client ...

    // At most 5 seconds for what is in flight; then the rest completes with `cancelled`.
    client.async_shutdown(std::chrono::seconds(5), asio::use_future).wait();
    pool.join();
}
// [snippet end]

// [snippet simulated_client]
otp::OtpClient simulated_client(
    asio::any_io_executor executor, std::string const& file, otp::testing::Simulator const& phone
) {
    otp::ClientOptions options;
    options.vendors = otp::testing::registry_with_simulator(phone);
    auto config = otp::load_config(file, options.vendors);
    return otp::OtpClient(std::move(executor), std::move(config), std::move(options));
}
// [snippet end]

// [snippet config_in_code]
otp::ClientConfig config_in_code(otp::Secret project_id, otp::Secret secret) {
    otp::InstanceConfig stytch;
    stytch.name = "stytch";
    stytch.vendor = "stytch";
    stytch.credentials.emplace("project_id", std::move(project_id));
    stytch.credentials.emplace("secret", std::move(secret));

    otp::ClientConfig config;
    config.deadline = std::chrono::seconds(8);
    config.instances.push_back(std::move(stytch));
    config.routes.push_back({"login", {"stytch"}});
    return config;  // checked by the constructor of OtpClient
}
// [snippet end]

// [snippet parse_config]
otp::Result<otp::ClientConfig> read_untrusted(std::string_view text) {
    otp::ConfigSources sources;  // no environment: ${env:...} is an error
    sources.allow_files = false;
    return otp::parse_config(text, otp::VendorRegistry::built_in(), sources);
}
// [snippet end]

// [snippet check_connections]
void tell_of_connections(otp::OtpClient& client) {
    using Reports = std::vector<otp::ConnectionReport>;
    client.async_check_connections([](otp::Result<Reports> const& checked) {
        if (!checked) return;  // the client has been shut down
        for (otp::ConnectionReport const& report : *checked) {
            if (report.failure) std::clog << report.origin << ": " << *report.failure << '\n';
        }
    });
}
// [snippet end]

/// The mock vendors, and a route to one of them.
class ClientLife : public ::testing::Test {
protected:
    otp::ClientConfig config() {
        auto read = otp::parse_config(
            vendors.example_config(), otp::VendorRegistry::built_in(), otp::ConfigSources()
        );
        auto made = std::move(read).value();
        made.routes = {{"login", {"stytch"}}};
        return made;
    }

    otp::mocks::MockVendors vendors;
};

TEST_F(ClientLife, AKeptConnectionDoesNotKeepTheContextRunning) {
    run_on_one_thread(config(), otp::SendOtp(otp::PhoneNumber::parse("+12025550162").value()));
    EXPECT_EQ(vendors.messages("stytch").size(), 1U);
}

TEST_F(ClientLife, AShutDownClientLetsThePoolJoin) {
    serve_and_leave(config());
    EXPECT_TRUE(vendors.messages().empty());
}

TEST_F(ClientLife, ConnectionsAreTriedWithoutASend) {
    asio::io_context context;
    otp::OtpClient client(context.get_executor(), config());
    tell_of_connections(client);
    EXPECT_GT(context.run(), 0U);
    EXPECT_TRUE(vendors.messages().empty());
}

TEST_F(ClientLife, AConfigurationMadeInCodeIsUsable) {
    asio::io_context context;
    otp::Secret project_id("project-test-00000000-0000-0000-0000-000000000000");
    auto made = config_in_code(std::move(project_id), otp::Secret("not-a-secret"));
    EXPECT_NO_THROW(otp::OtpClient(context.get_executor(), std::move(made)));
}

TEST(SimulatedClient, SendsToThePhoneOfTheTest) {
    otp::test::TemporaryDirectory const folder;
    auto const file = folder.write(
        "demo.json",
        R"({ "version": 1, "instances": { "demo": { "vendor": "simulator" } },
             "routes": { "login": { "use": ["demo"] } } })"
    );
    asio::thread_pool pool(1);
    otp::testing::Simulator const phone;
    auto client = simulated_client(pool.get_executor(), file.string(), phone);
    otp::SendOtp request(otp::PhoneNumber::parse("+12025550162").value());
    auto const sent = client.async_send("login", std::move(request), asio::use_future).get();
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_EQ(phone.messages().size(), 1U);
}

TEST(UntrustedConfig, MayNotReadTheEnvironmentOrFiles) {
    auto const refused = read_untrusted(R"({ "version": 1, "instances": {
        "a": { "vendor": "spherepay", "credentials": { "api_key": "${env:PATH}" } },
        "b": { "vendor": "spherepay", "credentials": { "api_key": "${file:/etc/hostname}" } } } })"
    );
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().violations.size(), 2U);
}

}  // namespace
