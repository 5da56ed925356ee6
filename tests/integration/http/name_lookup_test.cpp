// The machine's resolver and the transport that asks it, with names that a test controls.

#include "integration/http/replaced_names.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <netdb.h>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using boost::system::error_code;
using ::testing::HasSubstr;

ReplacedNames& names() {
    return ReplacedNames::all();
}

void wait_until_asked(std::string const& name, int times = 1) {
    while (names().asked(name) < times) std::this_thread::yield();
}

/// What a call of the machine's resolver came to.
struct Told {
    int times{0};
    error_code error;
    NameResolver::Endpoints endpoints;
};

std::shared_ptr<Told> ask(
    asio::io_context& context, std::string name, asio::cancellation_slot slot = {}
) {
    auto told = std::make_shared<Told>();
    NameResolver::system()->async_resolve(
        context.get_executor(),
        std::move(name),
        443,
        asio::bind_cancellation_slot(
            slot,
            [told](error_code error, NameResolver::Endpoints endpoints) {
                ++told->times;
                told->error = error;
                told->endpoints = std::move(endpoints);
            }
        )
    );
    return told;
}

TEST(SystemResolver, LooksUpANameOnceForAllOfTheProcess) {
    asio::io_context one;
    asio::io_context other;
    std::shared_ptr<Told> first, second;
    {
        HeldName const held("shared.names.test");
        first = ask(one, "shared.names.test");
        second = ask(other, "shared.names.test");
        wait_until_asked("shared.names.test");
    }
    one.run();
    other.run();
    EXPECT_EQ(first->times, 1);
    EXPECT_EQ(second->times, 1);
    EXPECT_EQ(second->endpoints, first->endpoints);
    EXPECT_EQ(names().asked("shared.names.test"), 1);
}

TEST(SystemResolver, TellsTheKindsOfFailureApart) {
    struct Case {
        int result;
        error_code expected;
    };
    for (auto const& [result, expected] :
         {Case{EAI_NONAME, asio::error::host_not_found},
          Case{EAI_AGAIN, asio::error::host_not_found_try_again},
          Case{EAI_FAIL, asio::error::no_recovery},
          Case{EAI_MEMORY, asio::error::no_memory},
          // Without the reason that belongs to it.
          Case{EAI_SYSTEM, asio::error::no_recovery},
          Case{EAI_NODATA, asio::error::no_data}}) {
        asio::io_context context;
        names().fail("failing.names.test", result);
        auto const told = ask(context, "failing.names.test");
        context.run();
        EXPECT_EQ(told->error, expected) << ::gai_strerror(result);
        EXPECT_TRUE(told->endpoints.empty());
    }
}

TEST(SystemResolver, IsCancelledAtOnceAlthoughTheLookupGoesOn) {
    HeldName const held("cancelled.names.test");
    asio::io_context context;
    asio::cancellation_signal signal;
    auto const told = ask(context, "cancelled.names.test", signal.slot());
    wait_until_asked("cancelled.names.test");
    signal.emit(asio::cancellation_type::terminal);
    EXPECT_EQ(told->times, 0) << "never from inside the call";
    context.run();
    EXPECT_EQ(told->times, 1);
    EXPECT_EQ(told->error, asio::error::operation_aborted);
    // It is over, and a signal that comes late hits nothing.
    signal.emit(asio::cancellation_type::terminal);
    context.restart();
    context.run();
    EXPECT_EQ(told->times, 1);
}

TEST(SystemResolver, LetsAContextEndBeforeItsLookups) {
    HeldName const held("ended.names.test");
    std::weak_ptr<Told> told;
    {
        asio::io_context context;
        told = ask(context, "ended.names.test");
        wait_until_asked("ended.names.test");
        EXPECT_FALSE(told.expired());
    }
    EXPECT_TRUE(told.expired()) << "the handler lives on";
}

TEST(SystemResolver, AnswersThoseOfOtherContextsWhenOneHasEnded) {
    asio::io_context context;
    std::shared_ptr<Told> told;
    {
        HeldName const held("outlived.names.test");
        asio::io_context ended;
        ask(ended, "outlived.names.test");
        told = ask(context, "outlived.names.test");
    }
    context.run();
    EXPECT_EQ(told->times, 1);
    EXPECT_FALSE(told->error);
}

TEST(SystemResolver, AsksAgainInTheChildOfAFork) {
    auto const held = std::make_unique<HeldName>("forked.names.test");
    asio::io_context context;
    auto const told = ask(context, "forked.names.test");
    wait_until_asked("forked.names.test");
    context.notify_fork(asio::execution_context::fork_prepare);
    pid_t const child = ::fork();
    if (child == 0) {
        ReplacedNames::begin_anew();
        context.notify_fork(asio::execution_context::fork_child);
        context.run_for(5s);
        bool const found = told->times == 1 && told->endpoints.size() == 1;
        ::_exit(found && names().asked("forked.names.test") == 1 ? 0 : 1);
    }
    context.notify_fork(asio::execution_context::fork_parent);
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    names().release("forked.names.test");
    context.run();
    EXPECT_EQ(told->times, 1);
    EXPECT_EQ(names().asked("forked.names.test"), 1);
}

/// By way of a proxy, whose name may be any one although the connection to it is a plain one.
class NameOfAProxy : public ::testing::Test {
protected:
    std::unique_ptr<TransportHarness> harness(
        std::string const& name, std::chrono::milliseconds connect_timeout = 5s
    ) {
        return std::make_unique<TransportHarness>(
            "https://vendor.names.test",
            [&](InstanceConfig& instance) {
                instance.limits.connect_timeout = connect_timeout;
                instance.proxy.emplace(ProxyConfig{name, server.port(), "", Secret("")});
            }
        );
    }

    ScriptedServer server{[](Peer& peer, std::size_t) {
        // Up to the end of the header: CONNECT has no body.
        std::string request;
        while (request.find("\r\n\r\n") == std::string::npos) {
            auto const more = peer.read_some();
            if (more.empty()) return;
            request += more;
        }
        peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    }};
};

TEST_F(NameOfAProxy, IsLookedUpInPlaceOfTheVendorsAndALateAnswerKept) {
    auto const visited = harness("proxy.names.test", 50ms);
    {
        HeldName const held("proxy.names.test");
        for (int i = 0; i < 3; ++i) {
            auto const failed = visited->exchange(send_request()).outcome.error();
            EXPECT_EQ(failed.category, ErrorCategory::timeout);
            EXPECT_EQ(failed.phase, ExchangePhase::resolving);
            EXPECT_THAT(failed.message, HasSubstr("looking up the proxy's name proxy.names.test"));
        }
    }
    auto const reached = visited->exchange(send_request()).outcome.error();
    EXPECT_EQ(reached.phase, ExchangePhase::tunnelling) << reached;
    EXPECT_EQ(names().asked("proxy.names.test"), 1);
    EXPECT_EQ(names().asked("vendor.names.test"), 0);
}

TEST_F(NameOfAProxy, IsTriedWhereItWasIfNobodyKnowsBetter) {
    auto const visited = harness("gone.names.test", 200ms);
    names().place("gone.names.test", {"127.0.0.2"});
    EXPECT_EQ(visited->exchange(send_request()).outcome.error().phase, ExchangePhase::connecting);
    HeldName const held("gone.names.test");
    auto const failed = visited->exchange(send_request()).outcome.error();
    EXPECT_EQ(failed.phase, ExchangePhase::connecting);
    EXPECT_THAT(failed.message, HasSubstr("127.0.0.2"));
    wait_until_asked("gone.names.test", 2);
}

TEST_F(NameOfAProxy, WhichHasMovedIsFoundByTheNextRequest) {
    auto const visited = harness("moved.names.test");
    names().place("moved.names.test", {"127.0.0.2", "127.0.0.3"});
    auto const refused = visited->exchange(send_request()).outcome.error();
    EXPECT_EQ(refused.phase, ExchangePhase::connecting);
    names().place("moved.names.test", {"127.0.0.1"});
    auto const reached = visited->exchange(send_request()).outcome.error();
    EXPECT_EQ(reached.phase, ExchangePhase::tunnelling) << reached;
    EXPECT_EQ(names().asked("moved.names.test"), 2);
}

TEST_F(NameOfAProxy, IsExplainedWhenItFailsAndFoundWhenItRecovers) {
    auto const visited = harness("recovering.names.test");
    struct Case {
        int result;
        std::string_view reason;
    };
    for (auto const& [result, reason] :
         {Case{EAI_NONAME, "there is no such name"}, Case{EAI_AGAIN, "which may pass"}}) {
        names().fail("recovering.names.test", result);
        auto const failed = visited->exchange(send_request()).outcome.error();
        EXPECT_EQ(failed.category, ErrorCategory::connect_failed);
        EXPECT_EQ(failed.phase, ExchangePhase::resolving);
        EXPECT_THAT(
            failed.message, HasSubstr("the proxy's name recovering.names.test cannot be resolved")
        );
        EXPECT_THAT(failed.message, HasSubstr(std::string(reason)));
    }
    names().place("recovering.names.test", {"127.0.0.1"});
    auto const reached = visited->exchange(send_request()).outcome.error();
    EXPECT_EQ(reached.phase, ExchangePhase::tunnelling) << reached;
}

TEST_F(NameOfAProxy, KeepsNobodyWaitingWhenTheTransportIsClosed) {
    HeldName const held("closed.names.test");
    auto const visited = harness("closed.names.test", 1h);
    auto const pending = visited->start(send_request(), 1h);
    ASSERT_TRUE(visited->run_until([] { return names().asked("closed.names.test") == 1; }));
    visited->transport->close();
    visited->context.restart();
    // Returns when there is no more work: the lookup is none, although it has not ended.
    visited->context.run_for(10s);
    EXPECT_TRUE(visited->context.stopped());
    ASSERT_EQ(pending->completions, 1);
    EXPECT_EQ(pending->exchange->outcome.error().category, ErrorCategory::cancelled);
}

}  // namespace
}  // namespace otp::test
