#include "raw_client.hpp"
#include "support/temporary_directory.hpp"

#include <otp/mocks/self_signed.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace otp::mocks::test {
namespace {

namespace fs = std::filesystem;
using otp::test::TemporaryDirectory;
using testing::HasSubstr;

std::string text_of(fs::path const& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return std::move(text).str();
}

/// Whether a client that trusts the authority takes the server under this name.
bool is_trusted(MockVendors const& mock, MockTls const& tls, std::string const& name) {
    httplib::SSLClient client(name, mock.port());
    client.set_ca_cert_path(tls.authority.string());
    client.enable_server_certificate_verification(true);
    auto const answer = client.Get("/api/health");
    return answer && answer->status == 200;
}

class SelfSignedFolder : public testing::Test {
protected:
    [[nodiscard]] fs::path folder() const { return directory.path() / "made" / "here"; }
    [[nodiscard]] fs::path file(char const* name) const { return folder() / name; }

    [[nodiscard]] std::string refusal(std::string const& host = {}) const {
        try {
            static_cast<void>(self_signed(folder(), host));
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        return "nothing was refused";
    }

    void openssl(std::string const& arguments) const {
        auto const command =
            "cd '" + folder().string() + "' && openssl " + arguments + " 2>/dev/null";
        ASSERT_EQ(std::system(command.c_str()), 0) << arguments;
    }

    /// An authority and a certificate from the openssl program in place of ours.
    void make_with_openssl(std::string const& names, std::string const& days) const {
        fs::create_directories(folder());
        std::string const key = " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes ";
        openssl("req -x509" + key + "-days 2 -subj /CN=CA -keyout ca.key -out authority.pem");
        openssl("req -new" + key + "-subj /CN=server -keyout key.pem -out request.pem");
        std::ofstream(file("extensions")) << "subjectAltName=" << names << '\n';
        openssl(
            "x509 -req -in request.pem -CA authority.pem -CAkey ca.key -CAcreateserial -days " +
            days + " -extfile extensions -out certificate.pem"
        );
    }

    TemporaryDirectory directory;
};

constexpr char all_names[] = "DNS:localhost,IP:127.0.0.1,IP:::1";

TEST_F(SelfSignedFolder, gets_a_certificate_that_clients_of_the_authority_take) {
    auto const made = self_signed(folder());
    EXPECT_FALSE(made.reused);
    MockOptions options;
    options.tls = made.tls;
    MockVendors const mock(options);
    EXPECT_TRUE(is_trusted(mock, made.tls, "localhost"));
    EXPECT_TRUE(is_trusted(mock, made.tls, "127.0.0.1"));
    auto const config = Answer{200, mock.example_config(), {}};
    EXPECT_EQ(
        config.at("/instances/eko/tls/ca_file"), "\"" + file("authority.pem").string() + "\""
    );
}

TEST_F(SelfSignedFolder, is_for_the_three_names_of_loopback_and_for_no_other) {
    auto const made = self_signed(folder());
    auto const check = [&](std::string const& names) {
        auto const command = "openssl verify -CAfile '" + made.tls.authority.string() +
                             "' -purpose sslserver -x509_strict " + names + " '" +
                             made.tls.certificate.string() + "' >/dev/null 2>&1";
        return std::system(command.c_str()) == 0;
    };
    EXPECT_TRUE(check("-verify_hostname localhost"));
    EXPECT_TRUE(check("-verify_ip 127.0.0.1"));
    EXPECT_TRUE(check("-verify_ip ::1"));
    EXPECT_FALSE(check("-verify_hostname example.com"));
    EXPECT_FALSE(check("-verify_ip 127.0.0.2"));
    EXPECT_FALSE(check("-purpose sslclient"));
}

TEST_F(SelfSignedFolder, keeps_the_key_to_its_owner_and_the_authority_without_one) {
    static_cast<void>(self_signed(folder()));
    EXPECT_EQ(fs::status(file("key.pem")).permissions(), fs::perms(0600));
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(folder())) {
        names.push_back(entry.path().filename().string());
        bool const holds_key = text_of(entry.path()).find("PRIVATE KEY") != std::string::npos;
        EXPECT_EQ(holds_key, names.back() == "key.pem") << names.back();
    }
    EXPECT_THAT(
        names, testing::UnorderedElementsAre("authority.pem", "certificate.pem", "key.pem")
    );
}

TEST_F(SelfSignedFolder, is_used_again_as_long_as_it_is_good) {
    auto const first = self_signed(folder());
    auto const certificate = text_of(first.tls.certificate);
    auto const second = self_signed(folder());
    EXPECT_TRUE(second.reused);
    EXPECT_EQ(second.tls.certificate, first.tls.certificate);
    EXPECT_EQ(text_of(second.tls.certificate), certificate);
    // What somebody else has made is as good.
    fs::remove_all(folder());
    make_with_openssl(all_names, "2");
    fs::permissions(file("key.pem"), fs::perms(0600));
    EXPECT_TRUE(self_signed(folder()).reused);
}

TEST_F(SelfSignedFolder, is_never_overwritten) {
    static_cast<void>(self_signed(folder()));
    auto const key = text_of(file("key.pem"));
    fs::remove(file("authority.pem"));
    EXPECT_THAT(refusal(), HasSubstr("authority.pem holds no certificate; nothing is overwritten"));
    std::ofstream(file("authority.pem")) << "not a certificate\n";
    EXPECT_THAT(refusal(), HasSubstr("authority.pem holds no certificate"));
    EXPECT_EQ(text_of(file("authority.pem")), "not a certificate\n");
    EXPECT_EQ(text_of(file("key.pem")), key);
}

TEST_F(SelfSignedFolder, with_an_expired_certificate_is_refused) {
    make_with_openssl(all_names, "-1");
    EXPECT_THAT(refusal(), HasSubstr("certificate.pem: certificate has expired"));
}

TEST_F(SelfSignedFolder, with_files_that_do_not_belong_together_is_refused) {
    static_cast<void>(self_signed(folder()));
    static_cast<void>(self_signed(directory.path() / "other"));
    auto const swap = [&](char const* name) {
        auto const theirs = directory.path() / "other" / name;
        fs::rename(file(name), directory.path() / "aside");
        fs::copy_file(theirs, file(name));
        fs::permissions(file(name), fs::perms(0600));
        auto const reason = refusal();
        fs::remove(file(name));
        fs::rename(directory.path() / "aside", file(name));
        return reason;
    };
    EXPECT_THAT(swap("key.pem"), HasSubstr("key.pem is not the key of"));
    EXPECT_THAT(swap("certificate.pem"), HasSubstr("key.pem is not the key of"));
    EXPECT_THAT(swap("authority.pem"), HasSubstr("certificate.pem: unable to get local issuer"));
    EXPECT_EQ(refusal(), "nothing was refused");
}

TEST_F(SelfSignedFolder, with_a_certificate_for_other_names_is_refused) {
    make_with_openssl("DNS:localhost,IP:127.0.0.1", "2");
    fs::permissions(file("key.pem"), fs::perms(0600));
    EXPECT_THAT(refusal(), HasSubstr("certificate.pem is not for ::1"));
}

TEST_F(SelfSignedFolder, covers_the_host_that_is_listened_on) {
    EXPECT_FALSE(self_signed(folder(), "192.0.2.7").reused);
    EXPECT_TRUE(self_signed(folder(), "192.0.2.7").reused);
    EXPECT_TRUE(self_signed(folder()).reused);
    EXPECT_TRUE(self_signed(folder(), "0.0.0.0").reused);
    EXPECT_THAT(refusal("mock.example.com"), HasSubstr("is not for mock.example.com"));
}

TEST_F(SelfSignedFolder, with_a_key_that_others_may_read_is_refused) {
    static_cast<void>(self_signed(folder()));
    fs::permissions(file("key.pem"), fs::perms(0640));
    EXPECT_THAT(refusal(), HasSubstr("key.pem: chmod 600 it"));
    EXPECT_EQ(fs::status(file("key.pem")).permissions(), fs::perms(0640));
}

TEST_F(SelfSignedFolder, that_cannot_be_made_is_named) {
    fs::create_directories(folder().parent_path());
    std::ofstream(folder()) << "a file\n";
    EXPECT_THAT(refusal(), HasSubstr(folder().string() + " cannot be made: Not a directory"));
}

TEST_F(SelfSignedFolder, may_be_made_by_several_at_once) {
    std::vector<std::thread> threads;
    for (int count = 0; count < 8; ++count) {
        threads.emplace_back([&] { EXPECT_NO_THROW(static_cast<void>(self_signed(folder()))); });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_TRUE(self_signed(folder()).reused);
}

}  // namespace
}  // namespace otp::mocks::test
