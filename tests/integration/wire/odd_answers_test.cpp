// Answers with a formal oddity, from the socket to what the application is told
// (docs/http-oddities.md). How their bytes are read is tested in tests/unit/http.

#include "support/scripted_server.hpp"

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <iomanip>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using namespace std::string_view_literals;

struct OddAnswer {
    std::string name;
    std::string bytes;
};

std::ostream& operator<<(std::ostream& out, OddAnswer const& answer) {
    return out << answer.name;
}

std::string name_of(testing::TestParamInfo<OddAnswer> const& tested) {
    return tested.param.name;
}

/// A server that gives one answer to everything, and a client of one instance that asks it.
class OddServer {
public:
    OddServer(InstanceConfig instance, std::string answer)
        : server_([answer = std::move(answer)](Peer& peer, std::size_t) {
              while (peer.read_request()) {
                  if (!peer.write(answer)) return;
              }
          }),
          client_(pool_.get_executor(), config_of(std::move(instance))) {}

    [[nodiscard]] Result<SendReceipt> send(SendOtp request) {
        return client_
            .async_send(SendTarget::instance("main"), std::move(request), asio::use_future)
            .get();
    }
    [[nodiscard]] Result<Verification> verify(VerifyOtp request) {
        return client_.async_verify(std::move(request), asio::use_future).get();
    }
    [[nodiscard]] std::size_t connections() const { return server_.connections(); }

private:
    [[nodiscard]] ClientConfig config_of(InstanceConfig instance) const {
        instance.base_url = server_.base_url();
        ClientConfig config;
        config.instances.push_back(std::move(instance));
        return config;
    }

    ScriptedServer server_;
    asio::thread_pool pool_{1};
    OtpClient client_;
};

[[nodiscard]] InstanceConfig stytch() {
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "stytch";
    instance.credentials.emplace("project_id", Secret("project-test-fake"));
    instance.credentials.emplace("secret", Secret("fake-secret"));
    return instance;
}

[[nodiscard]] InstanceConfig ten_n_pay() {
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "10npay";
    instance.environment = "test";
    instance.credentials.emplace("access_token", Secret("fake-token"));
    return instance;
}

[[nodiscard]] SendOtp send_to_person() {
    Recipient person(PhoneNumber::parse("+12025550162").value());
    person.user_ids["10npay"] = "2077";
    return SendOtp(std::move(person));
}

constexpr std::string_view sent_body =
    R"({"status_code":200,"request_id":"request-id-test-1","user_id":"user-test-1",)"
    R"("phone_id":"phone-number-test-1","user_created":false})";

[[nodiscard]] std::string length_of(std::string_view body) {
    return "Content-Length: " + std::to_string(body.size()) + "\r\n";
}

[[nodiscard]] std::string with_head(std::string_view head, std::string_view body = sent_body) {
    return std::string(head) + length_of(body) + "\r\n" + std::string(body);
}

/// A chunk whose size is written into a field of fixed width.
[[nodiscard]] std::string padded_chunk(std::string_view data) {
    std::ostringstream text;
    text << std::hex << std::left << std::setw(6) << data.size() << "\r\n" << data << "\r\n";
    return std::move(text).str();
}

[[nodiscard]] std::string in_padded_chunks(std::string_view body) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
           padded_chunk(body.substr(0, 40)) + padded_chunk(body.substr(40)) + padded_chunk("");
}

class AcceptedSend : public testing::TestWithParam<OddAnswer> {};

TEST_P(AcceptedSend, IsWhatTheVendorSaid) {
    OddServer server(stytch(), GetParam().bytes);
    for (int i = 0; i < 2; ++i) {
        auto const sent = server.send(send_to_person());
        ASSERT_TRUE(sent) << sent.error();
        EXPECT_EQ(sent->handle.reference("method_id"), "phone-number-test-1");
        EXPECT_EQ(sent->request_id, "request-id-test-1");
        ASSERT_EQ(sent->attempts.size(), 1U);
        EXPECT_EQ(sent->attempts[0].http_status, 200);
        EXPECT_EQ(sent->attempts[0].delivery, Delivery::accepted);
        EXPECT_EQ(sent->attempts[0].phase, ExchangePhase::done);
    }
    EXPECT_EQ(server.connections(), 1U) << "the answer was not read to its end";
}

INSTANTIATE_TEST_SUITE_P(
    Oddities,
    AcceptedSend,
    testing::Values(
        OddAnswer{"no_phrase", with_head("HTTP/1.1 200\r\n")},
        OddAnswer{"a_blank_for_a_phrase", with_head("HTTP/1.1 200 \r\n")},
        OddAnswer{"blanks_around_the_status", with_head("HTTP/1.1 \t200\t OK \r\n")},
        OddAnswer{
            "character_set_for_a_coding",
            with_head("HTTP/1.1 200 OK\r\nContent-Encoding: UTF-8\r\n")},
        OddAnswer{"none_for_a_coding", with_head("HTTP/1.1 200 OK\r\nContent-Encoding: none\r\n")},
        OddAnswer{"empty_coding", with_head("HTTP/1.1 200 OK\r\nContent-Encoding:\r\n")},
        OddAnswer{
            "byte_order_mark",
            with_head("HTTP/1.1 200 OK\r\n", "\xEF\xBB\xBF" + std::string(sent_body))},
        OddAnswer{"blank_before_a_colon", with_head("HTTP/1.1 200 OK\r\nX-Request-Id : a\r\n")},
        OddAnswer{"padded_chunk_sizes", in_padded_chunks(sent_body)},
        OddAnswer{
            "all_together",
            with_head(
                "HTTP/1.1 200\r\nServer : x\r\nContent-Encoding: none\r\n",
                "\xEF\xBB\xBF" + std::string(sent_body)
            )}
    ),
    name_of
);

TEST(AnswerWithoutAPhraseOrABody, IsAnAcceptedSendAndAnApprovedCheck) {
    OddServer sending(ten_n_pay(), "HTTP/1.1 204\r\n\r\n");
    auto sent = sending.send(send_to_person());
    ASSERT_TRUE(sent) << sent.error();
    EXPECT_EQ(sent->handle.reference("user_id"), "2077");
    ASSERT_EQ(sent->attempts.size(), 1U);
    EXPECT_EQ(sent->attempts[0].http_status, 204);
    EXPECT_EQ(sent->attempts[0].delivery, Delivery::accepted);

    OddServer checking(ten_n_pay(), "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n");
    auto const checked =
        checking.verify(VerifyOtp(std::move(sent->handle), OtpCode::parse("714982").value()));
    ASSERT_TRUE(checked) << checked.error();
    EXPECT_TRUE(checked->approved());
    EXPECT_EQ(checked->http_status, 200);
}

/// `{"error_type":"too_many_requests"}`.
constexpr std::string_view gzipped_refusal =
    "\037\213\010\000\000\000\000\000\002\003\253\126\112\055\052\312\057\212"
    "\057\251\054\110\125\262\122\052\311\317\217\317\115\314\253\214\057\112"
    "\055\054\115\055\056\051\126\252\005\000\237\163\227\144\042\000\000\000"sv;

class ThrottledSend : public testing::TestWithParam<OddAnswer> {};

TEST_P(ThrottledSend, WasNotSentAndSaysHowLongToWait) {
    OddServer server(stytch(), GetParam().bytes);
    auto const sent = server.send(send_to_person());
    ASSERT_TRUE(sent.has_error());
    auto const error = sent.error();
    EXPECT_EQ(error.category, ErrorCategory::rate_limited);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.http_status, 429);
    EXPECT_EQ(error.retry_after, 30s);
}

INSTANTIATE_TEST_SUITE_P(
    Oddities,
    ThrottledSend,
    testing::Values(
        OddAnswer{"no_phrase", with_head("HTTP/1.1 429\r\nRetry-After: 30\r\n", "{}")},
        OddAnswer{"no_phrase_and_no_body", with_head("HTTP/1.1 429\r\nRetry-After: 30\r\n", "")},
        OddAnswer{
            "gzipped",
            with_head(
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\n"
                "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                gzipped_refusal
            )},
        OddAnswer{
            "gzipped_page_without_a_phrase",
            with_head(
                "HTTP/1.1 429\r\nRetry-After: 30\r\nContent-Type: text/html\r\n"
                "Content-Encoding: gzip\r\n",
                gzipped_refusal
            )}
    ),
    name_of
);

}  // namespace
}  // namespace otp::test
