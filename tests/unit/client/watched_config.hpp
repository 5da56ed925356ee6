#pragma once

#include "support/temporary_directory.hpp"
#include "unit/client/client_fixture.hpp"

#include <otp/config_watcher.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::test {

/// Writes down what it hears of reloads, and what could not be watched.
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

inline void write_file(std::filesystem::path const& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
}

/// One instance of the vendor `plain`, on the route `login`, with these further members.
inline std::string config_of(std::string const& instance, std::string const& members = "") {
    return R"({ "version": 1, "instances": { ")" + instance + R"(": { "vendor": "plain")" +
           members + R"( } }, "routes": { "login": { "use": [")" + instance + R"("] } } })";
}

/// For `config_of`.
inline std::string const with_secret = R"(, "credentials": { "key": "${file:key}" })";
inline constexpr auto debounce = std::chrono::milliseconds(200);

/// A client that goes by its configuration file as that changes. The files are real, the time is
/// not.
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
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            context.restart();
            context.run_one_for(std::chrono::milliseconds(10));
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
        EXPECT_THAT(listener->events, ::testing::IsEmpty()) << "nothing was waited for";
        clock->advance(debounce);
        EXPECT_TRUE(run_until([this] { return !listener->events.empty(); }));
        settle();
        EXPECT_EQ(clock->waiting(), 0U) << "as if reading changed something";
        return told();
    }
    void expect_no_change_seen() {
        settle();
        EXPECT_EQ(clock->waiting(), 0U);
        EXPECT_THAT(told(), ::testing::IsEmpty());
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
    std::filesystem::path folder{directory.path()};
    std::filesystem::path file{folder / "otp.jsonc"};
    std::shared_ptr<WatchListener> listener{std::make_shared<WatchListener>()};
    std::optional<ConfigWatcher> watcher;
};

}  // namespace otp::test
