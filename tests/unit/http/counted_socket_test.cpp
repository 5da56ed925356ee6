#include "http/socket/counted_socket.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace otp::http {
namespace {

/// Two ends of a local connection that do not block.
class Pair {
public:
    Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()), 0); }
    ~Pair() {
        ::close(ends_[0]);
        close_peer();
    }
    Pair(Pair const&) = delete;
    Pair& operator=(Pair const&) = delete;

    [[nodiscard]] int own() const { return ends_[0]; }
    void peer_sends(std::string_view text) const {
        EXPECT_EQ(::send(ends_[1], text.data(), text.size(), 0), std::ssize(text));
    }
    void close_peer() {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }

private:
    std::array<int, 2> ends_{-1, -1};
};

TEST(CountedSocket, IsSilentUntilAnythingComes) {
    Pair pair;
    CountedSocket const socket(pair.own());
    EXPECT_TRUE(socket.is_silent());
    pair.peer_sends("x");
    EXPECT_FALSE(socket.is_silent());
    EXPECT_FALSE(socket.is_silent()) << "looking takes nothing";

    Pair closed;
    closed.close_peer();
    EXPECT_FALSE(CountedSocket(closed.own()).is_silent());
}

TEST(CountedSocket, ReadsWithoutBlocking) {
    Pair pair;
    CountedSocket socket(pair.own());
    std::array<char, 8> bytes{};
    EXPECT_EQ(socket.read(bytes).status, IoStatus::want_read);
    pair.peer_sends("text");
    auto const got = socket.read(bytes);
    EXPECT_EQ(got.status, IoStatus::done);
    EXPECT_EQ(std::string_view(bytes.data(), got.size), "text");
    pair.close_peer();
    EXPECT_EQ(socket.read(bytes).status, IoStatus::end_of_stream);
    EXPECT_FALSE(socket.failure());
}

TEST(CountedSocket, CountsWhatTheKernelTook) {
    Pair pair;
    CountedSocket socket(pair.own());
    std::string_view const text = "request";
    EXPECT_EQ(socket.write(text).size, text.size());
    EXPECT_EQ(socket.bytes_taken(), text.size());
    pair.close_peer();
    EXPECT_EQ(socket.write(text).status, IoStatus::failed);
    EXPECT_EQ(socket.bytes_taken(), text.size());
    EXPECT_TRUE(socket.failure());
}

}  // namespace
}  // namespace otp::http
