// A client that goes by its configuration file as that changes. The files are real, the time is
// not.

#include "support/certificate_authority.hpp"
#include "support/gate.hpp"
#include "support/other_process.hpp"
#include "support/scripted_clock.hpp"
#include "support/temporary_directory.hpp"
#include "unit/client/client_fixture.hpp"

#include <otp/config_watcher.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <new>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

/// Places whose path ends so cannot be watched, for this reason.
std::string refused_place;
int refusal = ENOSPC;
bool refuses_instances = false;
/// What is given in place of an instance; -1: nothing.
int false_instance = -1;
/// Called once, before anything is watched.
std::function<void()> before_watching;

}  // namespace

// They take the place of the C library's in this program.

extern "C" int inotify_init1(int flags) noexcept {
    errno = EMFILE;
    if (refuses_instances) return -1;
    if (false_instance >= 0) return std::exchange(false_instance, -1);
    return static_cast<int>(::syscall(SYS_inotify_init1, flags));
}

extern "C" int inotify_add_watch(int instance, char const* place, std::uint32_t mask) noexcept {
    if (before_watching) std::exchange(before_watching, nullptr)();
    errno = refusal;
    if (!refused_place.empty() && std::string_view(place).ends_with(refused_place)) return -1;
    return static_cast<int>(::syscall(SYS_inotify_add_watch, instance, place, mask));
}

namespace otp::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WatchListener final : public Observer {
public:
    void on_reload(Reloaded const& event) noexcept override {
        messages.emplace_back(event.message);
        events.push_back(
            event.failure ? std::string(to_string(*event.failure))
                          : std::to_string(event.kept) + " kept, " + std::to_string(event.added) +
                                " added, " + std::to_string(event.replaced) + " replaced, " +
                                std::to_string(event.removed) + " removed"
        );
        if (when_told) when_told();
    }
    void on_warning(Warning const& warning) noexcept override {
        EXPECT_EQ(warning.instance, "");
        warnings.push_back(warning.message);
    }

    std::vector<std::string> events;
    std::vector<std::string> messages;
    std::vector<std::string> warnings;
    std::function<void()> when_told;
};

void write_file(fs::path const& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

/// One instance of the vendor `plain`, on the route `login`, with these further members.
std::string config_of(std::string const& instance, std::string const& members = "") {
    return R"({ "version": 1, "instances": { ")" + instance + R"(": { "vendor": "plain")" +
           members + R"( } }, "routes": { "login": { "use": [")" + instance + R"("] } } })";
}

std::string const with_secret = R"(, "credentials": { "key": "${file:key}" })";
constexpr auto debounce = 200ms;

class WatchedConfig : public ClientOfPlainVendor {
protected:
    WatchedConfig() {
        instances = {"first"};
        observers = {listener};
        for (std::string const name : {"first", "second", "third"}) {
            conduct->base_urls[name] = "https://" + name + ".example";
        }
        configure("first");
    }

    void write(std::string const& name, std::string_view text) { write_file(folder / name, text); }
    void configure(std::string const& instance, std::string const& members = "") {
        write_file(file, config_of(instance, members));
    }

    /// Runs until it holds; false after ten seconds.
    template <class Condition>
    [[nodiscard]] bool run_until(Condition const& condition) {
        auto const end = std::chrono::steady_clock::now() + 10s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            context.restart();
            context.run_one_for(10ms);
        }
        return true;
    }
    /// What the observers were told since the last time.
    [[nodiscard]] std::vector<std::string> told() { return std::exchange(listener->events, {}); }
    [[nodiscard]] bool sees_a_change() {
        return run_until([this] { return clock->waiting() == 1; });
    }
    /// What the observers are told of the changes that were made.
    [[nodiscard]] std::vector<std::string> told_of_changes() {
        EXPECT_TRUE(sees_a_change());
        EXPECT_THAT(listener->events, IsEmpty()) << "nothing was waited for";
        clock->advance(debounce);
        EXPECT_TRUE(run_until([this] { return !listener->events.empty(); }));
        settle();
        EXPECT_EQ(clock->waiting(), 0U) << "as if reading changed something";
        return told();
    }
    void expect_no_change_seen() {
        settle();
        EXPECT_EQ(clock->waiting(), 0U);
        EXPECT_THAT(told(), IsEmpty());
    }

    /// Watches the file, and has read it.
    void watch(ConfigWatcherOptions options = {}) {
        watcher.emplace(client(), file, std::move(options));
        EXPECT_TRUE(run_until([this] { return !listener->events.empty(); }));
        settle();
        listener->events.clear();
    }

    [[nodiscard]] std::string serving() {
        answer(200, "accepted");
        auto const sent = send();
        EXPECT_TRUE(sent && *sent);
        return (*sent)->handle.instance();
    }

    TemporaryDirectory directory;
    fs::path folder{directory.path()};
    fs::path file{folder / "otp.jsonc"};
    std::shared_ptr<WatchListener> listener{std::make_shared<WatchListener>()};
    std::optional<ConfigWatcher> watcher;
};

TEST_F(WatchedConfig, IsReadOnceAtTheBeginning) {
    static_cast<void>(client());
    configure("second");
    watcher.emplace(client(), file);
    EXPECT_THAT(told(), IsEmpty()) << "inside of the constructor";
    settle();
    EXPECT_THAT(told(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "second");
    expect_no_change_seen();
}

TEST_F(WatchedConfig, IsReadWhenItIsWrittenInPlace) {
    watch();
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "second");
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("1 kept, 0 added, 0 replaced, 0 removed"));
}

TEST_F(WatchedConfig, IsReadWhenItIsExchanged) {
    watch();
    for (std::string const name : {"second", "third"}) {
        write("next", config_of(name));
        expect_no_change_seen();
        fs::rename(folder / "next", file);
        EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
        EXPECT_EQ(serving(), name);
    }
}

TEST_F(WatchedConfig, IsReadWhenItIsWrittenUnderAnotherName) {
    // As where a single file is mounted into a container.
    fs::create_directory(folder / "host");
    fs::create_hard_link(file, folder / "host" / "file");
    watch();
    write("host/file", config_of("second"));
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
}

TEST_F(WatchedConfig, MayBeAwayForAWhile) {
    watch();
    fs::remove(file);
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    EXPECT_THAT(listener->messages.back(), HasSubstr("No such file or directory"));
    EXPECT_EQ(serving(), "first");
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "second");
}

/// A volume as the kubelet writes it: files are links into `..data`, which leads to a folder of one
/// version and is exchanged at once.
class Volume {
public:
    explicit Volume(fs::path folder) : folder_(std::move(folder)) {}

    void publish(
        std::string const& version, std::vector<std::pair<std::string, std::string>> const& files
    ) {
        fs::create_directories(folder_ / version);
        for (auto const& [name, text] : files) write_file(folder_ / version / name, text);
        fs::create_symlink(version, folder_ / "..data_tmp");
        fs::rename(folder_ / "..data_tmp", folder_ / "..data");
        for (auto const& [name, text] : files) {
            if (!fs::is_symlink(folder_ / name)) {
                fs::create_symlink("..data/" + name, folder_ / name);
            }
        }
        if (!version_.empty()) fs::remove_all(folder_ / version_);
        version_ = version;
    }

private:
    fs::path folder_;
    std::string version_;
};

TEST_F(WatchedConfig, IsReadWhenKubernetesPublishesAnotherVersion) {
    file = folder / "config" / "otp.jsonc";
    Volume config(folder / "config");
    Volume secrets(folder / "secrets");
    auto const members = R"(, "credentials": { "key": "${file:../secrets/key}" })";
    secrets.publish("..2026_11_27_1", {{"key", "fake-key-1"}});
    config.publish("..2026_11_27_1", {{"otp.jsonc", config_of("first", members)}});
    watch();
    for (std::string const name : {"second", "third"}) {
        config.publish("..2026_11_27_" + name, {{"otp.jsonc", config_of(name, members)}});
        EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
        EXPECT_EQ(serving(), name);
        secrets.publish("..2026_11_27_" + name, {{"key", "fake-key-" + name}});
        EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    }
}

TEST_F(WatchedConfig, IsReadWhenAFolderAboveItIsExchanged) {
    fs::create_directories(folder / "releases" / "1");
    fs::create_directories(folder / "releases" / "2");
    write("releases/1/otp.jsonc", config_of("first"));
    write("releases/2/otp.jsonc", config_of("second"));
    fs::create_directory_symlink("releases/1", folder / "current");
    file = folder / "current" / "otp.jsonc";
    watch();
    fs::create_directory_symlink("releases/2", folder / "next");
    fs::rename(folder / "next", folder / "current");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    // Where the link leads to, two folders above the file.
    fs::create_directories(folder / "new" / "2");
    write("new/2/otp.jsonc", config_of("third"));
    fs::rename(folder / "releases", folder / "old");
    fs::rename(folder / "new", folder / "releases");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "third");
    // What is at the former place counts no longer.
    write("old/2/otp.jsonc", config_of("first"));
    write("old/1/otp.jsonc", config_of("first"));
    expect_no_change_seen();
}

TEST_F(WatchedConfig, SurvivesThatItsFolderIsRemovedAndMadeAgain) {
    auto const inner = folder / "a" / "b";
    fs::create_directories(inner);
    file = inner / "otp.jsonc";
    configure("first");
    watch();
    fs::remove_all(folder / "a");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    fs::create_directory(folder / "a");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    fs::create_directory(inner);
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    configure("third");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_THAT(listener->warnings, IsEmpty()) << "it only had not come yet";
}

TEST_F(WatchedConfig, LeavesTheOldOneIfTheNewOneIsBad) {
    watch();
    configure("second", R"(, "environmnt": "test")");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    // The file, the place, and what is wrong: nobody else is told.
    EXPECT_THAT(
        listener->messages.back(),
        AllOf(HasSubstr(file.string()), HasSubstr("; /instances/second/environmnt: "))
    );
    EXPECT_EQ(serving(), "first");
    write_file(file, R"({ "version": 1,)");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    EXPECT_THAT(listener->messages.back(), HasSubstr("; line 1"));
    EXPECT_EQ(serving(), "first");
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    EXPECT_EQ(serving(), "second");
}

TEST_F(WatchedConfig, NamesThreeMistakesOfMany) {
    configure("first", R"(, "a": 1, "b": 1, "c": 1, "d": 1)");
    watch();
    EXPECT_THAT(
        listener->messages.back(),
        AllOf(HasSubstr("4 mistakes"), HasSubstr("/first/c"), Not(HasSubstr("/first/d")))
    );
}

TEST_F(WatchedConfig, IsReadWhenASecretRotates) {
    write("key", "fake-key-1");
    configure("first", with_secret);
    watch();
    write("key", "fake-key-2");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    write("next", "fake-key-3");
    fs::rename(folder / "next", folder / "key");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    // One that is not named any more is of no interest.
    configure("first");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    write("key", "fake-key-4");
    expect_no_change_seen();
}

TEST_F(WatchedConfig, IsReadWhenWhatItLackedIsThere) {
    watch();
    configure("second", R"(, "credentials": { "key": "${file:new/key}" })");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    fs::create_directory(folder / "new");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    write("new/key", "fake-key");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    // A text that is no JSON names what it named before.
    write_file(file, "{");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    write("new/key", "fake-key-2");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
}

TEST_F(WatchedConfig, MayNameWhatCannotBeAsItIs) {
    configure("first", R"(, "credentials": { "key": "${file:key/inside}" })");
    write("key", "no folder");
    watch();
    EXPECT_THAT(listener->messages, ElementsAre(HasSubstr("Not a directory")));
    EXPECT_THAT(listener->warnings, IsEmpty());
    fs::remove(folder / "key");
    fs::create_directory(folder / "key");
    write("key/inside", "fake-key");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
}

TEST_F(WatchedConfig, IsReadWhenASecretGetsOtherRights) {
    write("key", "fake-key-1");
    fs::permissions(folder / "key", fs::perms::others_read, fs::perm_options::add);
    configure("second", with_secret);
    watch();
    EXPECT_THAT(listener->messages, ElementsAre(HasSubstr("others can access the file")));
    fs::permissions(folder / "key", fs::perms::others_read, fs::perm_options::remove);
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
}

TEST_F(WatchedConfig, IsReadWhenAuthoritiesRotate) {
    std::ostringstream authorities;
    authorities << std::ifstream(test_authority().ca_file()).rdbuf();
    write("authorities.pem", authorities.str());
    configure("first", R"(, "tls": { "ca_file": "authorities.pem" })");
    watch();
    // What stands beside the certificates counts for nobody, but the file is another one.
    write("authorities.pem", authorities.str() + "# renewed\n");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    write("authorities.pem", "nonsense");
    EXPECT_THAT(told_of_changes(), ElementsAre("config_invalid"));
    write("authorities.pem", authorities.str());
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
}

TEST_F(WatchedConfig, MayBeChangedByTheApplication) {
    std::ostringstream authorities;
    authorities << std::ifstream(test_authority().ca_file()).rdbuf();
    write("authorities.pem", authorities.str());
    std::vector<fs::path> read;
    ConfigWatcherOptions options;
    options.load = [&](fs::path const& path) {
        read.push_back(path);
        auto config = load_config(path, plain_registry(conduct));
        config.instances[0].tls.ca_file = "authorities.pem";
        return config;
    };
    auto const before = fs::current_path();
    fs::current_path(folder);
    watch(std::move(options));
    EXPECT_THAT(read, ElementsAre(file));
    // Also the files of which only it knows are watched.
    write("authorities.pem", authorities.str() + "# renewed\n");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    write("authorities.pem", authorities.str() + "# and again\n");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    fs::current_path(before);
}

TEST_F(WatchedConfig, IsOfTheFolderInWhichTheWatchBegan) {
    auto const before = fs::current_path();
    fs::current_path(folder);
    watcher.emplace(client(), "otp.jsonc");
    fs::current_path(before);
    settle();
    EXPECT_THAT(told(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
}

TEST_F(WatchedConfig, WhateverIsThrownMeanwhileIsTold) {
    int reads = 0;
    ConfigWatcherOptions options;
    options.load = [&](fs::path const&) -> ClientConfig {
        if (++reads == 1) throw std::runtime_error("not for the log");
        if (reads == 2) throw std::bad_alloc();
        if (reads == 3) throw 7;
        return plain_config({"second"});
    };
    watch(std::move(options));
    EXPECT_THAT(listener->messages.back(), Not(HasSubstr("not for the log")));
    for (std::string const outcome :
         {"connect_failed", "internal", "0 kept, 1 added, 0 replaced, 1 removed"}) {
        configure("first");
        EXPECT_THAT(told_of_changes(), ElementsAre(outcome));
    }
}

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

TEST_F(WatchedConfig, WarnsOfWhatCannotBeWatched) {
    fs::create_directory(folder / "secrets");
    write("secrets/key", "fake-key");
    configure("first", R"(, "credentials": { "key": "${file:secrets/key}" })");
    refused_place = "/secrets";
    watch();
    ASSERT_EQ(listener->warnings.size(), 1U);
    EXPECT_THAT(
        listener->warnings[0],
        AllOf(HasSubstr((folder / "secrets").string()), HasSubstr("fs.inotify.max_user_watches"))
    );
    // Once, until it is another lack or one again.
    fs::permissions(file, fs::perms::owner_all);
    EXPECT_EQ(told_of_changes().size(), 1U);
    EXPECT_EQ(listener->warnings.size(), 1U);
    refused_place = "";
    fs::permissions(file, fs::perms::owner_read);
    EXPECT_EQ(told_of_changes().size(), 1U);
    refused_place = "/secrets";
    fs::permissions(file, fs::perms::owner_all);
    EXPECT_EQ(told_of_changes().size(), 1U);
    EXPECT_EQ(listener->warnings.size(), 2U);
    refused_place = "";
}

TEST_F(WatchedConfig, IsWatchedItselfWhereItsFolderMayNotBe) {
    fs::create_directory(folder / "closed");
    file = folder / "closed" / "otp.jsonc";
    configure("first");
    refused_place = "/closed";
    refusal = EACCES;
    watch();
    EXPECT_THAT(listener->warnings, IsEmpty());
    configure("second");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    for (std::string const name : {"third", "first"}) {
        write("next", config_of(name));
        fs::rename(folder / "next", file);
        EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    }
    refused_place = "";
    refusal = ENOSPC;
}

TEST_F(WatchedConfig, IsFoundWhereItIsWhenItMovesWhileTheWatchBegins) {
    for (std::string const release : {"1", "2"}) {
        fs::create_directory(folder / release);
        write(release + "/otp.jsonc", config_of("first"));
    }
    fs::create_directory_symlink("1", folder / "current");
    fs::create_directory_symlink("2", folder / "next");
    file = folder / "current" / "otp.jsonc";
    before_watching = [this] { fs::rename(folder / "next", folder / "current"); };
    watch();
    write("2/otp.jsonc", config_of("second"));
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
    // The same where it names another file meanwhile.
    watcher.reset();
    write("key", "fake-key-1");
    before_watching = [this] {
        configure("first", R"(, "credentials": { "key": "${file:../key}" })");
    };
    watch();
    write("key", "fake-key-2");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 0 added, 1 replaced, 0 removed"));
}

TEST_F(WatchedConfig, IsLeftToTheParentAfterAFork) {
    watch();
    configure("second");
    ASSERT_TRUE(sees_a_change());
    context.notify_fork(boost::asio::io_context::fork_prepare);
    OtherProcess child([&] {
        context.notify_fork(boost::asio::io_context::fork_child);
        clock->advance(debounce);
        settle();
        return std::to_string(listener->events.size());
    });
    context.notify_fork(boost::asio::io_context::fork_parent);
    EXPECT_EQ(child.said(), "0");
    EXPECT_THAT(told_of_changes(), ElementsAre("0 kept, 1 added, 0 replaced, 1 removed"));
}

TEST_F(WatchedConfig, WarnsThatItIsWatchedNoLonger) {
    // Nobody is at its other end, so that reading fails.
    false_instance = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    sockaddr_in nobody{};
    nobody.sin_family = AF_INET;
    nobody.sin_port = htons(9);
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(false_instance, reinterpret_cast<sockaddr*>(&nobody), sizeof nobody), 0);
    ASSERT_EQ(::send(false_instance, "x", 1, 0), 1);
    watch();
    ASSERT_EQ(listener->warnings.size(), 2U);
    EXPECT_THAT(listener->warnings[0], HasSubstr("cannot watch"));
    EXPECT_THAT(
        listener->warnings[1],
        AllOf(HasSubstr("watched no longer"), HasSubstr("Connection refused"))
    );
    context.restart();
    context.run();
}

TEST_F(WatchedConfig, NeedsAFileAndAMachine) {
    try {
        ConfigWatcher const without_file(client(), "");
        FAIL();
    } catch (ErrorException const& refused) {
        EXPECT_EQ(refused.error().category, ErrorCategory::config_invalid);
    }
    refuses_instances = true;
    try {
        ConfigWatcher const without_machine(client(), file);
        FAIL();
    } catch (ErrorException const& refused) {
        EXPECT_EQ(refused.error().category, ErrorCategory::connect_failed);
    }
    refuses_instances = false;
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
