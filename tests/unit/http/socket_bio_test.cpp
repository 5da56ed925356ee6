#include "http/tls/socket_bio.hpp"

#include "unit/http/scripted_socket.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace otp::http {
namespace {

struct BioDeleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
};

/// A BIO on a scripted socket of its own.
class Endpoint {
public:
    ScriptedSocket script{};
    CountedSocket socket{script.descriptor()};
    std::unique_ptr<BIO, BioDeleter> bio{make_socket_bio(socket)};

    /// What `BIO_read_ex` answered; its size and its errno are kept.
    int read() {
        moved = 77;
        errno = 0;
        int const answer = BIO_read_ex(bio.get(), buffer_.data(), buffer_.size(), &moved);
        error = errno;
        return answer;
    }
    int write(std::string_view text) {
        moved = 77;
        errno = 0;
        int const answer = BIO_write_ex(bio.get(), text.data(), text.size(), &moved);
        error = errno;
        return answer;
    }
    [[nodiscard]] std::string_view got() const { return {buffer_.data(), moved}; }

    std::size_t moved{0};
    int error{0};

private:
    std::array<char, 8> buffer_{};
};

TEST(SocketBio, ReadsWhatComes) {
    Endpoint end;
    end.script.next_receives("hello, ");
    end.script.next_receives("world");
    EXPECT_EQ(end.read(), 1);
    EXPECT_EQ(end.got(), "hello, ");
    EXPECT_EQ(end.read(), 1);
    EXPECT_EQ(end.got(), "world");
    EXPECT_EQ(BIO_should_retry(end.bio.get()), 0);
}

TEST(SocketBio, ReadsNoMoreThanThereIsRoomFor) {
    Endpoint end;
    end.script.next_receives("0123456789");
    EXPECT_EQ(end.read(), 1);
    EXPECT_EQ(end.got(), "01234567");
    EXPECT_EQ(end.read(), 1);
    EXPECT_EQ(end.got(), "89");
}

TEST(SocketBio, WritesAsMuchAsTheKernelTakesAndCountsIt) {
    Endpoint end;
    end.script.next_sends(3);
    end.script.next_sends(100);
    EXPECT_EQ(end.write("request"), 1);
    EXPECT_EQ(end.moved, 3U);
    EXPECT_EQ(end.write("uest"), 1);
    EXPECT_EQ(end.moved, 4U);
    EXPECT_EQ(end.script.sent(), "request");
    EXPECT_EQ(end.socket.bytes_taken(), 7U);
}

TEST(SocketBio, RaisesNoSignal) {
    Endpoint end;
    end.script.next_sends(100);
    EXPECT_EQ(end.write("x"), 1);
    EXPECT_EQ(end.script.flags(), MSG_NOSIGNAL);
}

TEST(SocketBio, SaysThatAReadIsToBeTriedAgain) {
    Endpoint end;
    EXPECT_EQ(end.read(), 0);
    EXPECT_EQ(end.moved, 0U);
    EXPECT_NE(BIO_should_retry(end.bio.get()), 0);
    EXPECT_NE(BIO_should_read(end.bio.get()), 0);
    EXPECT_EQ(BIO_should_write(end.bio.get()), 0);
}

TEST(SocketBio, SaysThatAWriteIsToBeTriedAgain) {
    Endpoint end;
    EXPECT_EQ(end.write("x"), 0);
    EXPECT_EQ(end.moved, 0U);
    EXPECT_NE(BIO_should_retry(end.bio.get()), 0);
    EXPECT_NE(BIO_should_write(end.bio.get()), 0);
    EXPECT_EQ(BIO_should_read(end.bio.get()), 0);
}

TEST(SocketBio, WhatSucceedsIsNotToBeTriedAgain) {
    Endpoint end;
    EXPECT_EQ(end.read(), 0);
    end.script.next_receives("x");
    EXPECT_EQ(end.read(), 1);
    EXPECT_EQ(BIO_should_retry(end.bio.get()), 0);
    EXPECT_EQ(BIO_should_read(end.bio.get()), 0);
}

TEST(SocketBio, TellsTheEndOfTheStream) {
    Endpoint end;
    EXPECT_EQ(BIO_eof(end.bio.get()), 0);
    EXPECT_EQ(end.read(), 0);
    EXPECT_EQ(BIO_eof(end.bio.get()), 0) << "nothing has come yet";
    end.script.next_ends();
    EXPECT_EQ(end.read(), 0);
    EXPECT_EQ(end.moved, 0U);
    EXPECT_EQ(BIO_eof(end.bio.get()), 1);
    EXPECT_EQ(BIO_should_retry(end.bio.get()), 0) << "more will never come";
}

TEST(SocketBio, TellsWhyAReadFailed) {
    Endpoint end;
    EXPECT_EQ(end.read(), 0);
    end.script.next_receive_fails(ECONNRESET);
    EXPECT_EQ(end.read(), 0);
    EXPECT_EQ(end.moved, 0U);
    EXPECT_EQ(end.error, ECONNRESET);
    EXPECT_EQ(BIO_should_retry(end.bio.get()), 0);
    EXPECT_EQ(BIO_eof(end.bio.get()), 0);
    EXPECT_EQ(end.socket.failure().value(), ECONNRESET);
}

TEST(SocketBio, TellsWhyAWriteFailed) {
    Endpoint end;
    end.script.next_send_fails(EPIPE);
    EXPECT_EQ(end.write("x"), 0);
    EXPECT_EQ(end.moved, 0U);
    EXPECT_EQ(end.error, EPIPE);
    EXPECT_EQ(BIO_should_retry(end.bio.get()), 0);
    EXPECT_EQ(BIO_eof(end.bio.get()), 0);
    EXPECT_EQ(end.socket.bytes_taken(), 0U);
}

TEST(SocketBio, EachHasASocketOfItsOwn) {
    Endpoint one;
    Endpoint other;
    one.script.next_receives("one");
    other.script.next_receives("other");
    EXPECT_EQ(other.read(), 1);
    EXPECT_EQ(other.got(), "other");
    EXPECT_EQ(one.read(), 1);
    EXPECT_EQ(one.got(), "one");
}

TEST(SocketBio, HoldsNothingBack) {
    Endpoint end;
    EXPECT_EQ(BIO_flush(end.bio.get()), 1);
    EXPECT_EQ(BIO_pending(end.bio.get()), 0);
    EXPECT_EQ(BIO_wpending(end.bio.get()), 0);
}

TEST(SocketBio, IsASourceAndSinkOfAKindOfItsOwn) {
    Endpoint one;
    Endpoint other;
    int const type = BIO_method_type(one.bio.get());
    EXPECT_NE(type & BIO_TYPE_SOURCE_SINK, 0);
    EXPECT_GT(type & 0xff, BIO_TYPE_START) << "OpenSSL has the smaller numbers itself";
    EXPECT_EQ(BIO_method_type(other.bio.get()), type) << "one kind for all";
    EXPECT_STREQ(BIO_method_name(one.bio.get()), "counted socket");
}

}  // namespace
}  // namespace otp::http
