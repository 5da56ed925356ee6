// A watched configuration on a machine that refuses to watch, or takes a watch away.

#include "support/other_process.hpp"
#include "unit/client/watched_config.hpp"

#include <cerrno>
#include <cstdint>
#include <netinet/in.h>
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

}  // namespace
}  // namespace otp::test
