// What happens to names in folders, as the kernel tells it.

#include "platform/folder_watch.hpp"

#include "support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/system/errc.hpp>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

/// What `inotify_init1` fails with; 0: it does not.
int refusal_of_machine = 0;
/// What it gives in place of an instance; -1: it does not.
int false_instance = -1;

}  // namespace

// It takes the place of the C library's in this program.
extern "C" int inotify_init1(int flags) noexcept {
    errno = refusal_of_machine;
    if (refusal_of_machine != 0) return -1;
    if (false_instance >= 0) return std::exchange(false_instance, -1);
    return static_cast<int>(::syscall(SYS_inotify_init1, flags));
}

namespace otp::platform {
namespace {

namespace asio = boost::asio;
namespace errc = boost::system::errc;
namespace fs = std::filesystem;
using test::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Names = std::vector<WatchedName>;

class Listener final : public FolderListener {
public:
    void on_folder_change() noexcept override { ++told; }
    void on_folder_watch_end(boost::system::error_code) noexcept override { ++ended; }
    int told{0};
    int ended{0};
};

class FolderWatchTest : public ::testing::Test {
protected:
    FolderWatchTest() { watch->start(listener); }
    ~FolderWatchTest() override { EXPECT_EQ(listener ? listener->ended : 0, 0); }

    void expect_watched(Names const& names) { EXPECT_THAT(watch->watch(names), IsEmpty()); }
    /// How often something was told since the last time.
    int told() {
        context.restart();
        context.poll();
        return std::exchange(listener->told, 0);
    }
    static void write(fs::path const& file, std::string const& text) {
        std::ofstream(file, std::ios::binary) << text;
    }

    TemporaryDirectory directory;
    fs::path folder{directory.path()};
    fs::path file{folder / "file"};
    asio::io_context context{1};
    std::shared_ptr<Listener> listener{std::make_shared<Listener>()};
    std::shared_ptr<FolderWatch> watch{FolderWatch::make(context.get_executor()).value()};
};

TEST_F(FolderWatchTest, TellsOfANameThatComesIsExchangedAndGoes) {
    expect_watched({{folder, "file"}});
    EXPECT_EQ(told(), 0);
    write(file, "1");
    EXPECT_EQ(told(), 1);
    write(folder / "next", "2");
    EXPECT_EQ(told(), 0);
    fs::rename(folder / "next", file);
    EXPECT_EQ(told(), 1);
    fs::rename(file, folder / "last");
    EXPECT_EQ(told(), 1);
    fs::rename(folder / "last", file);
    EXPECT_EQ(told(), 1);
    fs::permissions(file, fs::perms::owner_read);
    EXPECT_EQ(told(), 1);
    fs::remove(file);
    EXPECT_EQ(told(), 1);
    fs::create_symlink("nowhere", file);
    EXPECT_EQ(told(), 1);
    fs::create_symlink("elsewhere", folder / "next");
    fs::rename(folder / "next", file);
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, TellsNothingOfOtherNames) {
    write(file, "1");
    expect_watched({{folder, "file"}, {folder, "other"}});
    write(folder / "files", "1");
    write(folder / "fil", "1");
    fs::remove(folder / "files");
    EXPECT_EQ(told(), 0);
    // Of a name it does not tell what is written there.
    write(file, "2");
    EXPECT_EQ(told(), 0);
    write(folder / "other", "1");
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, TellsOfWhatIsWrittenToAPlaceUnderWhateverName) {
    write(file, "1");
    fs::create_directory(folder / "elsewhere");
    fs::create_hard_link(file, folder / "elsewhere" / "name");
    expect_watched({{file, ""}});
    write(file, "2");
    EXPECT_EQ(told(), 1);
    write(folder / "elsewhere" / "name", "3");
    EXPECT_EQ(told(), 1);
    fs::permissions(folder / "elsewhere" / "name", fs::perms::owner_read);
    EXPECT_EQ(told(), 1);
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    EXPECT_EQ(told(), 1);
    fs::resize_file(file, 1);
    EXPECT_EQ(told(), 1);
    std::ofstream open(file, std::ios::app);
    EXPECT_EQ(told(), 0);
    open << "more" << std::flush;
    EXPECT_EQ(told(), 1) << "before it is closed";
}

TEST_F(FolderWatchTest, TellsOfWhatWasWrittenThroughAMemoryMapWhenTheFileIsClosed) {
    write(file, "1");
    expect_watched({{file, ""}});
    int const opened = ::open(file.c_str(), O_RDWR);
    auto* const bytes = ::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
    ASSERT_NE(bytes, MAP_FAILED);
    *static_cast<char*>(bytes) = '2';
    ::munmap(bytes, 1);
    EXPECT_EQ(told(), 0);
    ::close(opened);
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, KeepsNoWatchThatNobodyNeeds) {
    std::string instance;
    for (auto const& descriptor : fs::directory_iterator("/proc/self/fd")) {
        std::error_code gone;  // that of the iterator
        if (fs::read_symlink(descriptor, gone) == "anon_inode:inotify") {
            instance = "/proc/self/fdinfo/" + descriptor.path().filename().string();
        }
    }
    auto const watches = [&instance] {
        std::ifstream lines(instance);
        int count = 0;
        for (std::string line; std::getline(lines, line);) count += line.starts_with("inotify wd");
        return count;
    };
    fs::create_directory(folder / "inner");
    expect_watched({{folder, "file"}, {folder / "inner", "file"}, {folder, "other"}});
    EXPECT_EQ(watches(), 2);
    expect_watched({{folder / "inner", "file"}});
    EXPECT_EQ(watches(), 1);
    expect_watched({});
    EXPECT_EQ(watches(), 0);
}

TEST_F(FolderWatchTest, TellsOnceOfWhatHappenedTogether) {
    expect_watched({{folder, "file"}, {folder, "other"}});
    for (int i = 0; i < 100; ++i) {
        write(file, "1");
        write(folder / "other", "1");
        fs::remove(file);
        fs::remove(folder / "other");
    }
    EXPECT_EQ(told(), 1);
    EXPECT_EQ(told(), 0);
    write(file, "1");
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, GoesByTheNamesThatItWasGivenLast) {
    fs::create_directory(folder / "inner");
    expect_watched({{folder, "file"}, {folder / "inner", "file"}});
    expect_watched({{folder, "other"}});
    write(file, "1");
    write(folder / "inner" / "file", "1");
    EXPECT_EQ(told(), 0);
    write(folder / "other", "1");
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, SeesAFolderGoAndWatchesWhatCameInItsPlace) {
    auto const inner = folder / "inner";
    Names const names{{folder, "inner"}, {inner, "file"}};
    fs::create_directory(inner);
    expect_watched(names);
    fs::remove(inner);
    EXPECT_EQ(told(), 1);
    auto const unwatched = watch->watch(names);
    ASSERT_EQ(unwatched.size(), 1U);
    EXPECT_EQ(unwatched[0].place, inner);
    EXPECT_EQ(unwatched[0].reason, errc::no_such_file_or_directory);
    fs::create_directory(inner);
    EXPECT_EQ(told(), 1);
    expect_watched(names);
    write(inner / "file", "1");
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, SeesAFolderMoveWithItsOwnWatchAlone) {
    auto const inner = folder / "inner";
    fs::create_directory(inner);
    expect_watched({{inner, "file"}});
    fs::rename(inner, folder / "former");
    EXPECT_EQ(told(), 1);
    fs::create_directory(inner);
    expect_watched({{inner, "file"}});
    write(folder / "former" / "file", "1");
    EXPECT_EQ(told(), 0) << "it is another one now";
    write(inner / "file", "1");
    EXPECT_EQ(told(), 1);
    fs::remove_all(inner);
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, TakesACountThatWasLostForAChange) {
    std::size_t most_events = 0;
    std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> most_events;
    ASSERT_GT(most_events, 0U);
    expect_watched({{folder, "file"}});
    auto const other = folder / "other";
    for (std::size_t events = 0; events <= most_events; events += 2) {
        fs::create_symlink("nowhere", other);
        fs::remove(other);
    }
    int changes = 0;
    while (changes == 0 && !::testing::Test::HasFailure()) {
        context.restart();
        ASSERT_GT(context.poll(), 0U) << "all was read, and nothing told";
        changes += std::exchange(listener->told, 0);
    }
    EXPECT_EQ(changes, 1);
}

TEST_F(FolderWatchTest, TellsNothingAfterItsEndAndHoldsNobodyUp) {
    expect_watched({{folder, "file"}});
    write(file, "1");
    watch->close();
    EXPECT_EQ(told(), 0);
    watch->close();
    expect_watched({{folder, "file"}});
    context.restart();
    context.run();
    EXPECT_EQ(listener->told, 0);
}

TEST_F(FolderWatchTest, EndsWithItsListener) {
    expect_watched({{folder, "file"}});
    listener.reset();
    write(file, "1");
    context.run();
}

TEST_F(FolderWatchTest, LeavesToTheParentWhatHappened) {
    expect_watched({{folder, "file"}});
    write(file, "1");
    context.notify_fork(asio::io_context::fork_prepare);
    pid_t const child = ::fork();
    if (child == 0) {
        context.notify_fork(asio::io_context::fork_child);
        context.run();
        ::_exit(listener->told);
    }
    context.notify_fork(asio::io_context::fork_parent);
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(told(), 1);
}

TEST_F(FolderWatchTest, TellsThatNothingMoreWillBeTold) {
    // Reading from it fails: nobody is there.
    false_instance = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    sockaddr_in nobody{};
    nobody.sin_family = AF_INET;
    nobody.sin_port = htons(9);
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(false_instance, reinterpret_cast<sockaddr*>(&nobody), sizeof nobody), 0);
    ASSERT_EQ(::send(false_instance, "x", 1, 0), 1);
    auto const broken = FolderWatch::make(context.get_executor()).value();
    auto const its_listener = std::make_shared<Listener>();
    broken->start(its_listener);
    watch->close();
    context.run();
    EXPECT_EQ(its_listener->ended, 1);
    EXPECT_EQ(its_listener->told, 0);
}

TEST_F(FolderWatchTest, GoesOnIfThereIsNothingToRead) {
    // Another one reads it all.
    int const shared = static_cast<int>(::syscall(SYS_inotify_init1, IN_NONBLOCK));
    std::vector<std::shared_ptr<FolderWatch>> both;
    for (int const instance : {::dup(shared), shared}) {
        false_instance = instance;
        both.push_back(FolderWatch::make(context.get_executor()).value());
        both.back()->start(listener);
    }
    EXPECT_THAT(both[0]->watch(Names{{folder, "file"}}), IsEmpty());
    for (int i = 0; i < 3; ++i) {
        write(file, "1");
        static_cast<void>(told());
        fs::remove(file);
    }
    EXPECT_EQ(listener->ended, 0);
    for (auto const& one : both) one->close();
}

TEST_F(FolderWatchTest, SaysWhatTheMachineLacks) {
    refusal_of_machine = EMFILE;
    auto const refused = FolderWatch::make(context.get_executor());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().category, ErrorCategory::connect_failed);
    EXPECT_THAT(refused.error().message, HasSubstr("fs.inotify.max_user_instances"));

    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlimit const nothing{0, limit.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &nothing), 0);
    auto const without_descriptor = FolderWatch::make(context.get_executor());
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    refusal_of_machine = 0;
    ASSERT_FALSE(without_descriptor);
    EXPECT_THAT(without_descriptor.error().message, HasSubstr("ulimit -n"));
    EXPECT_THAT(
        explain_watch(make_error_code(errc::no_space_on_device)),
        HasSubstr("fs.inotify.max_user_watches")
    );
}

}  // namespace
}  // namespace otp::platform
