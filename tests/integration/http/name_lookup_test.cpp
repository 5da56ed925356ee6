#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

// The machine's names, as this program finds them: `*.test` is this machine, and a name that is
// held is answered when the test says so, as by a name server that does not answer.
namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class Names {
public:
    void hold(std::string const& name) {
        std::lock_guard const lock(mutex_);
        held_.insert(name);
    }
    void release(std::string const& name) {
        std::lock_guard const lock(mutex_);
        held_.erase(name);
        changed_.notify_all();
    }
    /// Blocks as long as the name is held.
    void ask(std::string const& name) {
        std::unique_lock lock(mutex_);
        ++asked_[name];
        changed_.notify_all();
        changed_.wait(lock, [&] { return !held_.contains(name); });
    }
    int asked(std::string const& name) {
        std::lock_guard const lock(mutex_);
        return asked_[name];
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<std::string> held_;
    std::map<std::string, int> asked_;
};

Names& names() {
    static Names* const all = new Names;  // Threads may ask to the very end.
    return *all;
}

/// Holds a name for its own lifetime.
class Held {
public:
    explicit Held(std::string name) : name_(std::move(name)) { names().hold(name_); }
    Held(Held const&) = delete;
    Held& operator=(Held const&) = delete;
    ~Held() { names().release(name_); }

private:
    std::string name_;
};

constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

std::unique_ptr<ScriptedServer> make_server() {
    return std::make_unique<ScriptedServer>([](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(answer);
    });
}

std::string url_of(std::string const& name, ScriptedServer const& server) {
    return "http://" + name + ':' + std::to_string(server.port());
}

TransportHarness::Customize with_connect_timeout(std::chrono::milliseconds limit) {
    return [limit](InstanceConfig& instance) { instance.limits.connect_timeout = limit; };
}

TEST(NameLookup, ALateAnswerServesTheNextRequest) {
    auto const server = make_server();
    TransportHarness harness(url_of("late.test", *server), with_connect_timeout(50ms));
    {
        Held const held("late.test");
        for (int i = 0; i < 3; ++i) {
            auto const failed = harness.exchange(send_request());
            ASSERT_TRUE(failed.outcome.has_error());
            EXPECT_EQ(failed.outcome.error().category, ErrorCategory::timeout);
            EXPECT_EQ(failed.outcome.error().phase, ExchangePhase::resolving);
            EXPECT_THAT(failed.outcome.error().message, HasSubstr("looking up the name late.test"));
        }
    }
    auto const sent = harness.exchange(send_request());
    EXPECT_TRUE(sent.outcome) << sent.outcome.error();
    EXPECT_EQ(names().asked("late.test"), 1);
}

TEST(NameLookup, OneNameKeepsNoOtherWaiting) {
    auto const server = make_server();
    Held const held("dead.test");
    TransportHarness dead(url_of("dead.test", *server), with_connect_timeout(50ms));
    auto const waiting = dead.start(send_request());
    ASSERT_TRUE(dead.run_until([] { return names().asked("dead.test") == 1; }));
    TransportHarness healthy(url_of("healthy.test", *server));
    auto const sent = healthy.exchange(send_request());
    EXPECT_TRUE(sent.outcome) << sent.outcome.error();
    ASSERT_TRUE(dead.run_until([&] { return waiting->exchange.has_value(); }));
    EXPECT_TRUE(waiting->exchange->outcome.has_error());
}

TEST(NameLookup, OneLookupServesSixtyRequestsAtOnce) {
    auto const server = make_server();
    TransportHarness harness(url_of("busy.test", *server));
    std::vector<std::shared_ptr<TransportHarness::Pending>> all;
    {
        Held const held("busy.test");
        for (int i = 0; i < 60; ++i) all.push_back(harness.start(send_request()));
        ASSERT_TRUE(harness.run_until([] { return names().asked("busy.test") == 1; }));
    }
    ASSERT_TRUE(harness.run_until([&] {
        return std::all_of(all.begin(), all.end(), [](auto const& one) {
            return one->exchange.has_value();
        });
    }));
    for (auto const& one : all) {
        ASSERT_EQ(one->completions, 1);
        EXPECT_TRUE(one->exchange->outcome) << one->exchange->outcome.error();
    }
    EXPECT_EQ(names().asked("busy.test"), 1);
}

TEST(NameLookup, AClosedTransportKeepsNobodyWaiting) {
    auto const server = make_server();
    Held const held("closed.test");
    TransportHarness harness(url_of("closed.test", *server));
    auto const pending = harness.start(send_request());
    ASSERT_TRUE(harness.run_until([] { return names().asked("closed.test") == 1; }));
    harness.transport->close();
    harness.context.restart();
    // Returns when there is no more work: the lookup is none, although it has not ended.
    harness.context.run_for(10s);
    EXPECT_TRUE(harness.context.stopped());
    ASSERT_TRUE(pending->exchange.has_value());
    EXPECT_EQ(pending->exchange->outcome.error().category, ErrorCategory::cancelled);
}

TEST(NameLookup, AContextEndsBeforeItsLookups) {
    auto const token = std::make_shared<int>(1);
    Held const held("ended.test");
    {
        boost::asio::io_context context;
        NameResolver::system()->async_resolve(
            context.get_executor(),
            "ended.test",
            443,
            [token](boost::system::error_code, NameResolver::Endpoints const&) {
                FAIL() << "completed without a running context";
            }
        );
        while (names().asked("ended.test") == 0) std::this_thread::yield();
    }
    EXPECT_EQ(token.use_count(), 1);
}

TEST(NameLookup, TellsWhyThereIsNoAnswer) {
    auto const server = make_server();
    struct Case {
        std::string name;
        std::string_view reason;
    };
    for (auto const& [name, reason] :
         {Case{"missing.invalid", "not found"}, Case{"later.invalid", "try again"}}) {
        TransportHarness harness(url_of(name, *server));
        auto const failed = harness.exchange(send_request());
        ASSERT_TRUE(failed.outcome.has_error());
        EXPECT_EQ(failed.outcome.error().category, ErrorCategory::connect_failed);
        EXPECT_THAT(failed.outcome.error().message, HasSubstr("the name " + name));
        EXPECT_THAT(failed.outcome.error().message, HasSubstr(std::string(reason)));
    }
}

}  // namespace
}  // namespace otp::test

namespace {

struct Entry {
    addrinfo info{};
    sockaddr_in address{};
};

}  // namespace

// They take the place of the C library's in this program.

extern "C" int getaddrinfo(char const* host, char const*, addrinfo const* hints, addrinfo** found) {
    std::string const name(host);
    otp::test::names().ask(name);
    if (name == "missing.invalid") return EAI_NONAME;
    if (name == "later.invalid") return EAI_AGAIN;
    auto* const entry = new Entry;
    entry->address.sin_family = AF_INET;
    entry->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    entry->info.ai_family = AF_INET;
    entry->info.ai_socktype = hints->ai_socktype;
    entry->info.ai_addrlen = sizeof(sockaddr_in);
    entry->info.ai_addr = reinterpret_cast<sockaddr*>(&entry->address);
    *found = &entry->info;
    return 0;
}

extern "C" void freeaddrinfo(addrinfo* found) {
    // The first member of it.
    delete reinterpret_cast<Entry*>(found);
}
