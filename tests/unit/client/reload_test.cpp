// A client that goes by another configuration while it works.

#include "support/certificate_authority.hpp"
#include "support/temporary_directory.hpp"
#include "unit/client/client_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReloadListener final : public Observer {
public:
    void on_reload(Reloaded const& event) noexcept override {
        events.push_back(
            std::string(event.failure ? to_string(*event.failure) : "reloaded") + ' ' +
            std::to_string(event.kept) + ' ' + std::to_string(event.added) + ' ' +
            std::to_string(event.replaced) + ' ' + std::to_string(event.removed)
        );
        message = event.message;
    }
    std::vector<std::string> events;
    std::string message;
};

class Reload : public ClientOfPlainVendor {
protected:
    Reload() {
        instances = {"first", "second"};
        observers = {listener};
        for (std::string const name : {"first", "second", "third"}) {
            conduct->base_urls[name] = "https://" + name + ".example";
        }
    }
    /// The configuration that the client began with, over these instances.
    [[nodiscard]] ClientConfig config_of(std::vector<std::string> const& names) const {
        auto config = plain_config(names);
        config.deadline = deadline;
        for (auto& instance : config.instances) instance.delivery.retry.attempts = 1;
        return config;
    }
    [[nodiscard]] Result<ReloadReport> reload(ClientConfig config) {
        std::optional<Result<ReloadReport>> outcome;
        client().async_reload(std::move(config), [&](Result<ReloadReport> reloaded) {
            ASSERT_FALSE(outcome) << "completed twice";
            outcome.emplace(std::move(reloaded));
        });
        EXPECT_FALSE(outcome) << "completed inside of the call";
        settle();
        EXPECT_TRUE(outcome.has_value());
        return std::move(*outcome);
    }
    [[nodiscard]] std::string origin_of_next_send() {
        answer(200, "accepted");
        auto const sent = send();
        EXPECT_TRUE(sent && *sent);
        return origins().back();
    }

    std::shared_ptr<ReloadListener> listener{std::make_shared<ReloadListener>()};
};

TEST_F(Reload, KeepsWhatIsAsItWas) {
    static_cast<void>(client());
    auto const reloaded = reload(config_of({"first", "second"}));
    ASSERT_TRUE(reloaded);
    EXPECT_THAT(reloaded->kept, ElementsAre("first", "second"));
    EXPECT_THAT(reloaded->added, IsEmpty());
    EXPECT_THAT(reloaded->replaced, IsEmpty());
    EXPECT_THAT(reloaded->removed, IsEmpty());
    EXPECT_THAT(listener->events, ElementsAre("reloaded 2 0 0 0"));
}

TEST_F(Reload, GoesByTheNewRoutesAndInstances) {
    EXPECT_EQ(origin_of_next_send(), "https://first.example");
    auto const reloaded = reload(config_of({"third", "second"}));
    ASSERT_TRUE(reloaded);
    EXPECT_THAT(reloaded->kept, ElementsAre("second"));
    EXPECT_THAT(reloaded->added, ElementsAre("third"));
    EXPECT_THAT(reloaded->removed, ElementsAre("first"));
    EXPECT_EQ(origin_of_next_send(), "https://third.example");
    ASSERT_EQ(client().health().size(), 2U);
    EXPECT_EQ(client().health()[1].instance, "third");
    EXPECT_EQ(client().explain("login", send_request()).value().candidates[0].instance, "third");
}

TEST_F(Reload, MakesAnewWhatChanged) {
    static_cast<void>(client());
    struct Change {
        std::string what;
        std::function<void(InstanceConfig&)> make;
    };
    std::vector<Change> const changes{
        {"credential", [](auto& one) { one.credentials.emplace("key", Secret("fake-new-key")); }},
        {"limit", [](auto& one) { one.limits.connect_timeout += 1ms; }},
        {"pin",
         [](auto& one) {
             one.tls.pinned_public_key = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
         }},
        {"proxy",
         [](auto& one) {
             one.proxy = ProxyConfig{"proxy.example", 3128, "", {}};
         }},
        {"retry", [](auto& one) { one.delivery.retry.base_delay += 1ms; }},
        {"breaker", [](auto& one) { one.delivery.breaker.good_probes += 1; }},
        {"commit_timeout", [](auto& one) { one.delivery.commit_timeout += 1ms; }},
        {"nothing", [](auto&) {}}};
    for (auto const& [what, make] : changes) {
        static_cast<void>(reload(config_of({"first", "second"})));
        auto config = config_of({"first", "second"});
        make(config.instances[0]);
        auto const reloaded = reload(std::move(config));
        ASSERT_TRUE(reloaded) << what << ": " << reloaded.error();
        auto const& changed = what == "nothing" ? reloaded->kept : reloaded->replaced;
        EXPECT_EQ(changed.front(), "first") << what;
        EXPECT_EQ(reloaded->kept.back(), "second") << what;
    }
}

TEST_F(Reload, ReadsTlsFilesAnew) {
    TemporaryDirectory const folder;
    auto const file = folder.path() / "authorities.pem";
    // What stands beside the certificates counts for nobody, but the file is another one.
    auto const write = [&](std::string_view remark) {
        std::ofstream out(file);
        out << std::ifstream(test_authority().ca_file()).rdbuf() << remark;
    };
    auto const configured = [&] {
        auto config = config_of({"first"});
        config.instances[0].tls.ca_file = file;
        return config;
    };
    instances = {"first"};
    static_cast<void>(client());
    write("");
    EXPECT_THAT(reload(configured()).value().replaced, ElementsAre("first"));
    EXPECT_THAT(reload(configured()).value().kept, ElementsAre("first"));
    write("# renewed\n");
    EXPECT_THAT(reload(configured()).value().replaced, ElementsAre("first"));
    std::filesystem::remove(file);
    EXPECT_TRUE(reload(configured()).has_error());
    EXPECT_EQ(origin_of_next_send(), "https://first.example");
}

TEST_F(Reload, LeavesTheOldConfigurationIfTheNewOneCannotBeUsed) {
    static_cast<void>(client());
    auto config = config_of({"first", "second"});
    config.instances[1].vendor = "unheard-of";
    auto const reloaded = reload(std::move(config));
    ASSERT_TRUE(reloaded.has_error());
    EXPECT_EQ(reloaded.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(listener->events, ElementsAre("config_invalid 0 0 0 0"));
    EXPECT_EQ(listener->message, reloaded.error().message);
    EXPECT_EQ(origin_of_next_send(), "https://first.example");

    config = config_of({"first", "second"});
    config.routes[0].use = {"nobody"};
    EXPECT_TRUE(reload(std::move(config)).has_error());
    EXPECT_EQ(origin_of_next_send(), "https://first.example");
}

TEST_F(Reload, OperationsEndWithWhatTheyBeganWith) {
    script->add(testing::ScriptedStep(HttpResponse(200, {}, "accepted")).after(1s));
    Sent outcome;
    begin_send(outcome);
    settle();
    ASSERT_FALSE(outcome);
    ASSERT_TRUE(reload(config_of({"second"})));
    clock->advance(1s);
    settle();
    ASSERT_TRUE(outcome && *outcome);
    EXPECT_EQ((*outcome)->handle.instance(), "first");
    EXPECT_EQ(origin_of_next_send(), "https://second.example");
    // Its code cannot be checked any more.
    auto const verified = verify();
    ASSERT_TRUE(verified && !*verified);
    EXPECT_EQ(verified->error().category, ErrorCategory::config_invalid);
}

TEST_F(Reload, ClosingEndsOperationsOfBeforeToo) {
    script->add(testing::ScriptedStep(HttpResponse(200, {}, "accepted")).after(1h));
    Sent outcome;
    begin_send(outcome);
    settle();
    ASSERT_TRUE(reload(config_of({"second"})));
    destroy_client();
    settle();
    ASSERT_TRUE(outcome && !*outcome);
    EXPECT_EQ(outcome->error().category, ErrorCategory::cancelled);
}

TEST_F(Reload, ConditionAndTokenOfWhatIsKeptGoOn) {
    conduct->needs_token = true;
    answer(200, "fake-token");
    answer(200, "accepted");
    ASSERT_TRUE(*send());
    client().isolate("second");
    ASSERT_TRUE(reload(config_of({"first", "second"})));
    EXPECT_EQ(client().health()[1].breaker, BreakerState::isolated);
    // No new token.
    EXPECT_EQ(origin_of_next_send(), "https://first.example");
    EXPECT_THAT(targets(), ElementsAre("/token", "/send", "/send"));
    // Of what is made anew they begin again, but that nobody restored what was isolated.
    auto config = config_of({"first", "second"});
    for (auto& instance : config.instances) instance.limits.max_connections += 1;
    ASSERT_TRUE(reload(std::move(config)));
    EXPECT_EQ(client().health()[0].breaker, BreakerState::closed);
    EXPECT_EQ(client().health()[1].breaker, BreakerState::isolated);
    EXPECT_TRUE(client().restore("second"));
    answer(200, "fake-token");
    EXPECT_EQ(origin_of_next_send(), "https://first.example");
}

TEST_F(Reload, AFetchForWhatIsGoneEndsByItself) {
    conduct->needs_token = true;
    script->add(testing::ScriptedStep(HttpResponse(200, {}, "fake-token")).after(10s));
    Sent outcome;
    auto request = send_request();
    request.deadline = 1s;
    begin_send(outcome, std::move(request));
    settle();
    ASSERT_TRUE(reload(config_of({"second"})));
    clock->advance(1s);
    settle();
    ASSERT_TRUE(outcome && !*outcome);
    // Nobody holds the instance now but the fetch, whose answer comes later.
    clock->advance(20s);
    settle();
}

TEST_F(Reload, TheDeadlineIsTheNewOne) {
    static_cast<void>(client());
    auto config = config_of({"first"});
    config.deadline = 3s;
    ASSERT_TRUE(reload(std::move(config)));
    script->add(testing::ScriptedStep::silence());
    Sent outcome;
    begin_send(outcome);
    settle();
    clock->advance(3s - 1ms);
    settle();
    EXPECT_FALSE(outcome);
    clock->advance(1ms);
    settle();
    ASSERT_TRUE(outcome && !*outcome);
    EXPECT_EQ(outcome->error().category, ErrorCategory::deadline_exceeded);
}

TEST_F(Reload, IsRefusedAfterAShutdown) {
    std::optional<boost::system::error_code> over;
    client().async_shutdown(0ms, [&](boost::system::error_code error) { over = error; });
    settle();
    auto const reloaded = reload(config_of({"first"}));
    ASSERT_TRUE(reloaded.has_error());
    EXPECT_EQ(reloaded.error().category, ErrorCategory::cancelled);
}

}  // namespace
}  // namespace otp::test
