// A configuration that is read again whenever it changes.

#include "support/temporary_directory.hpp"

#include <otp/mocks/mock_vendors.hpp>
#include <otp/otp.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <utility>

namespace asio = boost::asio;

namespace {

// [snippet watch]
void serve(asio::io_context& context, std::filesystem::path const& file) {
    otp::OtpClient client(context.get_executor(), otp::load_config(file));
    otp::ConfigWatcher watcher(client, file);

    // ... the service ...

    context.run();  // it does not return by itself before `watcher.stop()`
}
// [snippet end]

// [snippet watch_and_change]
otp::ConfigWatcherOptions with_deadline(std::chrono::milliseconds deadline) {
    otp::ConfigWatcherOptions options;
    options.load = [deadline](std::filesystem::path const& file) {
        auto config = otp::load_config(file);
        config.deadline = deadline;
        return config;
    };
    return options;
}
// [snippet end]

class Reloads final : public otp::Observer {
public:
    explicit Reloads(asio::io_context& context) : context_(context) {}
    void on_reload(otp::Reloaded const& event) noexcept override {
        if (!event.failure) ++succeeded;
        context_.stop();
    }
    int succeeded{0};

private:
    asio::io_context& context_;
};

class WatchingPage : public ::testing::Test {
protected:
    otp::mocks::MockVendors vendors;
    otp::test::TemporaryDirectory folder;
    std::filesystem::path file{folder.write("otp.json", vendors.example_config())};
    asio::io_context context{1};
};

TEST_F(WatchingPage, TheServiceRunsUntilItIsStopped) {
    asio::post(context, [this] { context.stop(); });
    serve(context, file);
    EXPECT_TRUE(context.stopped());
}

TEST_F(WatchingPage, TheApplicationMayChangeWhatTheFileSays) {
    auto const reloads = std::make_shared<Reloads>(context);
    otp::ClientOptions options;
    options.observers.push_back(reloads);
    otp::OtpClient client(context.get_executor(), otp::load_config(file), std::move(options));
    auto watching = with_deadline(std::chrono::seconds(3));
    EXPECT_EQ(watching.load(file).deadline, std::chrono::seconds(3));
    otp::ConfigWatcher const watcher(client, file, std::move(watching));
    context.run();
    EXPECT_EQ(reloads->succeeded, 1);
}

}  // namespace
