#include "raw_client.hpp"

#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace otp::mocks::test {
namespace {

/// Sends bytes as they are and returns what comes back until the server closes.
std::string exchange(std::uint16_t port, std::string const& bytes) {
    int const socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string received;
    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
        EXPECT_EQ(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL), ssize_t(bytes.size()));
        std::array<char, 4096> buffer{};
        for (ssize_t count = 1; count > 0;) {
            count = recv(socket, buffer.data(), buffer.size(), 0);
            if (count > 0) received.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }
    close(socket);
    return received;
}

TEST(MockServer, tells_where_it_is) {
    MockVendors const mock;
    EXPECT_NE(mock.port(), 0);
    EXPECT_EQ(mock.origin(), "http://127.0.0.1:" + std::to_string(mock.port()));
    EXPECT_EQ(mock.base_url("eko"), mock.origin() + "/eko");
}

TEST(MockServer, leaves_its_port_to_no_program_that_is_started_meanwhile) {
    MockVendors const mock;
    int listening = 0;
    for (auto const& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        int const descriptor = std::stoi(entry.path().filename().string());
        int is_listening = 0;
        socklen_t size = sizeof(is_listening);
        getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size);
        if (is_listening == 0) continue;
        ++listening;
        EXPECT_EQ(fcntl(descriptor, F_GETFD), FD_CLOEXEC);
    }
    EXPECT_EQ(listening, 1);
}

TEST(MockServer, takes_a_given_port_that_is_free) {
    MockOptions options;
    {
        MockVendors const first;
        options.port = first.port();
        EXPECT_THROW(MockVendors{options}, std::runtime_error);
    }
    MockVendors const second(options);
    EXPECT_EQ(second.port(), options.port);
}

TEST(MockServer, stops_at_once_in_spite_of_idle_and_held_connections) {
    std::optional<MockVendors> mock(std::in_place);
    httplib::Client idle("127.0.0.1", mock->port());
    idle.set_keep_alive(true);
    ASSERT_EQ(idle.Get("/api/messages")->status, 200);
    auto held = std::async(std::launch::async, [port = mock->port()] {
        httplib::Client client("127.0.0.1", port);
        client.set_bearer_token_auth(MockCredentials().loyaltydog_token);
        return bool(client.Post(
            "/loyaltydog/v2/giftcards/customers/otp/send",
            R"({"target":"slow@error.example.com"})",
            "application/json"
        ));
    });
    ASSERT_TRUE(mock->wait_until_held(1));
    auto const begin = std::chrono::steady_clock::now();
    mock.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    held.get();
}

TEST(MockServer, keeps_a_connection_for_many_requests) {
    MockVendors const mock;
    std::string const request = "GET /api/messages HTTP/1.1\r\nHost: localhost\r\n\r\n";
    std::string requests;
    for (int count = 0; count < 20; ++count) requests += request;
    requests += "GET /api/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    auto const received = exchange(mock.port(), requests);
    std::size_t responses = 0;
    for (auto at = received.find("HTTP/1.1 200"); at != std::string::npos;
         at = received.find("HTTP/1.1 200", at + 1)) {
        ++responses;
    }
    EXPECT_EQ(responses, 21U);
    EXPECT_NE(received.find("Keep-Alive: timeout=60"), std::string::npos);
}

TEST(MockServer, wants_a_length_of_a_body) {
    MockVendors const mock;
    auto const received =
        exchange(mock.port(), "POST /stytch/v1/otps/sms/send HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(received.starts_with("HTTP/1.1 411")) << received;
}

TEST(MockServer, takes_a_body_in_chunks) {
    MockVendors const mock;
    auto const token = MockCredentials().loyaltydog_token;
    auto const received = exchange(
        mock.port(),
        "POST /loyaltydog/v2/giftcards/customers/otp/send HTTP/1.1\r\nHost: a\r\n"
        "Authorization: Bearer " +
            token +
            "\r\nContent-Type: application/json\r\n"
            "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            "a\r\n{\"target\":\r\n"
            "13\r\n\"user@example.com\"}\n\r\n0\r\n\r\n"
    );
    EXPECT_TRUE(received.starts_with("HTTP/1.1 200")) << received;
    EXPECT_EQ(mock.messages("loyaltydog", "user@example.com").size(), 1U);
}

TEST(MockServer, refuses_two_fields_of_authorization) {
    MockVendors const mock;
    auto const field = "Authorization: Bearer " + MockCredentials().spherepay_api_key + "\r\n";
    auto const received = exchange(
        mock.port(),
        "POST /spherepay/v2/customer/customer_a/otp-send HTTP/1.1\r\nHost: a\r\n" + field + field +
            "Content-Type: application/json\r\nConnection: close\r\nContent-Length: 16\r\n\r\n"
            "{\"type\":\"phone\"}"
    );
    EXPECT_TRUE(received.starts_with("HTTP/1.1 403")) << received;
}

TEST(MockServer, serves_many_at_once) {
    Bench bench;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&bench, thread] {
            httplib::Client client("127.0.0.1", bench.mock.port());
            client.set_keep_alive(true);
            client.set_tcp_nodelay(true);
            client.set_bearer_token_auth(bench.credentials.spherepay_api_key);
            for (int count = 0; count < 25; ++count) {
                auto const path =
                    "/spherepay/v2/customer/customer_" + std::to_string(thread) + "/otp-send";
                auto const answer = client.Post(path, R"({"type":"phone"})", "application/json");
                EXPECT_TRUE(answer && answer->status == 200);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(bench.mock.messages("spherepay").size(), 200U);
    EXPECT_EQ(bench.mock.messages("spherepay", "customer_3").size(), 25U);
}

TEST(MockServer, gives_the_same_codes_for_the_same_seed) {
    auto const codes = [](std::uint32_t seed) {
        MockOptions options;
        options.seed = seed;
        MockVendors const mock(options);
        httplib::Client client("127.0.0.1", mock.port());
        client.set_bearer_token_auth(MockCredentials().spherepay_api_key);
        for (int count = 0; count < 3; ++count) {
            client.Post(
                "/spherepay/v2/customer/customer_a/otp-send",
                R"({"type":"phone"})",
                "application/json"
            );
        }
        std::vector<std::string> all;
        for (auto const& message : mock.messages()) all.push_back(message.code);
        EXPECT_EQ(all.size(), 3U);
        return all;
    };
    EXPECT_EQ(codes(1), codes(1));
    EXPECT_NE(codes(1), codes(2));
}

TEST(MockServer, gives_the_same_ids_for_the_same_seed) {
    auto const answers = [](std::uint32_t seed) {
        MockOptions options;
        options.seed = seed;
        MockVendors const mock(options);
        httplib::Client client("127.0.0.1", mock.port());
        MockCredentials const all;
        client.set_basic_auth(all.stytch_project_id, all.stytch_secret);
        std::string text;
        for (char const* number : {"+12025550162", "+12025550163"}) {
            text += client
                        .Post(
                            "/stytch/v1/otps/sms/login_or_create",
                            "{\"phone_number\":\"" + std::string(number) + "\"}",
                            "application/json"
                        )
                        ->body;
        }
        return text;
    };
    EXPECT_EQ(answers(1), answers(1));
    EXPECT_NE(answers(1), answers(2));
}

}  // namespace
}  // namespace otp::mocks::test
