// Answers without an end: how they leave, and that none keeps a thread for nobody.
#include "wire/response_stream.hpp"

#include "server/http_server.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace otp::mocks::test {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

/// Says what a test tells it to, and tells the test when it is gone.
class ScriptedStream final : public ResponseStream {
public:
    ~ScriptedStream() override { gone_.set_value(); }

    std::optional<std::string> next() override {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(20), [this] { return !pieces_.empty(); });
        if (pieces_.empty()) {
            ++empty_pieces_;
            changed_.notify_all();
            return std::string();
        }
        auto piece = std::move(pieces_.front());
        pieces_.pop_front();
        if (piece == "throw") throw std::runtime_error("a stream that fails");
        return piece;
    }

    /// Nothing: the end.
    void say(std::optional<std::string> piece) {
        std::lock_guard const lock(mutex_);
        pieces_.push_back(std::move(piece));
        changed_.notify_all();
    }

    void wait_until_it_had_nothing_to_say(int times) {
        std::unique_lock lock(mutex_);
        bool const had =
            changed_.wait_for(lock, seconds(10), [&] { return empty_pieces_ >= times; });
        EXPECT_TRUE(had) << "the server does not ask any more";
    }

    [[nodiscard]] std::future<void> gone() { return gone_.get_future(); }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::optional<std::string>> pieces_;
    int empty_pieces_{0};
    std::promise<void> gone_;
};

/// A connection that sends bytes as they are.
class RawConnection {
public:
    explicit RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        // A test that waits in vain fails.
        timeval const patience{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    }
    RawConnection(RawConnection const&) = delete;
    RawConnection& operator=(RawConnection const&) = delete;
    ~RawConnection() { close(socket_); }

    void ask(std::string const& method) const {
        auto const text = method + " /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL), ssize_t(text.size()));
    }

    /// What comes up to and with `end`, or up to the connection's end.
    std::string read_to(std::string const& end) {
        std::string received;
        char letter = 0;
        while (!received.ends_with(end) && recv(socket_, &letter, 1, 0) == 1) received += letter;
        return received;
    }

private:
    int socket_;
};

class ResponseStreamTest : public testing::Test {
protected:
    MockResponse answer() {
        MockResponse response;
        response.content_type = "text/event-stream";
        response.body = "not this";
        std::lock_guard const lock(mutex_);
        response.stream = std::exchange(next_, nullptr);
        if (!response.stream) return empty_response(404);
        return response;
    }

    /// The stream that the next request gets. The test's end of it is good until the server's is
    /// gone.
    ScriptedStream& prepare() {
        auto made = std::make_shared<ScriptedStream>();
        auto& stream = *made;
        std::lock_guard const lock(mutex_);
        next_ = std::move(made);
        return stream;
    }

    static MockOptions options() {
        MockOptions made;
        made.threads = 2;
        return made;
    }

    std::mutex mutex_;
    std::shared_ptr<ScriptedStream> next_;
    std::optional<HttpServer> server_{
        std::in_place, options(), [this](MockRequest const&) { return answer(); }};
};

TEST_F(ResponseStreamTest, leaves_piece_by_piece_and_ends) {
    auto& stream = prepare();
    RawConnection connection(server_->port());
    connection.ask("GET");
    // Before there is anything to say.
    auto const header = connection.read_to("\r\n\r\n");
    EXPECT_THAT(header, HasSubstr("HTTP/1.1 200"));
    EXPECT_THAT(header, HasSubstr("Transfer-Encoding: chunked"));
    EXPECT_THAT(header, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(header, Not(HasSubstr("Content-Length")));
    // Which is not the end, and no chunk of no size, which would be one.
    stream.wait_until_it_had_nothing_to_say(2);
    for (std::string const piece : {"data: first\n\n", "data: second\n\n"}) {
        stream.say(piece);
        auto const size = piece == "data: first\n\n" ? "d" : "e";
        EXPECT_EQ(connection.read_to("\n\n\r\n"), size + ("\r\n" + piece) + "\r\n");
    }
    stream.say(std::nullopt);
    EXPECT_EQ(connection.read_to("0\r\n\r\n"), "0\r\n\r\n");
    // The connection is good for more.
    connection.ask("GET");
    EXPECT_THAT(connection.read_to("\r\n\r\n"), HasSubstr("HTTP/1.1 404"));
}

TEST_F(ResponseStreamTest, ends_when_the_client_goes_away_although_there_is_nothing_to_say) {
    auto gone = prepare().gone();
    {
        RawConnection connection(server_->port());
        connection.ask("GET");
        connection.read_to("\r\n\r\n");
        EXPECT_EQ(gone.wait_for(seconds(0)), std::future_status::timeout);
    }
    EXPECT_EQ(gone.wait_for(seconds(10)), std::future_status::ready);
}

TEST_F(ResponseStreamTest, gives_its_thread_back) {
    for (int count = 0; count < 10; ++count) {
        auto gone = prepare().gone();
        {
            RawConnection connection(server_->port());
            connection.ask("GET");
            connection.read_to("\r\n\r\n");
        }
        ASSERT_EQ(gone.wait_for(seconds(10)), std::future_status::ready) << count;
    }
}

TEST_F(ResponseStreamTest, ends_when_the_server_stops) {
    auto gone = prepare().gone();
    RawConnection connection(server_->port());
    connection.ask("GET");
    connection.read_to("\r\n\r\n");
    auto const begin = std::chrono::steady_clock::now();
    server_.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(2));
    EXPECT_EQ(gone.wait_for(seconds(0)), std::future_status::ready);
    EXPECT_EQ(connection.read_to("0\r\n\r\n"), "");
}

TEST_F(ResponseStreamTest, ends_when_the_server_stops_and_the_client_does_not_read) {
    auto& stream = prepare();
    auto gone = stream.gone();
    RawConnection connection(server_->port());
    connection.ask("GET");
    connection.read_to("\r\n\r\n");
    for (int count = 0; count < 32; ++count) stream.say(std::string(1024 * 1024, 'x'));
    auto const begin = std::chrono::steady_clock::now();
    server_.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(2));
    EXPECT_EQ(gone.wait_for(seconds(0)), std::future_status::ready);
}

TEST_F(ResponseStreamTest, breaks_off_if_it_fails) {
    auto& stream = prepare();
    auto gone = stream.gone();
    RawConnection connection(server_->port());
    connection.ask("GET");
    connection.read_to("\r\n\r\n");
    stream.say("throw");
    // No last chunk, which would make it look complete.
    EXPECT_EQ(connection.read_to("0\r\n\r\n"), "");
    EXPECT_EQ(gone.wait_for(seconds(10)), std::future_status::ready);
}

TEST_F(ResponseStreamTest, has_no_body_for_head) {
    auto gone = prepare().gone();
    RawConnection connection(server_->port());
    connection.ask("HEAD");
    EXPECT_THAT(connection.read_to("\r\n\r\n"), HasSubstr("HTTP/1.1 200"));
    EXPECT_EQ(gone.wait_for(seconds(10)), std::future_status::ready);
    connection.ask("HEAD");
    EXPECT_THAT(connection.read_to("\r\n\r\n"), HasSubstr("HTTP/1.1 404"));
}

}  // namespace
}  // namespace otp::mocks::test
