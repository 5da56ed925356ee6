// Which changes of files a watched configuration sees, and what it makes of them.

#include "support/certificate_authority.hpp"
#include "unit/client/watched_config.hpp"

#include <new>
#include <sstream>
#include <stdexcept>

namespace otp::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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

}  // namespace
}  // namespace otp::test
