// Which transports a client makes, what each of them is told, and what it asks of them.

#include "support/said_counts.hpp"
#include "unit/client/watched_client.hpp"

#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/post.hpp>

#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ClientTransports : public WatchedClient {
protected:
    void fetch_tokens_elsewhere() {
        conduct->needs_token = true;
        conduct->token_url = "https://tokens.example";
    }
    /// `URL: way` of each.
    [[nodiscard]] std::vector<std::string> ways() {
        static_cast<void>(client());
        std::vector<std::string> all;
        for (auto const& made : transports) all.push_back(made->base_url + ": " + made->way);
        return all;
    }
    void configure_proxy() {
        config.instances[0].proxy.emplace(ProxyConfig{"own-proxy.example", 8080, "", Secret()});
    }
};

TEST_F(ClientTransports, AreOneForTheVendorAndOneForItsTokens) {
    config = plain_config({"main", "other"});
    fetch_tokens_elsewhere();
    conduct->base_urls = {{"other", "https://other.example"}};
    EXPECT_THAT(
        ways(),
        ElementsAre(
            "https://plain.example: directly",
            "https://tokens.example: directly",
            "https://other.example: directly",
            "https://tokens.example: directly"
        )
    );
    EXPECT_EQ(transport(0).instance, "main");
    EXPECT_EQ(transport(1).instance, "main");
    EXPECT_EQ(transport(2).instance, "other");
    EXPECT_EQ(transport(3).instance, "other");
}

TEST_F(ClientTransports, AreUsedForWhatTheyAreMadeFor) {
    fetch_tokens_elsewhere();
    Sent outcome;
    begin_send(outcome);
    EXPECT_THAT(transport(0).targets, IsEmpty());
    EXPECT_THAT(transport(1).targets, ElementsAre("/token"));
    transport(1).answer(0, 200, "fake-token");
    settle();
    EXPECT_THAT(transport(0).targets, ElementsAre("/send"));
    EXPECT_THAT(transport(1).targets, ElementsAre("/token"));
}

TEST_F(ClientTransports, AreTheApplicationsOrTheVendorsOrThoseOfMostVendors) {
    std::vector<std::string> made;
    auto const factory = [&made](std::string whose) -> TransportFactory {
        return [&made, whose = std::move(whose)](TransportSettings const& settings) {
            made.push_back(whose + ": " + settings.instance.name + ' ' + settings.base_url);
            auto const script = std::make_shared<testing::Script>();
            return testing::scripted_transport_factory(script)(settings);
        };
    };
    fetch_tokens_elsewhere();
    ClientOptions options;
    options.environment = nullptr;
    options.environment_names = nullptr;
    options.vendors = plain_registry(conduct);
    auto const make = [this, &options] {
        return OtpClient(context.get_executor(), plain_config({"main"}), options);
    };
    EXPECT_TRUE(make().health().at(0).connections) << "one that has connections";
    EXPECT_THAT(made, IsEmpty());

    auto const description = *options.vendors.find("plain");
    auto const make_adapter = [plain = options.vendors](InstanceConfig const& instance) {
        return plain.make_adapter(instance);
    };
    options.vendors.add(description, make_adapter, factory("vendor"));
    static_cast<void>(make());
    EXPECT_THAT(
        made,
        ElementsAre("vendor: main https://plain.example", "vendor: main https://tokens.example")
    );

    made.clear();
    options.transport = factory("application");
    static_cast<void>(make());
    EXPECT_THAT(
        made,
        ElementsAre(
            "application: main https://plain.example", "application: main https://tokens.example"
        )
    );
}

TEST_F(ClientTransports, OfTheVendorAreNoneForWhatIsToBeRecorded) {
    std::size_t made = 0;
    ClientOptions options;
    options.environment = nullptr;
    options.environment_names = nullptr;
    options.vendors = plain_registry(conduct);
    auto const description = *options.vendors.find("plain");
    options.vendors.add(
        description,
        [plain = options.vendors](InstanceConfig const& instance) {
            return plain.make_adapter(instance);
        },
        [&made](TransportSettings const& settings) {
            ++made;
            auto const script = std::make_shared<testing::Script>();
            return testing::scripted_transport_factory(script)(settings);
        }
    );
    auto recorded = plain_config({"main"});
    recorded.instances[0].record = "folder";
    try {
        OtpClient const client(context.get_executor(), std::move(recorded), options);
        ADD_FAILURE() << "it was recorded by nobody";
    } catch (ErrorException const& refused) {
        EXPECT_EQ(refused.error().category, ErrorCategory::config_invalid);
    }
    EXPECT_EQ(made, 0U);
}

TEST_F(ClientTransports, GoThroughTheEnvironmentsProxy) {
    fetch_tokens_elsewhere();
    variables["HTTPS_PROXY"] = "http://proxy.example:3128";
    EXPECT_THAT(
        ways(),
        ElementsAre(
            "https://plain.example: proxy.example:3128",
            "https://tokens.example: proxy.example:3128"
        )
    );
}

TEST_F(ClientTransports, OfAnInstanceWithoutTokensGoThroughTheEnvironmentsProxy) {
    variables["HTTPS_PROXY"] = "http://proxy.example:3128";
    EXPECT_THAT(ways(), ElementsAre("https://plain.example: proxy.example:3128"));
}

TEST_F(ClientTransports, ToTokensAloneMayGoThroughTheProxy) {
    fetch_tokens_elsewhere();
    variables["HTTPS_PROXY"] = "http://proxy.example:3128";
    variables["NO_PROXY"] = "plain.example";
    EXPECT_THAT(
        ways(),
        ElementsAre("https://plain.example: directly", "https://tokens.example: proxy.example:3128")
    );
}

TEST_F(ClientTransports, ToTheVendorAloneMayGoThroughTheProxy) {
    fetch_tokens_elsewhere();
    variables["HTTPS_PROXY"] = "http://proxy.example:3128";
    variables["NO_PROXY"] = "tokens.example";
    EXPECT_THAT(
        ways(),
        ElementsAre("https://plain.example: proxy.example:3128", "https://tokens.example: directly")
    );
}

TEST_F(ClientTransports, GoThroughTheProxyOfTheirInstanceFirst) {
    fetch_tokens_elsewhere();
    configure_proxy();
    variables["HTTPS_PROXY"] = "http://proxy.example:3128";
    variables["NO_PROXY"] = "*";
    EXPECT_THAT(
        ways(),
        ElementsAre(
            "https://plain.example: own-proxy.example:8080",
            "https://tokens.example: own-proxy.example:8080"
        )
    );
}

TEST_F(ClientTransports, GoThroughTheProxyOfNoOtherInstance) {
    config = plain_config({"main", "other"});
    configure_proxy();
    EXPECT_THAT(
        ways(),
        ElementsAre(
            "https://plain.example: own-proxy.example:8080", "https://plain.example: directly"
        )
    );
}

TEST_F(ClientTransports, OverPlainHttpGoDirectly) {
    fetch_tokens_elsewhere();
    configure_proxy();
    conduct->base_urls = {{"main", "http://localhost:8080"}};
    EXPECT_THAT(
        ways(),
        ElementsAre(
            "http://localhost:8080: directly", "https://tokens.example: own-proxy.example:8080"
        )
    );
}

TEST_F(ClientTransports, ToTokensOverPlainHttpGoDirectly) {
    fetch_tokens_elsewhere();
    configure_proxy();
    conduct->token_url = "http://localhost:8080";
    EXPECT_THAT(
        ways(),
        ElementsAre(
            "https://plain.example: own-proxy.example:8080", "http://localhost:8080: directly"
        )
    );
}

TEST_F(ClientTransports, GoDirectlyWhereTheInstanceIgnoresTheEnvironment) {
    fetch_tokens_elsewhere();
    config.instances[0].ignore_proxy_environment = true;
    variables["HTTPS_PROXY"] = "http://proxy.example:3128";
    EXPECT_THAT(
        ways(), ElementsAre("https://plain.example: directly", "https://tokens.example: directly")
    );
}

TEST_F(ClientTransports, RunOnTheClientsExecutorWithOneThread) {
    fetch_tokens_elsewhere();
    threading = Threading::single;
    auto const user = client().get_executor();
    EXPECT_EQ(transport(0).executor, user);
    EXPECT_EQ(transport(1).executor, user);
}

TEST_F(ClientTransports, RunOnOneStrandWithSeveralThreads) {
    fetch_tokens_elsewhere();
    auto const user = client().get_executor();
    EXPECT_NE(transport(0).executor, user);
    EXPECT_EQ(transport(0).executor, transport(1).executor);
}

TEST_F(ClientTransports, AreWarmedUpWhereRequestsGo) {
    config = plain_config({"main", "other"});
    fetch_tokens_elsewhere();
    client().warm_up(3);
    settle();
    EXPECT_THAT(transport(0).warm_ups, ElementsAre(3));
    EXPECT_THAT(transport(2).warm_ups, ElementsAre(3));
    // Tokens are fetched rarely.
    EXPECT_THAT(transport(1).warm_ups, IsEmpty());
    EXPECT_THAT(transport(3).warm_ups, IsEmpty());
}

TEST_F(ClientTransports, AreWarmedUpWithOneConnectionIfNothingElseIsSaid) {
    static_cast<void>(client());
    settle();
    EXPECT_THAT(transport().warm_ups, IsEmpty());
    client().warm_up();
    settle();
    EXPECT_THAT(transport().warm_ups, ElementsAre(1));
}

TEST_F(ClientTransports, SayHowManyConnectionsAnInstanceHas) {
    config = plain_config({"main", "other"});
    fetch_tokens_elsewhere();
    EXPECT_EQ(client().health().at(0).connections, std::nullopt) << "there are none";
    // Of `main`, of its tokens, and of `other`.
    transport(0).counts = ConnectionCounts{4, 1, 2, 3};
    transport(1).counts = ConnectionCounts{9, 9, 9, 9};
    transport(2).counts = ConnectionCounts{};
    auto const health = client().health();
    EXPECT_EQ(say(health.at(0).connections), "4 open, 1 idle, 2 opening, 3 waiting");
    EXPECT_EQ(say(health.at(1).connections), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(ClientTransports, AreAskedFromTheirExecutor) {
    Sent outcome;
    client().async_send("login", request(), keep_in(outcome));
    client().warm_up();
    client().async_check_connections([](auto const&) {});
    EXPECT_THAT(transport().targets, IsEmpty());
    EXPECT_THAT(transport().warm_ups, IsEmpty());
    EXPECT_EQ(transport().checks, 0);
    settle();
    EXPECT_THAT(transport().targets, ElementsAre("/send"));
    EXPECT_EQ(transport().checks, 1);
    EXPECT_THAT(transport().warm_ups, ElementsAre(1));
}

TEST_F(ClientTransports, AreAskedAtOnceWithOneThread) {
    threading = Threading::single;
    Sent outcome;
    boost::asio::post(context, [&] {
        client().async_send("login", request(), keep_in(outcome));
        EXPECT_THAT(transport().targets, ElementsAre("/send"));
    });
    settle();
}

TEST_F(ClientTransports, ThatThrowAndAnswerAllTheSameCompleteASendOnce) {
    for (auto const mode : {Threading::single, Threading::multiple}) {
        threading = mode;
        transports.clear();
        auto client = make_client();
        config = plain_config({"main"});
        transport().after_request = [] { throw std::runtime_error("thrown by the test"); };
        Sent outcome;
        client.async_send("login", request(), keep_in(outcome));
        settle();
        // Nobody knows what it had done by then.
        EXPECT_EQ(say(outcome), "internal unknown");
        transport().answer(0, 200, "accepted");
        settle();
        EXPECT_EQ(say(outcome), "internal unknown");
    }
}

}  // namespace
}  // namespace otp::test
