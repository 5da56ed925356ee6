#include "platform/machine_names.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

#include <gtest/gtest.h>
#include <initializer_list>

namespace otp::platform {
namespace {

namespace asio = boost::asio;
using Endpoints = NameResolver::Endpoints;

Endpoints endpoints(std::initializer_list<char const*> addresses) {
    Endpoints all;
    for (auto const* const address : addresses) {
        all.emplace_back(asio::ip::make_address(address), 443);
    }
    return all;
}

TEST(MachineNames, OfTheMachineItselfAreThoseOfRfc6761) {
    for (auto const* const name :
         {"localhost", "LOCALHOST", "localhost.", "vendor.localhost", "a.b.LocalHost."}) {
        EXPECT_TRUE(is_localhost(name)) << name;
    }
    for (auto const* const name :
         {"", ".", "local", "notlocalhost", "localhost.example.com", "localhost..", "127.0.0.1"}) {
        EXPECT_FALSE(is_localhost(name)) << name;
    }
}

TEST(MachineNames, OfTheMachineItselfNeverMeanAnother) {
    auto const kept = kept_on_machine({{}, endpoints({"192.0.2.1", "127.0.0.2", "::1"})}, 443);
    EXPECT_EQ(kept.endpoints, endpoints({"127.0.0.2", "::1"}));
    for (auto const& found :
         {FoundAddresses{{}, endpoints({"192.0.2.1"})},
          FoundAddresses{asio::error::host_not_found, {}},
          FoundAddresses{asio::error::host_not_found_try_again, {}}}) {
        auto const replaced = kept_on_machine(found, 443);
        EXPECT_FALSE(replaced.error);
        EXPECT_EQ(replaced.endpoints, endpoints({"::1", "127.0.0.1"}));
    }
}

TEST(MachineNames, AreAskedForWithThePort) {
    auto const found = ask_machine("localhost", 8443);
    ASSERT_FALSE(found.error) << found.error.message();
    ASSERT_FALSE(found.endpoints.empty());
    for (auto const& endpoint : found.endpoints) {
        EXPECT_TRUE(endpoint.address().is_loopback());
        EXPECT_EQ(endpoint.port(), 8443);
    }
}

TEST(MachineNames, KnowTheMachineByANameThatNobodyServes) {
    // No list of hosts has it, and no name server is obliged to.
    auto const found = ask_machine("vendor.localhost", 443);
    EXPECT_FALSE(found.error);
    EXPECT_FALSE(found.endpoints.empty());
}

}  // namespace
}  // namespace otp::platform
