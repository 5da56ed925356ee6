// A client that cannot work is not made, and says what is wrong and with which instance.

#include "unit/client/plain_vendor.hpp"

#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The violations as `pointer: message`.
std::vector<std::string> lines(Error const& error) {
    std::vector<std::string> all;
    for (auto const& violation : error.violations) {
        all.push_back(violation.pointer + ": " + violation.message);
    }
    return all;
}

class Construction : public ::testing::Test {
protected:
    /// Why no client is made.
    [[nodiscard]] std::optional<Error> refusal() {
        ClientOptions options;
        options.vendors = vendors;
        options.environment = [this](std::string const& name) -> std::optional<std::string> {
            auto const found = variables.find(name);
            if (found == variables.end()) return std::nullopt;
            return found->second;
        };
        options.environment_names = [this] {
            std::vector<std::string> names;
            for (auto const& [name, value] : variables) names.push_back(name);
            return names;
        };
        options.transport = [this](TransportSettings const& settings) {
            ++transports;
            if (failure && settings.base_url == broken_url) {
                return Result<std::shared_ptr<Transport>>(*failure);
            }
            return testing::scripted_transport_factory(std::make_shared<testing::Script>())(settings
            );
        };
        try {
            OtpClient const client(context.get_executor(), std::move(config), std::move(options));
        } catch (ErrorException const& thrown) {
            return thrown.error();
        }
        return std::nullopt;
    }

    boost::asio::io_context context{1};
    std::shared_ptr<PlainVendorConduct> conduct{std::make_shared<PlainVendorConduct>()};
    VendorRegistry vendors{plain_registry(conduct)};
    ClientConfig config{plain_config({"main", "other"})};
    std::map<std::string, std::string> variables;
    /// Of the transport to that URL.
    std::optional<Error> failure;
    std::string broken_url{"https://plain.example"};
    int transports{0};
};

TEST_F(Construction, NeedsNothingButAConfiguration) {
    EXPECT_FALSE(refusal());
    EXPECT_EQ(transports, 2);
}

TEST_F(Construction, FillsInTheMachineWhereTheOptionsLeaveItOut) {
    // An aggregate that an application fills in by name.
    static_assert(std::is_aggregate_v<ClientOptions>);
    ClientOptions options;
    EXPECT_FALSE(options.transport);
    EXPECT_EQ(options.clock, nullptr);
    EXPECT_EQ(options.random, nullptr);
    EXPECT_EQ(options.resolver, nullptr);
    // Nobody listens at that port while it is bound and not listened at.
    boost::asio::ip::tcp::acceptor bound(context, boost::asio::ip::tcp::v4());
    bound.bind({boost::asio::ip::address_v4::loopback(), 0});
    auto const port = std::to_string(bound.local_endpoint().port());
    conduct->base_urls["main"] = "http://localhost:" + port;
    options.vendors = vendors;
    options.environment = nullptr;
    OtpClient client(context.get_executor(), std::move(config), std::move(options));
    std::optional<Result<SendReceipt>> outcome;
    client.async_send(
        SendTarget::instance("main"),
        SendOtp(PhoneNumber::parse("+12025550162").value()),
        [&](Result<SendReceipt> result) { outcome.emplace(std::move(result)); }
    );
    context.run();
    ASSERT_TRUE(outcome && outcome->has_error());
    EXPECT_EQ(outcome->error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(outcome->error().phase, ExchangePhase::connecting);
    EXPECT_EQ(outcome->error().delivery, Delivery::not_sent);
}

TEST_F(Construction, ChecksAConfigurationThatWasMadeInCode) {
    config.deadline = std::chrono::milliseconds(0);
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    ASSERT_EQ(error->violations.size(), 1U);
    EXPECT_EQ(error->violations[0].pointer, "/defaults/deadline");
    EXPECT_EQ(transports, 0);
}

TEST_F(Construction, ChecksWhatTheEnvironmentSaysOfARoute) {
    variables["OTP_ROUTE_LOGIN"] = "main,nobody";
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    ASSERT_EQ(error->violations.size(), 1U);
    EXPECT_THAT(error->violations[0].message, HasSubstr("OTP_ROUTE_LOGIN"));
    EXPECT_THAT(error->message, HasSubstr("the environment (OTP_ROUTE_…)"));
    EXPECT_EQ(transports, 0);
}

TEST_F(Construction, RefusesAVariableOfNoRoute) {
    variables["OTP_ROUTE_LOGON"] = "main";
    auto const error = refusal();
    ASSERT_TRUE(error);
    ASSERT_EQ(error->violations.size(), 1U);
    EXPECT_EQ(error->violations[0].pointer, "/routes");
}

TEST_F(Construction, TellsWhoseVendorIsUnknown) {
    config.instances[1].vendor = "nobody";
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    EXPECT_EQ(error->instance, "other");
    EXPECT_EQ(error->vendor, "nobody");
    EXPECT_THAT(
        lines(*error),
        ElementsAre(R"(/instances/other/vendor: unknown vendor "nobody"; known: "plain")")
    );
}

TEST_F(Construction, TellsWhatTheVendorSays) {
    vendors.add(*vendors.find("plain"), [](InstanceConfig const&) {
        return Result<std::unique_ptr<ProviderAdapter>>(
            field_error(ErrorCategory::config_invalid, "/credentials/key", "is missing")
        );
    });
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->instance, "main");
    EXPECT_EQ(error->vendor, "plain");
    ASSERT_EQ(error->violations.size(), 1U);
    EXPECT_EQ(error->violations[0].message, "is missing");
    EXPECT_EQ(error->violations[0].pointer, "/instances/main/credentials/key");
    EXPECT_EQ(error->message, "the instance is not configured correctly");
}

TEST_F(Construction, TellsWhatTheVendorSaysWithoutAPlace) {
    vendors.add(*vendors.find("plain"), [](InstanceConfig const&) {
        return Result<std::unique_ptr<ProviderAdapter>>(
            Error(ErrorCategory::config_invalid, "no licence")
        );
    });
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message, "no licence");
    EXPECT_THAT(error->violations, IsEmpty());
}

// Of a vendor whose factory looks at nothing.
TEST_F(Construction, HoldsNamesAgainstTheVendorsDescription) {
    config.instances[1].environment = "live";
    config.instances[1].options["colour"] = "red";
    config.instances[1].credentials.emplace("password", Secret("p"));
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    EXPECT_EQ(error->delivery, Delivery::not_sent);
    EXPECT_EQ(error->instance, "other");
    EXPECT_EQ(error->vendor, "plain");
    EXPECT_EQ(error->message, "the instance is not configured correctly");
    EXPECT_THAT(
        lines(*error),
        ElementsAre(
            R"(/instances/other/environment: unknown environment "live"; there is none)",
            R"(/instances/other/credentials/password: unknown credential "password"; known: "key")",
            R"(/instances/other/options/colour: unknown option "colour"; there is none)"
        )
    );
}

TEST_F(Construction, SaysTheSameOfAConfigurationFromAFileAndOfOneMadeInCode) {
    vendors = VendorRegistry::built_in();
    auto const from_file = parse_config(
        R"({ "version": 1, "allow_inline_secrets": true, "instances": { "main": {
            "vendor": "eko", "environment": "Sandbox",
            "credentials": { "acces_key": "k", "developer_key": "two words" },
            "options": { "csp": "1", "initiator_id": "" } } } })",
        vendors,
        ConfigSources()
    );
    ASSERT_TRUE(from_file.has_error());
    config = plain_config({"main"});
    auto& instance = config.instances.front();
    instance.vendor = "eko";
    instance.environment = "Sandbox";
    instance.credentials.emplace("acces_key", Secret("k"));
    instance.credentials.emplace("developer_key", Secret("two words"));
    instance.options = {{"csp", "1"}, {"initiator_id", ""}};
    auto const in_code = refusal();
    ASSERT_TRUE(in_code);
    EXPECT_THAT(lines(*in_code), ElementsAreArray(lines(from_file.error())));
    EXPECT_EQ(in_code->violations.size(), 5U);
}

TEST_F(Construction, TellsWhoseFilesCannotBeRead) {
    failure = field_error(ErrorCategory::config_invalid, "/tls/ca_file", "cannot be read");
    failure->violations.push_back({"/tls/crl_file", "is no PEM"});
    conduct->base_urls = {{"other", broken_url = "https://other.example"}};
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    EXPECT_EQ(error->instance, "other");
    EXPECT_EQ(error->vendor, "plain");
    EXPECT_EQ(error->message, "the instance cannot connect");
    ASSERT_EQ(error->violations.size(), 2U);
    EXPECT_EQ(error->violations[0].pointer, "/instances/other/tls/ca_file");
    EXPECT_EQ(error->violations[0].message, "cannot be read");
    EXPECT_EQ(error->violations[1].pointer, "/instances/other/tls/crl_file");
}

TEST_F(Construction, TellsWhatIsMissingInTheTransportsOwnWords) {
    failure = Error(ErrorCategory::connect_failed, "no descriptor left");
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::connect_failed);
    EXPECT_EQ(error->instance, "main");
    EXPECT_EQ(error->vendor, "plain");
    EXPECT_EQ(error->message, "no descriptor left");
    EXPECT_THAT(error->violations, IsEmpty());
}

TEST_F(Construction, NeedsTheTokenEndpointToo) {
    conduct->needs_token = true;
    conduct->token_url = broken_url = "https://tokens.example";
    failure = Error(ErrorCategory::connect_failed, "no descriptor left");
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->instance, "main");
    EXPECT_EQ(error->message, "no descriptor left");
}

TEST_F(Construction, TellsWhoseProxyCannotBeUnderstood) {
    variables["HTTPS_PROXY"] = "http://proxy.example:none";
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    EXPECT_EQ(error->instance, "main");
    EXPECT_EQ(error->vendor, "plain");
    EXPECT_THAT(error->message, HasSubstr("HTTPS_PROXY"));
    EXPECT_EQ(transports, 0);
}

TEST_F(Construction, NeedsAProxyForATokenEndpointThatIsFarAway) {
    variables["HTTPS_PROXY"] = "http://proxy.example:none";
    conduct->base_urls = {{"main", "http://localhost:1"}, {"other", "http://localhost:2"}};
    EXPECT_FALSE(refusal());
    config = plain_config({"main"});
    conduct->needs_token = true;
    conduct->token_url = "https://tokens.example";
    auto const error = refusal();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->instance, "main");
    EXPECT_THAT(error->message, HasSubstr("HTTPS_PROXY"));
}

}  // namespace
}  // namespace otp::test
