#include "http/socket/watched_socket.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <array>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <utility>
#include <vector>

namespace otp::http {
namespace {

namespace asio = boost::asio;

/// One end of a local connection, watched, and the other end in the test's hand.
class Peer final : public SocketListener {
public:
    explicit Peer(std::shared_ptr<SocketWatch> watch) : Peer(std::move(watch), make_pair()) {}

    /// What the listener does each time, after counting; by default it reads all there is.
    std::function<void()> when_ready = [this] { read_all(); };
    int told{0};
    bool ended{false};
    std::string received;

    WatchedSocket& socket() { return socket_; }

    void sends(std::string_view text) const {
        EXPECT_EQ(::send(other_end_.get(), text.data(), text.size(), 0), std::ssize(text));
    }
    void ends() { other_end_ = platform::OwnedDescriptor(); }
    void takes_all() const {
        std::array<char, 65536> bytes{};
        while (::recv(other_end_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) continue;
    }

    /// Whether there was anything but the end.
    bool read_once() {
        std::array<char, 64> bytes{};
        auto const got = ::recv(own_end_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got > 0) received.append(bytes.data(), static_cast<std::size_t>(got));
        return got > 0;
    }
    void read_all() {
        while (read_once()) continue;
    }
    void fill_with_output() const {
        std::array<char, 65536> const bytes{};
        while (::send(own_end_, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) continue;
    }

private:
    struct Ends {
        platform::OwnedDescriptor own, other;
    };
    static Ends make_pair() {
        std::array<int, 2> ends{-1, -1};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
        return {platform::OwnedDescriptor(ends[0]), platform::OwnedDescriptor(ends[1])};
    }
    Peer(std::shared_ptr<SocketWatch> watch, Ends ends)
        : own_end_(ends.own.get()),
          other_end_(std::move(ends.other)),
          socket_(std::move(watch), std::move(ends.own), *this) {
        EXPECT_FALSE(socket_.start());
    }

    void on_ready(bool peer_ended) override {
        ++told;
        ended |= peer_ended;
        when_ready();
    }

    int own_end_;
    platform::OwnedDescriptor other_end_;
    WatchedSocket socket_;
};

class SocketWatchTest : public testing::Test {
protected:
    asio::io_context context_{1};
    std::shared_ptr<SocketWatch> watch_ = SocketWatch::make(context_.get_executor()).value();
    /// Idle sockets alone would let the event loop stop.
    asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};

    /// Runs whatever is ready.
    void turn() { context_.poll(); }
    /// Runs until nothing counts as work.
    void run_to_the_end() {
        work_.reset();
        context_.run();
    }
};

TEST_F(SocketWatchTest, TellsASingleSocketOfEachInput) {
    Peer peer(watch_);
    turn();
    EXPECT_EQ(peer.told, 0);
    peer.sends("one");
    turn();
    EXPECT_EQ(peer.received, "one");
    EXPECT_EQ(peer.told, 1);
    turn();
    EXPECT_EQ(peer.told, 1) << "nothing new";
    peer.sends("two");
    turn();
    EXPECT_EQ(peer.received, "onetwo");
}

TEST_F(SocketWatchTest, TellsEachOfManyOnceForEachInput) {
    std::array<Peer, 3> peers{Peer{watch_}, Peer{watch_}, Peer{watch_}};
    for (int round = 1; round <= 3; ++round) {
        peers[0].sends("a");
        peers[2].sends("c");
        turn();
        EXPECT_EQ(peers[0].told, round);
        EXPECT_EQ(peers[1].told, 0);
        EXPECT_EQ(peers[2].told, round);
    }
}

TEST_F(SocketWatchTest, TellsMoreSocketsThanItCollectsAtATime) {
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 300; ++i) peers.push_back(std::make_unique<Peer>(watch_));
    for (auto const& peer : peers) peer->sends("x");
    turn();
    for (auto const& peer : peers) EXPECT_EQ(peer->received, "x");
}

TEST_F(SocketWatchTest, TellsThatThePeerEndedBehindItsLastBytes) {
    Peer other(watch_);
    Peer peer(watch_);
    peer.sends("last");
    peer.ends();
    turn();
    EXPECT_EQ(peer.received, "last");
    EXPECT_TRUE(peer.ended);
}

TEST_F(SocketWatchTest, TellsASingleSocketAgainIfTheEndIsUnread) {
    Peer peer(watch_);
    peer.when_ready = [&] {
        if (!peer.read_once()) peer.socket().close();
    };
    peer.sends("last");
    peer.ends();
    turn();
    EXPECT_EQ(peer.received, "last");
    EXPECT_EQ(peer.told, 2);
}

TEST_F(SocketWatchTest, TellsNothingToAClosedSocket) {
    Peer first(watch_);
    Peer second(watch_);
    Peer third(watch_);
    // Whichever is told first closes the others, of which the kernel has told already.
    auto const closes = [](Peer& peer, Peer& other, Peer& another) {
        peer.when_ready = [&] {
            peer.read_all();
            other.socket().close();
            another.socket().close();
        };
    };
    closes(first, second, third);
    closes(second, third, first);
    closes(third, first, second);
    for (auto* peer : {&first, &second, &third}) peer->sends("x");
    turn();
    EXPECT_EQ(first.told + second.told + third.told, 1);
}

TEST_F(SocketWatchTest, TellsTheOthersWhileAListenerRunsTheEventLoop) {
    Peer first(watch_);
    Peer second(watch_);
    int seen_inside = -1;
    first.when_ready = [&] {
        first.read_all();
        if (seen_inside >= 0) return;
        second.sends("later");
        while (context_.poll_one() > 0) continue;
        seen_inside = second.told;
    };
    first.sends("x");
    turn();
    EXPECT_EQ(seen_inside, 1);
    EXPECT_EQ(second.received, "later");
}

TEST_F(SocketWatchTest, ASingleListenerMayRunTheEventLoopAfterReading) {
    Peer peer(watch_);
    peer.when_ready = [&] {
        peer.read_all();
        peer.socket().input_taken();
        if (peer.told > 1) return;
        peer.sends("more");
        while (context_.poll_one() > 0) continue;
        EXPECT_EQ(peer.told, 2);
    };
    peer.sends("x");
    turn();
    EXPECT_EQ(peer.received, "xmore");
}

TEST_F(SocketWatchTest, TellsTheOthersAfterAListenerHasThrown) {
    Peer first(watch_);
    Peer second(watch_);
    bool thrown = false;
    for (auto* peer : {&first, &second}) {
        peer->when_ready = [&thrown, peer] {
            peer->read_all();
            if (!std::exchange(thrown, true)) throw std::runtime_error("a user's handler");
        };
    }
    first.sends("x");
    second.sends("x");
    EXPECT_THROW(turn(), std::runtime_error);
    turn();
    EXPECT_EQ(first.received + second.received, "xx");
}

TEST_F(SocketWatchTest, WatchesForRoomOnlyWhenAsked) {
    Peer peer(watch_);
    peer.fill_with_output();
    turn();
    peer.takes_all();
    turn();
    EXPECT_EQ(peer.told, 0);
    peer.fill_with_output();
    peer.socket().watch_for_room();
    turn();
    EXPECT_EQ(peer.told, 0);
    peer.takes_all();
    turn();
    EXPECT_EQ(peer.told, 1);
}

TEST_F(SocketWatchTest, InputLeftUnreadWhileWaitingForRoomIsToldOnce) {
    Peer peer(watch_);
    peer.when_ready = [] {};
    peer.fill_with_output();
    peer.socket().watch_for_room();
    peer.sends("an early answer");
    turn();
    EXPECT_EQ(peer.told, 1) << "an event loop that goes round and round";
}

TEST_F(SocketWatchTest, KnowsSilenceWhileListenersAreTold) {
    Peer first(watch_);
    Peer second(watch_);
    std::vector<bool> known;
    first.when_ready = [&] {
        first.read_all();
        known.push_back(second.socket().is_known_to_be_silent());
        second.sends("x");
        known.push_back(second.socket().is_known_to_be_silent());
        known.push_back(first.socket().is_known_to_be_silent());
        second.ends();
    };
    first.sends("x");
    turn();
    EXPECT_EQ(known, (std::vector<bool>{true, false, true}));
    EXPECT_EQ(second.received, "x") << "what was seen is told all the same";
    EXPECT_TRUE(second.ended);
}

TEST_F(SocketWatchTest, KnowsTheSilenceOfASingleSocket) {
    Peer peer(watch_);
    std::vector<bool> known;
    peer.when_ready = [&] {
        peer.read_all();
        if (peer.told > 1) return;
        known.push_back(peer.socket().is_known_to_be_silent());
        peer.sends("y");
        known.push_back(peer.socket().is_known_to_be_silent());
    };
    peer.sends("x");
    turn();
    EXPECT_EQ(peer.received, "xy");
    EXPECT_EQ(known, (std::vector<bool>{true, false}));
}

TEST_F(SocketWatchTest, DoesNotClaimToKnowSilenceWhereNobodyWouldBeTold) {
    Peer peer(watch_);
    EXPECT_FALSE(peer.socket().is_known_to_be_silent());
}

TEST_F(SocketWatchTest, IdleSocketsKeepNoEventLoopRunning) {
    Peer first(watch_);
    Peer second(watch_);
    second.socket().count_as_work();
    work_.reset();
    turn();
    EXPECT_FALSE(context_.stopped());

    second.when_ready = [&] {
        second.read_all();
        second.socket().run_in_background();
    };
    second.sends("x");
    run_to_the_end();
    EXPECT_EQ(second.received, "x");
}

TEST_F(SocketWatchTest, ASocketThatIsClosedNoLongerCountsAsWork) {
    Peer idle(watch_);
    {
        Peer busy(watch_);
        busy.socket().count_as_work();
    }
    run_to_the_end();
    EXPECT_TRUE(context_.stopped());
}

TEST_F(SocketWatchTest, SaysThatNoDescriptorIsLeft) {
    rlimit usual{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    rlimit const none{0, usual.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    auto const made = SocketWatch::make(context_.get_executor());
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
    ASSERT_TRUE(made.has_error());
    EXPECT_NE(made.error().message.find("Too many open files"), std::string::npos);
}

TEST_F(SocketWatchTest, EndsWithItsLastSocket) {
    std::weak_ptr<SocketWatch> const weak = watch_;
    { Peer peer(std::move(watch_)); }
    turn();
    EXPECT_TRUE(weak.expired());
}

TEST(SocketWatchOnOtherExecutors, TellsOnAStrandOfManyThreads) {
    asio::io_context context;
    auto const strand = asio::make_strand(context.get_executor());
    auto work = asio::make_work_guard(context);
    std::promise<void> told;
    Peer peer(SocketWatch::make(strand).value());
    peer.when_ready = [&] {
        peer.read_all();
        EXPECT_TRUE(strand.running_in_this_thread());
        peer.socket().close();
        told.set_value();
    };
    peer.socket().count_as_work();
    work.reset();
    std::thread one([&] { context.run(); });
    std::thread two([&] { context.run(); });
    peer.sends("x");
    told.get_future().wait();
    one.join();
    two.join();
    EXPECT_EQ(peer.received, "x");
}

TEST(SocketWatchOnOtherExecutors, TellsOnAThreadPool) {
    asio::thread_pool pool(1);
    std::optional<Peer> peer;
    asio::post(pool, [&] {
        peer.emplace(SocketWatch::make(pool.get_executor()).value());
        peer->when_ready = [&] {
            peer->read_all();
            peer->socket().close();
        };
        peer->sends("x");
    });
    // Its wait counts as work there, until the last socket is closed.
    pool.join();
    EXPECT_EQ(peer->received, "x");
}

}  // namespace
}  // namespace otp::http
