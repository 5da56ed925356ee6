#include "platform/shared_lookups.hpp"

#include "platform/lookup_refusal.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include <gtest/gtest.h>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace otp::platform {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using boost::system::error_code;
using Endpoints = NameResolver::Endpoints;

FoundAddresses at(char const* address) {
    return {{}, {{asio::ip::make_address(address), 1}}};
}

/// What one who asked was told.
struct Told {
    int times{0};
    error_code error;
    Endpoints endpoints;
};

class SharedLookupsTest : public ::testing::Test {
protected:
    SharedLookups::Machine machine() {
        return {
            clock,
            [this](std::string const& host, std::uint16_t) { return answers[host]; },
            [this](std::function<void()> work) {
                if (thrown) thrown();
                threads.push_back(std::move(work));
            }};
    }

    std::shared_ptr<Told> ask(std::string host, std::uint16_t port = 443) {
        auto told = std::make_shared<Told>();
        waiters.push_back(std::make_shared<LookupWaiter>(
            context.get_executor(),
            std::move(host),
            port,
            asio::bind_cancellation_slot(
                cancels.emplace_back().slot(),
                [told](error_code error, Endpoints endpoints) {
                    ++told->times;
                    told->error = error;
                    told->endpoints = std::move(endpoints);
                }
            )
        ));
        lookups.ask(waiters.back());
        EXPECT_EQ(told->times, 0) << "never from inside the call";
        return told;
    }
    /// Lets the lookup that was begun as the nth come back, with that.
    void end(std::size_t thread, std::string const& host, FoundAddresses found) {
        answers[host] = std::move(found);
        std::exchange(threads.at(thread), nullptr)();
        run();
    }
    void run() {
        context.restart();
        context.poll();
    }

    asio::io_context context;
    /// Of each who has asked.
    std::list<asio::cancellation_signal> cancels;
    std::shared_ptr<otp::testing::ManualClock> clock =
        std::make_shared<otp::testing::ManualClock>();
    std::map<std::string, FoundAddresses> answers;
    std::function<void()> thrown;
    std::vector<std::function<void()>> threads;
    std::vector<std::shared_ptr<LookupWaiter>> waiters;
    SharedLookups lookups{machine()};
};

TEST_F(SharedLookupsTest, OneServesAllWhoAskMeanwhileEachWithItsPort) {
    auto const one = ask("api.example.com", 443);
    auto const other = ask("api.example.com", 8443);
    ASSERT_EQ(threads.size(), 1U);
    end(0, "api.example.com", at("203.0.113.1"));
    auto const address = asio::ip::make_address("203.0.113.1");
    EXPECT_EQ(one->endpoints, (Endpoints{{address, 443}}));
    EXPECT_EQ(other->endpoints, (Endpoints{{address, 8443}}));
    EXPECT_EQ(one->times, 1);
    EXPECT_EQ(other->times, 1);
}

TEST_F(SharedLookupsTest, WhoAsksAfterwardsGetsANewOne) {
    ask("api.example.com");
    end(0, "api.example.com", at("203.0.113.1"));
    auto const later = ask("api.example.com");
    ASSERT_EQ(threads.size(), 2U);
    end(1, "api.example.com", at("203.0.113.2"));
    EXPECT_EQ(later->endpoints.at(0).address(), asio::ip::make_address("203.0.113.2"));
}

TEST_F(SharedLookupsTest, AFailureIsToldToAllAndNotKept) {
    auto const one = ask("api.example.com");
    auto const other = ask("api.example.com");
    end(0, "api.example.com", {asio::error::host_not_found_try_again, {}});
    EXPECT_EQ(one->error, asio::error::host_not_found_try_again);
    EXPECT_EQ(other->error, asio::error::host_not_found_try_again);
    auto const later = ask("api.example.com");
    ASSERT_EQ(threads.size(), 2U);
    end(1, "api.example.com", at("203.0.113.1"));
    EXPECT_FALSE(later->error);
}

TEST_F(SharedLookupsTest, OneNameDoesNotWaitForAnother) {
    auto const dead = ask("dead.example.com");
    auto const healthy = ask("healthy.example.com");
    ASSERT_EQ(threads.size(), 2U);
    end(1, "healthy.example.com", at("203.0.113.1"));
    EXPECT_EQ(healthy->times, 1);
    EXPECT_EQ(dead->times, 0);
    end(0, "dead.example.com", {asio::error::host_not_found, {}});
    EXPECT_EQ(dead->times, 1);
}

TEST_F(SharedLookupsTest, ACancelledOneIsToldAtOnceAndTheOthersLater) {
    auto const gone = ask("api.example.com");
    waiters.back()->heed_cancellation();
    auto const patient = ask("api.example.com");
    cancels.front().emit(asio::cancellation_type::terminal);
    run();
    EXPECT_EQ(gone->error, asio::error::operation_aborted);
    EXPECT_EQ(patient->times, 0);
    end(0, "api.example.com", at("203.0.113.1"));
    EXPECT_EQ(gone->times, 1);
    EXPECT_EQ(patient->times, 1);
    EXPECT_FALSE(patient->error);
}

TEST_F(SharedLookupsTest, ALateAnswerServesTheNextWhoAsksOnce) {
    ask("api.example.com");
    waiters.back()->abandon();
    end(0, "api.example.com", at("203.0.113.1"));
    clock->advance(SharedLookups::late_answer_lifetime - 1ms);
    auto const next = ask("api.example.com", 8443);
    run();
    EXPECT_EQ(next->times, 1);
    EXPECT_EQ(next->endpoints, (Endpoints{{asio::ip::make_address("203.0.113.1"), 8443}}));
    EXPECT_EQ(threads.size(), 1U);
    ask("api.example.com");
    EXPECT_EQ(threads.size(), 2U);
}

TEST_F(SharedLookupsTest, ALateAnswerIsNotKeptForLong) {
    ask("api.example.com");
    waiters.back()->abandon();
    end(0, "api.example.com", at("203.0.113.1"));
    clock->advance(SharedLookups::late_answer_lifetime);
    ask("api.example.com");
    EXPECT_EQ(threads.size(), 2U);
}

TEST_F(SharedLookupsTest, ALateAnswerIsNotKeptForLongWhereAnotherLookupHangs) {
    ask("api.example.com");
    waiters.back()->abandon();
    clock->advance(SharedLookups::overdue);
    ask("api.example.com");
    waiters.back()->abandon();
    ASSERT_EQ(threads.size(), 2U);
    end(1, "api.example.com", at("203.0.113.1"));
    clock->advance(SharedLookups::late_answer_lifetime);
    auto const next = ask("api.example.com");
    run();
    EXPECT_EQ(next->times, 0);
    ASSERT_EQ(threads.size(), 3U);
    end(2, "api.example.com", at("203.0.113.2"));
    EXPECT_EQ(next->endpoints.at(0).address(), asio::ip::make_address("203.0.113.2"));
}

TEST_F(SharedLookupsTest, ALateFailureIsNotKeptAtAll) {
    ask("api.example.com");
    waiters.back()->abandon();
    end(0, "api.example.com", {asio::error::host_not_found_try_again, {}});
    ask("api.example.com");
    EXPECT_EQ(threads.size(), 2U);
}

TEST_F(SharedLookupsTest, LateAnswersAreKeptForSoManyNamesOnly) {
    std::size_t begun = 0;
    auto const name = [](std::size_t i) { return "n" + std::to_string(i) + ".example.com"; };
    for (; begun < SharedLookups::max_names + 10; ++begun) {
        ask(name(begun));
        waiters.back()->abandon();
        end(begun, name(begun), at("203.0.113.1"));
    }
    ask(name(SharedLookups::max_names - 1));
    EXPECT_EQ(threads.size(), begun) << "kept";
    ask(name(SharedLookups::max_names + 1));
    EXPECT_EQ(threads.size(), begun + 1) << "not kept";
}

TEST_F(SharedLookupsTest, OneThatNeverEndsIsFollowedByAnother) {
    auto const first = ask("api.example.com");
    clock->advance(SharedLookups::overdue - 1ms);
    ask("api.example.com");
    EXPECT_EQ(threads.size(), 1U);
    clock->advance(1ms);
    auto const later = ask("api.example.com");
    ASSERT_EQ(threads.size(), 2U);
    end(1, "api.example.com", at("203.0.113.1"));
    EXPECT_EQ(later->times, 1);
    EXPECT_EQ(first->times, 1);
    // It ends at last. Nobody waits for it; the next one has its answer.
    end(0, "api.example.com", at("203.0.113.2"));
    EXPECT_EQ(first->times, 1);
}

TEST_F(SharedLookupsTest, TheFailureOfOneThatWasGivenUpIsNotTold) {
    auto const first = ask("api.example.com");
    clock->advance(SharedLookups::overdue);
    auto const later = ask("api.example.com");
    ASSERT_EQ(threads.size(), 2U);
    end(0, "api.example.com", {asio::error::host_not_found_try_again, {}});
    EXPECT_EQ(first->times, 0);
    EXPECT_EQ(later->times, 0);
    end(1, "api.example.com", {asio::error::host_not_found_try_again, {}});
    EXPECT_EQ(first->times, 1);
    EXPECT_EQ(later->times, 1);
}

TEST_F(SharedLookupsTest, OneNameHasAFewLookupsAtMost) {
    auto const first = ask("api.example.com");
    for (int i = 0; i < 100; ++i) {
        clock->advance(SharedLookups::overdue);
        ask("api.example.com");
    }
    EXPECT_EQ(threads.size(), SharedLookups::max_lookups_of_name);
    EXPECT_EQ(first->times, 0);
    end(2, "api.example.com", at("203.0.113.1"));
    EXPECT_EQ(first->times, 1);
}

TEST_F(SharedLookupsTest, TooManyAreRefusedUntilOneEnds) {
    for (std::size_t i = 0; i < SharedLookups::max_lookups; ++i) {
        ask("n" + std::to_string(i) + ".example.com");
    }
    auto const refused = ask("api.example.com");
    run();
    EXPECT_EQ(refused->error, LookupRefusal::too_many);
    EXPECT_EQ(threads.size(), SharedLookups::max_lookups);
    // Those that are under way take in whoever asks.
    auto const joined = ask("n0.example.com");
    end(0, "n0.example.com", at("203.0.113.1"));
    EXPECT_FALSE(joined->error);
    auto const next = ask("api.example.com");
    EXPECT_EQ(threads.size(), SharedLookups::max_lookups + 1);
    end(SharedLookups::max_lookups, "api.example.com", at("203.0.113.1"));
    EXPECT_FALSE(next->error);
}

TEST_F(SharedLookupsTest, WithoutAThreadWhoAsksIsToldAndTheNextOneTries) {
    thrown = [] {
        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    };
    auto const refused = ask("api.example.com");
    run();
    EXPECT_EQ(refused->error, LookupRefusal::no_thread);
    EXPECT_NE(refused->error.message().find("ulimit -u"), std::string::npos);
    thrown = nullptr;
    auto const next = ask("api.example.com");
    ASSERT_EQ(threads.size(), 1U);
    end(0, "api.example.com", at("203.0.113.1"));
    EXPECT_FALSE(next->error);
}

TEST_F(SharedLookupsTest, WithoutAThreadForAnotherOneTheFirstIsWaitedFor) {
    ask("api.example.com");
    clock->advance(SharedLookups::overdue);
    thrown = [] {
        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    };
    auto const later = ask("api.example.com");
    run();
    EXPECT_EQ(later->times, 0);
    end(0, "api.example.com", at("203.0.113.1"));
    EXPECT_EQ(later->times, 1);
    EXPECT_FALSE(later->error);
}

TEST_F(SharedLookupsTest, WithoutMemoryNothingIsLeftBehind) {
    thrown = [] { throw std::bad_alloc(); };
    EXPECT_THROW(ask("api.example.com"), std::bad_alloc);
    thrown = nullptr;
    auto const next = ask("api.example.com");
    ASSERT_EQ(threads.size(), 1U);
    end(0, "api.example.com", at("203.0.113.1"));
    EXPECT_EQ(next->times, 1);
}

TEST_F(SharedLookupsTest, WhoHasGoneIsForgottenAlthoughTheLookupGoesOn) {
    for (int i = 0; i < 3; ++i) {
        ask("api.example.com");
        waiters.back()->abandon();
    }
    std::weak_ptr<LookupWaiter> const gone = waiters.front();
    waiters.clear();
    ask("api.example.com");
    EXPECT_TRUE(gone.expired());
}

TEST(SharedLookups, OfAProcessAreAlwaysTheSame) {
    EXPECT_EQ(&SharedLookups::of_process(), &SharedLookups::of_process());
}

}  // namespace
}  // namespace otp::platform
