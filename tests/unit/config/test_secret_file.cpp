// Where a secret's file may lie, and who else may read it.
#include "config/secret_file.hpp"
#include "config_fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace otp::test {
namespace {

using config::FileRights;
using config::SecretFileFacts;
using config::SecretFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto regular = static_cast<mode_t>(S_IFREG);
constexpr auto directory = static_cast<mode_t>(S_IFDIR);
constexpr FileRights roots_folder{0, 0, directory | 0755};
constexpr uid_t application = 1000;

// As on a machine where /var/run leads to /run, and one folder is configured.
std::vector<SecretFolder> const known_folders{
    {"/run/secrets", false}, {"/run/credentials", false}, {"/etc/otp/secrets", true}};

SecretFileFacts facts(FileRights file, std::string const& path) {
    return {file, path, std::vector<FileRights>(3, roots_folder), application};
}

bool allowed(SecretFileFacts const& facts) {
    return !judge_secret_file(facts, known_folders).mistake;
}

struct FileRule {
    uid_t owner;
    gid_t group;
    mode_t mode;
    char const* path;
    bool allowed;
};

TEST(SecretFileRule, is_the_one_that_the_header_documents) {
    for (auto const& rule : std::initializer_list<FileRule>{
             {1000, 100, 0600, "/home/me/secret", true},
             {1000, 100, 0400, "/home/me/secret", true},
             {0, 100, 0600, "/etc/secret", true},
             {1000, 1000, 0640, "/home/me/secret", false},
             {1000, 1000, 0604, "/home/me/secret", false},
             {1000, 1000, 0660, "/home/me/secret", false},
             {0, 100, 0640, "/etc/secret", true},
             {0, 100, 0440, "/etc/secret", true},
             {0, 0, 0660, "/etc/secret", false},
             {0, 0, 0650, "/etc/secret", false},
             {0, 0, 0644, "/etc/secret", false},
             {0, 0, 0444, "/etc/secret", false},
             // Docker, Podman and systemd.
             {0, 0, 0444, "/run/secrets/stytch", true},
             {0, 0, 0440, "/run/credentials/app.service/stytch", true},
             // Docker Compose, which mounts the file as it is on the machine, and so with the
             // private group that Debian and Fedora give everybody.
             {1000, 1000, 0644, "/run/secrets/stytch", true},
             {1000, 1000, 0664, "/run/secrets/stytch", true},
             {1000, 100, 0444, "/run/secrets/stytch", true},
             {501, 20, 0644, "/run/secrets/stytch", true},
             // Kubernetes, and its service accounts.
             {0, 0, 0644, "/run/secrets/app/..2026_03_01/stytch", true},
             {0, 2000, 0640, "/run/secrets/app/..2026_03_01/stytch", true},
             {0, 0, 0644, "/etc/otp/secrets/..2026_03_01/stytch", true},
             {1000, 1000, 0666, "/run/secrets/stytch", false},
             {1000, 100, 0664, "/run/secrets/stytch", false},
             {0, 100, 0664, "/run/secrets/stytch", false},
             {0, 0, 0646, "/etc/otp/secrets/stytch", false},
             {1000, 1000, 0644, "/run/secrets", false},
             {1000, 1000, 0644, "/run/secretsx/stytch", false},
             {1000, 1000, 0644, "/home/run/secrets/stytch", false},
             {1000, 1000, 0644, "/tmp/x", false},
             {1000, 1000, 0644, "/etc/otp/other/stytch", false},
             {0, 0, 0444, "", false}}) {
        EXPECT_EQ(
            allowed(facts({rule.owner, rule.group, regular | rule.mode}, rule.path)), rule.allowed
        ) << rule.owner
          << ' ' << rule.group << ' ' << std::oct << rule.mode << ' ' << rule.path;
    }
}

struct FolderRule {
    FileRights file;
    std::vector<FileRights> folders;
    bool allowed;
};

TEST(SecretFileRule, looks_at_the_folders_too) {
    FileRights const file{1000, 1000, regular | 0644};
    FileRights const roots_file{0, 0, regular | 0644};
    FileRights const open{0, 0, directory | 0777};
    FileRights const sticky{0, 0, directory | 01777};
    FileRights const of_a_group{0, 100, directory | 0775};
    FileRights const of_roots_group{1000, 0, directory | 0775};
    FileRights const private_group{1000, 1000, directory | 0775};
    FileRights const strangers{1234, 1234, directory | 0755};
    for (auto const& rule : std::vector<FolderRule>{
             {file, {roots_folder, roots_folder, roots_folder}, true},
             {file, {open, roots_folder, roots_folder}, false},
             {file, {roots_folder, open, roots_folder}, false},
             {file, {roots_folder, roots_folder, open}, false},
             {file, {of_a_group, roots_folder, roots_folder}, false},
             {file, {of_roots_group, private_group, roots_folder}, true},
             // Kubernetes mounts a sticky folder that everybody may write, with the files in a
             // folder of root's.
             {roots_file, {roots_folder, sticky, roots_folder}, true},
             {roots_file, {sticky, roots_folder, roots_folder}, true},
             // The application's own file, and one that anybody may have put there.
             {file, {sticky, roots_folder, roots_folder}, true},
             {{1234, 1234, regular | 0644}, {sticky, roots_folder, roots_folder}, false},
             {{1234, 1234, regular | 0644}, {{1234, 1, directory | 01777}, roots_folder}, true},
             {roots_file, {strangers, sticky, roots_folder}, false}}) {
        auto const facts =
            SecretFileFacts{rule.file, "/run/secrets/a/key", rule.folders, application};
        EXPECT_EQ(allowed(facts), rule.allowed);
    }
}

TEST(SecretFileRule, tells_the_mode_and_the_remedy) {
    auto const text = [](SecretFileFacts const& facts) {
        auto const verdict = judge_secret_file(facts, known_folders);
        return verdict.mistake ? verdict.mistake->text : "allowed";
    };
    EXPECT_EQ(
        text(facts({1000, 1000, regular | 0664}, "/home/me/secret")),
        "others can access the file (mode 0664): use 0600, or 0640 if root owns it; or keep it "
        "below /run/secrets, /var/run/secrets or /run/credentials, or below a folder that "
        "\"secret_folders\" names"
    );
    EXPECT_EQ(
        text(facts({1000, 100, regular | 0666}, "/run/secrets/key")),
        "others can write the file (mode 0666): use 0644"
    );
    auto open_folder = facts({1000, 100, regular | 0644}, "/run/secrets/key");
    open_folder.folders[1].mode = directory | 0777;
    EXPECT_EQ(
        text(open_folder),
        "others can write the folder \"/run\" (mode 0777), and so exchange the file: use 0755"
    );
}

TEST(SecretFileRule, warns_where_the_configuration_alone_allows_it) {
    auto const warning = [](mode_t mode, std::string const& path) {
        return judge_secret_file(facts({1000, 1000, regular | mode}, path), known_folders).warning;
    };
    EXPECT_EQ(
        warning(0644, "/etc/otp/secrets/key"),
        "can be read by everybody on this machine (mode 0644), as \"secret_folders\" allows"
    );
    EXPECT_FALSE(warning(0640, "/etc/otp/secrets/key"));
    EXPECT_FALSE(warning(0600, "/etc/otp/secrets/key"));
    EXPECT_FALSE(warning(0666, "/etc/otp/secrets/key"));
    EXPECT_FALSE(warning(0644, "/run/secrets/key"));
}

// The files of a configuration, as they lie on a disk.
class SecretFiles : public testing::Test {
protected:
    SecretFiles() {
        std::filesystem::create_directory(fixture_.folder.path() / "mount");
        std::filesystem::create_directory(fixture_.folder.path() / "elsewhere");
        fixture_.folder.write("mount/key", "key-mounted\n", 0644);
        fixture_.folder.write("elsewhere/key", "key-elsewhere\n", 0644);
    }

    std::string text(std::string const& file, std::string const& secret_folders) const {
        return R"({ "version": 1, "secret_folders": )" + secret_folders +
               R"(, "instances": { "a": { "vendor": "acme",
                    "credentials": { "api_key": "${file:)" +
               file + R"(}" } } } })";
    }
    std::string key(std::string const& file, std::string const& secret_folders) const {
        auto const config = fixture_.parse(text(file, secret_folders));
        return config ? std::string(config->instances[0].credentials.at("api_key").reveal())
                      : config.error().violations.front().message;
    }
    void link(std::string const& target, std::string const& name) const {
        std::filesystem::create_symlink(target, fixture_.folder.path() / name);
    }

    ConfigFixture fixture_;
};

TEST_F(SecretFiles, that_others_can_read_are_taken_below_a_configured_folder_only) {
    EXPECT_EQ(key("mount/key", R"(["mount"])"), "key-mounted");
    EXPECT_EQ(key("mount/key", R"(["elsewhere", "mount"])"), "key-mounted");
    EXPECT_EQ(key("mount/key", R"(["mount/"])"), "key-mounted");
    EXPECT_EQ(key("mount/key", R"(["./elsewhere/../mount"])"), "key-mounted");
    EXPECT_EQ(
        key("mount/key", "[\"" + (fixture_.folder.path() / "mount").string() + "\"]"), "key-mounted"
    );
    EXPECT_THAT(key("mount/key", "[]"), HasSubstr("others can access the file (mode 0644)"));
    EXPECT_THAT(key("mount/key", R"(["elsewhere"])"), HasSubstr("others can access the file"));
}

TEST_F(SecretFiles, are_where_links_and_dots_lead_to) {
    EXPECT_THAT(key("mount/../elsewhere/key", R"(["mount"])"), HasSubstr("others can access"));
    link("../elsewhere/key", "mount/link");
    EXPECT_THAT(key("mount/link", R"(["mount"])"), HasSubstr("others can access"));
    link("mount", "alias");
    EXPECT_EQ(key("mount/key", R"(["alias"])"), "key-mounted");
    EXPECT_EQ(key("alias/key", R"(["mount"])"), "key-mounted");
    EXPECT_EQ(key("alias/key", R"(["alias"])"), "key-mounted");
}

TEST_F(SecretFiles, as_kubernetes_mounts_them_are_taken) {
    auto const mount = fixture_.folder.path() / "mount";
    std::filesystem::create_directory(mount / "..2026_11_26");
    fixture_.folder.write("mount/..2026_11_26/stytch", "key-of-kubernetes", 0644);
    link("..2026_11_26", "mount/..data");
    link("..data/stytch", "mount/stytch");
    ASSERT_EQ(::chmod(mount.c_str(), 01777), 0);
    EXPECT_EQ(key("mount/stytch", R"(["mount"])"), "key-of-kubernetes");
    ASSERT_EQ(::chmod(mount.c_str(), 0777), 0);
    EXPECT_THAT(key("mount/stytch", R"(["mount"])"), HasSubstr("others can write the folder"));
}

TEST_F(SecretFiles, that_others_can_write_are_taken_nowhere) {
    fixture_.folder.write("mount/open", "key-open", 0646);
    EXPECT_THAT(key("mount/open", R"(["mount"])"), HasSubstr("others can write the file"));
}

TEST_F(SecretFiles, that_everybody_can_read_are_warned_of) {
    auto const config = fixture_.parse(text("mount/key", R"(["mount"])"));
    ASSERT_TRUE(config) << config.error();
    ASSERT_EQ(config->warnings.size(), 1U);
    EXPECT_EQ(config->warnings[0].pointer, "/instances/a/credentials/api_key");
    EXPECT_EQ(
        config->warnings[0].message,
        "\"" + (fixture_.folder.path() / "mount/key").string() +
            "\" can be read by everybody on this machine (mode 0644), as \"secret_folders\" allows"
    );
    EXPECT_FALSE(config->warnings[0].prevents_sending);
    auto const closed = fixture_.parse(text("secret", R"(["mount"])"));
    ASSERT_TRUE(closed);
    EXPECT_THAT(closed->warnings, IsEmpty());
}

TEST_F(SecretFiles, need_folders_that_are_there) {
    auto const folder = fixture_.folder.path().string();
    EXPECT_THAT(
        fixture_.mistakes(text("secret", R"(["missing", "secret", "/", "", 1, "${env:X}"])")),
        ElementsAre(
            "/secret_folders/0: cannot read \"" + folder + "/missing\": No such file or directory",
            "/secret_folders/1: \"" + folder + "/secret\" is not a folder",
            "/secret_folders/2: must be a folder for secrets, not \"/\"",
            "/secret_folders/3: is empty",
            "/secret_folders/4: must be a string, is a number",
            "/secret_folders/5: is no place for a reference: ${…} is read in credentials and proxy "
            "passwords"
        )
    );
    EXPECT_THAT(
        fixture_.mistakes(text("secret", R"("mount")")),
        ElementsAre("/secret_folders: must be an array of folders, is a string")
    );
}

TEST_F(SecretFiles, and_their_folders_are_not_looked_at_where_that_is_off) {
    fixture_.allow_files = false;
    EXPECT_THAT(
        fixture_.mistakes(text("secret", R"(["missing"])")),
        ElementsAre("/instances/a/credentials/api_key: ${file:…} is not allowed here")
    );
}

// On whatever machine this runs: what is mounted there is found under its real name.
TEST(MountedSecretFolders, are_those_of_this_machine) {
    for (auto const& folder : config::mounted_secret_folders()) {
        EXPECT_FALSE(folder.configured);
        EXPECT_EQ(std::filesystem::canonical(folder.real_path), folder.real_path);
        EXPECT_TRUE(std::filesystem::is_directory(folder.real_path));
    }
    auto const folders = config::mounted_secret_folders();
    EXPECT_EQ(
        std::any_of(
            folders.begin(),
            folders.end(),
            [](auto const& folder) { return folder.real_path == "/run/secrets"; }
        ),
        std::filesystem::canonical("/run") == "/run" &&
            std::filesystem::is_directory("/run/secrets") &&
            !std::filesystem::is_symlink("/run/secrets")
    );
}

}  // namespace
}  // namespace otp::test
