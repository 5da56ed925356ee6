// Configurations built in code.
#include "config/config_check.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

ClientConfig good_config() {
    ClientConfig config;
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "acme";
    instance.base_url = "https://api.example.com/v2";
    instance.proxy = ProxyConfig{"proxy.example.com", 3128, "me", Secret("secret")};
    config.instances.push_back(std::move(instance));
    config.routes.push_back({"login", {"main"}});
    return config;
}

std::vector<std::string> pointers_after(std::function<void(ClientConfig&)> const& spoil) {
    auto config = good_config();
    spoil(config);
    auto const error = check_config(config);
    std::vector<std::string> pointers;
    if (error) {
        EXPECT_EQ(error->category, ErrorCategory::config_invalid);
        for (auto const& violation : error->violations) pointers.push_back(violation.pointer);
    }
    return pointers;
}

TEST(ConfigCheck, accepts_a_good_configuration) {
    EXPECT_THAT(pointers_after([](ClientConfig&) {}), ElementsAre());
}

TEST(ConfigCheck, finds_each_mistake_in_its_place) {
    using Spoil = std::function<void(ClientConfig&)>;
    std::vector<std::pair<Spoil, std::string>> const rows = {
        {[](ClientConfig& c) { c.deadline = 0ms; }, "/defaults/deadline"},
        {[](ClientConfig& c) { c.instances[0].vendor.clear(); }, "/instances/main/vendor"},
        {[](ClientConfig& c) { c.instances[0].base_url = "http://api.example.com"; },
         "/instances/main/base_url"},
        {[](ClientConfig& c) { c.instances[0].base_url = "https://api.example.com/"; },
         "/instances/main/base_url"},
        {[](ClientConfig& c) { c.instances[0].limits.attempt_timeout = -1s; },
         "/instances/main/attempt_timeout"},
        {[](ClientConfig& c) { c.instances[0].limits.max_connections = 0; },
         "/instances/main/max_connections"},
        {[](ClientConfig& c) { c.instances[0].limits.max_body_bytes = SIZE_MAX; },
         "/instances/main/max_body_bytes"},
        {[](ClientConfig& c) { c.instances[0].tls.ca_file = "/nowhere/ca.pem"; },
         "/instances/main/tls/ca_file"},
        {[](ClientConfig& c) { c.instances[0].tls.pinned_public_key = "x"; },
         "/instances/main/tls/pinned_public_key"},
        {[](ClientConfig& c) { c.instances[0].proxy->host.clear(); }, "/instances/main/proxy/host"},
        {[](ClientConfig& c) { c.instances[0].proxy->port = 0; }, "/instances/main/proxy/port"},
        {[](ClientConfig& c) { c.instances[0].proxy->username.clear(); },
         "/instances/main/proxy/username"},
        {[](ClientConfig& c) { c.instances[0].proxy->password = Secret("a\r\nb"); },
         "/instances/main/proxy/password"},
        {[](ClientConfig& c) { c.routes[0].use.clear(); }, "/routes/login/use"},
        {[](ClientConfig& c) { c.routes[0].use = {"mian"}; }, "/routes/login/use/0"},
        {[](ClientConfig& c) {
             c.routes[0].use = {"main", "main"};
         },
         "/routes/login/use/1"},
        {[](ClientConfig& c) { c.routes[0].name = "a,b"; }, "/routes/a,b"},
        {[](ClientConfig& c) {
             c.routes.push_back({"login", {"main"}});
         },
         "/routes/login"},
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_THAT(pointers_after(rows[i].first), ElementsAre(rows[i].second)) << "row " << i;
    }
}

TEST(ConfigCheck, finds_names_that_are_given_twice_or_not_at_all) {
    EXPECT_THAT(
        pointers_after([](ClientConfig& config) {
            InstanceConfig again;
            again.name = "main";
            again.vendor = "acme";
            config.instances.push_back(std::move(again));
        }),
        ElementsAre("/instances/main")
    );
    EXPECT_THAT(
        pointers_after([](ClientConfig& config) {
            config.instances.clear();
            config.routes.clear();
        }),
        ElementsAre("/instances")
    );
}

}  // namespace
}  // namespace otp::config
