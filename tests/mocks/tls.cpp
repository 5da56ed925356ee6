#include "raw_client.hpp"

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace otp::mocks::test {
namespace {

namespace fs = std::filesystem;

class Tls : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "otp-mocks-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder = name;
        auto const command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
            " -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
            " -keyout " +
            key().string() + " -out " + certificate().string() + " 2>/dev/null";
        ASSERT_EQ(std::system(command.c_str()), 0);
    }
    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] fs::path certificate() const { return folder / "certificate.pem"; }
    [[nodiscard]] fs::path key() const { return folder / "key.pem"; }
    [[nodiscard]] MockOptions options() const {
        MockOptions result;
        result.tls = MockTls{certificate(), key()};
        return result;
    }

    fs::path folder;
};

TEST_F(Tls, serves_clients_that_trust_the_certificate) {
    MockVendors const mock(options());
    EXPECT_TRUE(mock.origin().starts_with("https://127.0.0.1:"));
    httplib::SSLClient client("localhost", mock.port());
    client.set_ca_cert_path(certificate().string());
    client.enable_server_certificate_verification(true);
    client.set_keep_alive(true);
    client.set_bearer_token_auth(MockCredentials().spherepay_api_key);
    for (int count = 0; count < 3; ++count) {
        auto const answer = client.Post(
            "/spherepay/v2/customer/customer_a/otp-send", R"({"type":"phone"})", "application/json"
        );
        ASSERT_TRUE(answer) << to_string(answer.error());
        EXPECT_EQ(answer->status, 200);
    }
    EXPECT_EQ(mock.messages("spherepay", "customer_a").size(), 3U);
    auto const cut = client.Post(
        "/spherepay/v2/customer/customer_error_cut/otp-send",
        R"({"type":"phone"})",
        "application/json"
    );
    EXPECT_FALSE(cut);
}

TEST_F(Tls, is_a_part_of_the_inboxs_origin) {
    MockVendors const mock(options());
    httplib::SSLClient client("localhost", mock.port());
    client.enable_server_certificate_verification(false);
    auto const status_for = [&](std::string const& scheme) {
        auto const origin = scheme + "://localhost:" + std::to_string(mock.port());
        auto const answer = client.Delete("/api/messages", {{"Origin", origin}});
        return answer ? answer->status : 0;
    };
    EXPECT_EQ(status_for("https"), 204);
    EXPECT_EQ(status_for("http"), 403);
}

TEST_F(Tls, lets_a_reader_of_events_go) {
    auto given = options();
    // So that one reads at a time.
    given.threads = 2;
    MockVendors const mock(given);
    auto const read_first_event = [&mock] {
        httplib::SSLClient client("localhost", mock.port());
        client.enable_server_certificate_verification(false);
        std::string first;
        // Refusing more, the client closes the connection.
        auto const take = [&first](char const* piece, std::size_t size) {
            first.assign(piece, size);
            return false;
        };
        static_cast<void>(client.Get("/api/events", take));
        return first;
    };
    for (int count = 0; count < 3; ++count) {
        auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        auto first = read_first_event();
        // Another one still does until the server has noticed that it has gone.
        while (!first.starts_with("event: hello") && std::chrono::steady_clock::now() < deadline) {
            first = read_first_event();
        }
        EXPECT_TRUE(first.starts_with("event: hello")) << first;
    }
}

TEST_F(Tls, is_not_trusted_without_the_certificate) {
    MockVendors const mock(options());
    httplib::SSLClient client("localhost", mock.port());
    client.enable_server_certificate_verification(true);
    EXPECT_FALSE(client.Get("/api/messages"));
    httplib::Client plain("127.0.0.1", mock.port());
    EXPECT_FALSE(plain.Get("/api/messages"));
}

TEST_F(Tls, names_its_certificate_in_the_configuration) {
    MockVendors const mock(options());
    auto const config = Answer{200, mock.example_config(), {}};
    EXPECT_EQ(config.at("/instances/eko/tls/ca_file"), "\"" + certificate().string() + "\"");
    EXPECT_EQ(config.at("/instances/eko/base_url"), "\"" + mock.base_url("eko") + "\"");
}

TEST_F(Tls, refuses_files_that_it_cannot_use) {
    auto wrong = options();
    wrong.tls->key = folder / "missing.pem";
    EXPECT_THROW(MockVendors{wrong}, std::runtime_error);
    std::ofstream(folder / "empty.pem").flush();
    wrong = options();
    wrong.tls->certificate = folder / "empty.pem";
    EXPECT_THROW(MockVendors{wrong}, std::runtime_error);
}

}  // namespace
}  // namespace otp::mocks::test
