// When a watched configuration is read, and until when.

#include "support/certificate_authority.hpp"
#include "support/gate.hpp"
#include "support/scripted_clock.hpp"
#include "unit/client/watched_config.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>

namespace otp::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(WatchedConfig, IsReadOnceAfterManyChanges) {
    watch();
    for (int i = 0; i < 3; ++i) {
        for (std::string const name : {"second", "third"}) configure(name);
        ASSERT_TRUE(sees_a_change());
        settle();
        clock->advance(debounce - 1ms);
        settle();
        EXPECT_THAT(told(), IsEmpty());
    }
    clock->advance(1ms);
    settle();
    EXPECT_THAT(told(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "third");
    expect_no_change_seen();
}

TEST_F(WatchedConfig, IsReadInTheEndIfChangesDoNotEnd) {
    watch();
    auto waited = 0ms;
    while (listener->events.empty() && waited < 1min) {
        configure("second");
        ASSERT_TRUE(sees_a_change());
        settle();
        clock->advance(debounce / 2);
        waited += debounce / 2;
        settle();
    }
    EXPECT_EQ(waited, 10 * debounce);
    // And then not before it has waited once more.
    configure("third");
    ASSERT_TRUE(sees_a_change());
    listener->events.clear();
    clock->advance(debounce - 1ms);
    settle();
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
}

TEST_F(WatchedConfig, IsReadAtOnceWithoutMemoryToWait) {
    auto const scripted = std::make_shared<http::ScriptedClock>();
    ClientOptions options;
    options.vendors = plain_registry(conduct);
    options.transport = testing::scripted_transport_factory(script);
    options.clock = scripted;
    options.observers = observers;
    OtpClient own(context.get_executor(), plain_config({"first"}), std::move(options));
    watcher.emplace(own, file);
    settle();
    EXPECT_EQ(told().size(), 1U);
    scripted->failing_waits = 1;
    configure("second");
    EXPECT_TRUE(run_until([this] { return !listener->events.empty(); }));
    EXPECT_THAT(told(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    configure("third");
    EXPECT_TRUE(run_until([&] { return scripted->time.waiting() == 1; }));
    scripted->time.advance(debounce);
    settle();
    EXPECT_THAT(told(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
}

TEST_F(WatchedConfig, WaitsAsLongAsItIsTold) {
    ConfigWatcherOptions options;
    options.debounce = 5s;
    watch(options);
    configure("second");
    ASSERT_TRUE(sees_a_change());
    clock->advance(5s - 1ms);
    settle();
    EXPECT_THAT(told(), IsEmpty());
    clock->advance(1ms);
    settle();
    EXPECT_EQ(told().size(), 1U);

    options.debounce = std::chrono::milliseconds::min();
    watcher.reset();
    watch(options);
    configure("third");
    EXPECT_TRUE(run_until([this] { return !listener->events.empty(); }));
    EXPECT_EQ(serving(), "third");

    options.debounce = std::chrono::milliseconds::max();
    watcher.reset();
    watch(options);
    configure("first");
    ASSERT_TRUE(sees_a_change());
    clock->advance(1h);
    settle();
    EXPECT_EQ(serving(), "first");
}

TEST_F(WatchedConfig, IsReadAgainIfItChangesWhileItIsRead) {
    ConfigWatcherOptions options;
    bool changed = false;
    options.load = [&](fs::path const& path) {
        auto config = load_config(path, plain_registry(conduct));
        if (!std::exchange(changed, true)) configure("second");
        return config;
    };
    watch(std::move(options));
    EXPECT_EQ(serving(), "first");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "second");
    // The same where it changes when the observers are told.
    listener->when_told = [&] {
        listener->when_told = nullptr;
        configure("first");
    };
    configure("third");
    EXPECT_TRUE(sees_a_change());
    clock->advance(debounce);
    EXPECT_TRUE(run_until([this] { return !listener->events.empty(); }));
    listener->events.clear();
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "first");
}

TEST_F(WatchedConfig, IsWatchedUntilTheWatcherIsStopped) {
    watch();
    configure("second");
    ASSERT_TRUE(sees_a_change());
    watcher->stop();
    watcher->stop();
    context.restart();
    context.run();  // it returns
    clock->advance(debounce);
    settle();
    EXPECT_THAT(told(), IsEmpty());
    configure("third");
    expect_no_change_seen();
    EXPECT_EQ(serving(), "first");
}

TEST_F(WatchedConfig, IsNotReadAnyMoreOnceTheWatcherIsStopped) {
    watch();
    configure("second");
    ASSERT_TRUE(sees_a_change());
    // Time is over, but what comes of it has not run yet.
    clock->advance(debounce);
    watcher->stop();
    context.restart();
    context.run();
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_EQ(serving(), "first");
}

TEST_F(WatchedConfig, IsNotReadIfTheWatcherIsGoneBeforeItBegan) {
    watcher.emplace(client(), file);
    watcher.reset();
    context.restart();
    context.run();
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(WatchedConfig, IsNotReadIfTheWatcherIsStoppedAtOnce) {
    threading = Threading::single;
    boost::asio::post(context, [this] {
        watcher.emplace(client(), file);
        watcher->stop();
    });
    context.run();
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_THAT(listener->warnings, IsEmpty());
}

TEST_F(WatchedConfig, IsUsedAlthoughTheWatcherGoesWhileItIsRead) {
    ConfigWatcherOptions options;
    bool destroys = false;
    options.load = [&](fs::path const& path) {
        auto config = load_config(path, plain_registry(conduct));
        if (!destroys) return config;
        watcher.reset();
        // A file that would have to be watched.
        config.instances[0].tls.ca_file = test_authority().ca_file();
        return config;
    };
    watch(options);
    destroys = true;
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_FALSE(watcher);
    EXPECT_THAT(listener->warnings, IsEmpty());
    destroys = false;
    watch(options);
    listener->when_told = [&] { watcher.reset(); };
    configure("third");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "third");
    context.restart();
    context.run();
}

TEST_F(WatchedConfig, EndsWithItsClient) {
    watch();
    destroy_client();
    configure("second");
    EXPECT_TRUE(sees_a_change());
    clock->advance(debounce);
    context.restart();
    context.run();  // nothing is watched any more
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(WatchedConfig, EndsWithTheShutdownOfItsClient) {
    watch();
    bool done = false;
    client().async_shutdown(1s, [&](boost::system::error_code) { done = true; });
    EXPECT_TRUE(run_until([&] { return done; }));
    configure("second");
    EXPECT_TRUE(sees_a_change());
    clock->advance(debounce);
    context.restart();
    context.run();
    EXPECT_THAT(told(), IsEmpty());
}

TEST_F(WatchedConfig, IsOfTheClientWhereverItMoves) {
    watch();
    OtpClient moved(std::move(client()));
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(moved.health().at(0).instance, "second");
}

TEST_F(WatchedConfig, IsReadOnOneThreadToo) {
    threading = Threading::single;
    watch();
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "second");
}

/// On threads of its own, in real time.
TEST(ConfigWatcherOnThreads, MayGoWhileTheConfigurationIsReadElsewhere) {
    TemporaryDirectory const directory;
    auto const file = directory.write("otp.jsonc", config_of("first"));
    auto const conduct = std::make_shared<PlainVendorConduct>();
    auto const listener = std::make_shared<WatchListener>();
    boost::asio::thread_pool pool(2);
    ClientOptions options;
    options.vendors = plain_registry(conduct);
    options.transport = testing::scripted_transport_factory(std::make_shared<testing::Script>());
    options.observers = {listener};
    OtpClient client(pool.get_executor(), plain_config({"first"}), std::move(options));
    Gate reading;
    Gate gone;
    std::atomic<int> reads{0};
    {
        ConfigWatcherOptions watching;
        watching.debounce = 0ms;
        watching.load = [&](fs::path const&) {
            ++reads;
            reading.open();
            EXPECT_TRUE(gone.wait());
            return plain_config({"second"});
        };
        ConfigWatcher const watcher(client, file, std::move(watching));
        ASSERT_TRUE(reading.wait());
        write_file(file, config_of("third"));
    }
    gone.open();
    pool.join();
    EXPECT_EQ(reads, 1);
    EXPECT_THAT(listener->events, ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(client.health().at(0).instance, "second");
}

}  // namespace
}  // namespace otp::test
