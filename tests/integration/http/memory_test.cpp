// What becomes of a request when there is no memory: wherever it is missing, once, the caller hears
// of it exactly once, and those who come later do not notice.

#include "delivery/roster/token_source.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <otp/adapter/access_token.hpp>
#include <otp/client.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <new>
#include <string>
#include <string_view>

namespace {

/// Counts down with each allocation of this thread while it is not negative; the one that reaches 0
/// fails. Servers have threads of their own.
thread_local int allocations_left = -1;

/// What must not be found in memory that is given back, if anything is sought.
thread_local std::string_view sought;
std::atomic<int> found{0};

void* take(std::size_t size) {
    if (allocations_left > 0 && --allocations_left == 0) throw std::bad_alloc();
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): this is what operator new is made of
    void* const block = std::malloc(size);
    if (block == nullptr) throw std::bad_alloc();
    return block;
}

void give_back(void* block) noexcept {
    if (block != nullptr && !sought.empty()) {
        std::string_view const bytes(static_cast<char*>(block), ::malloc_usable_size(block));
        if (bytes.find(sought) != std::string_view::npos) ++found;
    }
    std::free(block);  // NOLINT(cppcoreguidelines-no-malloc)
}

}  // namespace

// Replaceable by the language's rules ([new.delete]); the other forms end in these.
void* operator new(std::size_t size) {
    return take(size);
}
void operator delete(void* block) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t /*size*/) noexcept {
    give_back(block);
}

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr int never = 1000;

/// Runs the context until `done`, at most for ten seconds. An exception must not leave it.
void run_until(boost::asio::io_context& context, std::function<bool()> const& done) {
    auto const give_up = std::chrono::steady_clock::now() + 10s;
    context.restart();
    while (!done() && std::chrono::steady_clock::now() < give_up) {
        context.restart();
        context.run_one_for(20ms);
    }
}

/// Answers what asks for it, and keeps silent otherwise.
void answer_if_asked(Peer& peer, std::size_t /*connection*/) {
    while (auto const request = peer.read_request()) {
        if (request->find("silence") != std::string::npos) return peer.read_to_end();
        peer.write(ok_response("{}"));
    }
}

struct Outcome {
    int completions{0};
    std::optional<HttpExchange> exchange;
    /// Whether an allocation failed.
    bool failed{false};
};

/// A request of which that allocation fails, wherever it comes.
void exchange_failing_at(
    int allocation,
    TransportHarness& harness,
    std::chrono::milliseconds time_limit,
    Outcome& outcome
) {
    auto request = send_request();
    Transport::ExchangeHandler handler([&outcome](HttpExchange exchange) {
        ++outcome.completions;
        outcome.exchange.emplace(std::move(exchange));
    });
    std::function<bool()> const done = [&outcome] { return outcome.completions > 0; };
    auto const deadline = std::chrono::steady_clock::now() + time_limit;
    allocations_left = allocation;
    EXPECT_NO_THROW({
        harness.transport->async_exchange(std::move(request), deadline, std::move(handler));
        run_until(harness.context, done);
    });
    outcome.failed = allocations_left == 0;
    allocations_left = -1;
    // Not a second time, either.
    harness.poll();
}

void expect_named(HttpExchange const& exchange) {
    ASSERT_TRUE(exchange.outcome.has_error());
    auto const& error = exchange.outcome.error();
    auto const expected =
        exchange.bytes_taken == 0 ? ErrorCategory::connect_failed : ErrorCategory::connection_lost;
    EXPECT_EQ(error.category, expected);
    EXPECT_THAT(error.message, HasSubstr("out of memory"));
}

/// Nothing but the one request has suffered.
void expect_unharmed(TransportHarness& harness) {
    auto const begun = std::chrono::steady_clock::now();
    auto const silent = harness.exchange(send_request("silence"), 30ms);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
    ASSERT_TRUE(silent.outcome.has_error());
    EXPECT_EQ(silent.outcome.error().category, ErrorCategory::timeout);
    auto const answered = harness.exchange(send_request(), 5s);
    EXPECT_TRUE(answered.outcome.has_value());
}

/// Until a request needs no more allocations: what is missing at each of them.
template <class Prepare>
void fail_each_allocation(std::string const& base_url, int least_named, Prepare prepare) {
    int named = 0;
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        TransportHarness harness(base_url);
        prepare(harness);
        Outcome outcome;
        exchange_failing_at(allocation, harness, 2s, outcome);
        ASSERT_EQ(outcome.completions, 1);
        if (outcome.failed && outcome.exchange->outcome.has_error()) {
            expect_named(*outcome.exchange);
            ++named;
        }
        expect_unharmed(harness);
        if (testing::Test::HasFailure()) return;
        if (!outcome.failed) {
            EXPECT_GE(named, least_named);
            return;
        }
    }
    FAIL() << "a request is made with fewer allocations";
}

TEST(Memory, ThatIsMissingForARequestOnANewConnectionIsNamedOnce) {
    ScriptedServer const server(answer_if_asked);
    fail_each_allocation(server.base_url(), 10, [](TransportHarness&) {});
}

TEST(Memory, ThatIsMissingForARequestOnAKeptConnectionIsNamedOnce) {
    ScriptedServer const server(answer_if_asked);
    fail_each_allocation(server.base_url(), 2, [](TransportHarness& harness) {
        EXPECT_TRUE(harness.exchange(send_request(), 5s).outcome.has_value());
    });
}

TEST(Memory, ThatIsMissingForTheLimitOfOneLeavesThoseOfTheOthers) {
    ScriptedServer const server(answer_if_asked);
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        TransportHarness harness(server.base_url());
        EXPECT_TRUE(harness.exchange(send_request(), 5s).outcome.has_value());
        auto const waiting = harness.start(send_request("silence"), 300ms);
        // Its limit comes first, so the timer has to be set anew.
        Outcome outcome;
        exchange_failing_at(allocation, harness, 200ms, outcome);
        EXPECT_EQ(outcome.completions, 1);
        ASSERT_TRUE(harness.run_until([&] { return waiting->completions > 0; }));
        EXPECT_EQ(waiting->exchange->outcome.error().category, ErrorCategory::timeout);
        if (!outcome.failed) return;
    }
}

TEST(Memory, ThatIsMissingForACancellationDoesNotLoseIt) {
    ScriptedServer const server(answer_if_asked);
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        TransportHarness harness(server.base_url());
        boost::asio::cancellation_signal signal;
        Outcome outcome;
        harness.transport->async_exchange(
            send_request("silence"),
            std::chrono::steady_clock::now() + 5s,
            boost::asio::bind_cancellation_slot(
                signal.slot(),
                [&outcome](HttpExchange exchange) {
                    ++outcome.completions;
                    outcome.exchange.emplace(std::move(exchange));
                }
            )
        );
        harness.poll();
        allocations_left = allocation;
        EXPECT_NO_THROW(signal.emit(boost::asio::cancellation_type::terminal));
        outcome.failed = allocations_left == 0;
        allocations_left = -1;
        harness.poll();
        ASSERT_EQ(outcome.completions, 1);
        EXPECT_EQ(outcome.exchange->outcome.error().category, ErrorCategory::cancelled);
        if (!outcome.failed) return;
    }
    FAIL() << "a request is cancelled with fewer allocations";
}

/// A client of a vendor at that address.
OtpClient client_at(
    std::string const& base_url, boost::asio::io_context& context, Threading threading
) {
    InstanceConfig instance;
    instance.name = "test";
    instance.vendor = "stytch";
    instance.base_url = base_url;
    instance.credentials.emplace("project_id", Secret("project-test-0123456789abcdef"));
    instance.credentials.emplace("secret", Secret("secret-test-0123456789abcdef"));
    ClientConfig config;
    config.instances.push_back(std::move(instance));
    ClientOptions options;
    options.threading = threading;
    return OtpClient(context.get_executor(), std::move(config), std::move(options));
}

class MemoryOfAClient : public testing::TestWithParam<Threading> {};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    MemoryOfAClient,
    testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) {
        return std::string(tested.param == Threading::single ? "Single" : "Multiple");
    }
);

TEST_P(MemoryOfAClient, ThatIsMissingEndsASendExactlyOnce) {
    ScriptedServer const server(answer_if_asked);
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        boost::asio::io_context context(1);
        auto client = client_at(server.base_url(), context, GetParam());
        int completions = 0;
        SendOtp request(PhoneNumber::parse("+12025550162").value());
        request.deadline = 2s;
        SendTarget target = SendTarget::instance("test");
        std::function<bool()> const done = [&completions] { return completions > 0; };
        boost::asio::any_completion_handler<OtpClient::SendSignature> handler(
            [&completions](Result<SendReceipt>) { ++completions; }
        );
        bool failed = false;
        allocations_left = allocation;
        EXPECT_NO_THROW({
            client.async_send(std::move(target), std::move(request), std::move(handler));
            EXPECT_EQ(completions, 0);
            run_until(context, done);
        });
        failed = allocations_left == 0;
        allocations_left = -1;
        context.restart();
        context.poll();
        ASSERT_EQ(completions, 1);
        if (!failed) return;
    }
    FAIL() << "a send is made with fewer allocations";
}

TEST_P(MemoryOfAClient, ThatIsMissingEndsACheckOfConnectionsExactlyOnce) {
    ScriptedServer const server(answer_if_asked);
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        boost::asio::io_context context(1);
        auto client = client_at(server.base_url(), context, GetParam());
        int completions = 0;
        std::optional<Result<std::vector<ConnectionReport>>> outcome;
        std::function<bool()> const done = [&completions] { return completions > 0; };
        boost::asio::any_completion_handler<OtpClient::CheckSignature> handler(
            [&](Result<std::vector<ConnectionReport>> reports) {
                ++completions;
                outcome.emplace(std::move(reports));
            }
        );
        allocations_left = allocation;
        EXPECT_NO_THROW({
            client.async_check_connections(std::move(handler));
            EXPECT_EQ(completions, 0);
            run_until(context, done);
        });
        bool const failed = allocations_left == 0;
        allocations_left = -1;
        context.restart();
        context.poll();
        ASSERT_EQ(completions, 1);
        if (!failed) {
            ASSERT_TRUE(*outcome);
            EXPECT_FALSE((*outcome)->front().failure);
            return;
        }
    }
    FAIL() << "connections are checked with fewer allocations";
}

/// Asks for a token, and takes the body for one.
class PlainGrant final : public TokenGrant {
public:
    explicit PlainGrant(std::string base_url) : base_url_(std::move(base_url)) {}
    [[nodiscard]] std::string const& base_url() const noexcept override { return base_url_; }
    [[nodiscard]] HttpRequest encode() const override { return send_request(); }
    [[nodiscard]] Result<AccessToken> decode(HttpResponse const& response) const override {
        return AccessToken(Secret(response.body), std::chrono::seconds(3600));
    }

private:
    std::string base_url_;
};

TEST(Memory, ThatIsMissingForATokenIsNamedAndTheNextOneComes) {
    ScriptedServer const server(answer_if_asked);
    PlainGrant const grant(server.base_url());
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        TransportHarness harness(server.base_url());
        auto const source = std::make_shared<delivery::TokenSource>(
            grant, harness.transport, Clock::system(), harness.context.get_executor()
        );
        using Got = std::optional<Result<delivery::TokenSource::Lease>>;
        auto const ask = [&](std::optional<Got>& place) {
            boost::asio::co_spawn(
                harness.context,
                source->get(std::chrono::steady_clock::now() + 2s),
                [&place](std::exception_ptr, Got got) { place.emplace(std::move(got)); }
            );
        };
        std::optional<Got> first;
        std::optional<Got> second;
        ask(first);
        std::function<bool()> const done = [&first] { return first.has_value(); };
        allocations_left = allocation;
        EXPECT_NO_THROW(run_until(harness.context, done));
        bool const failed = allocations_left == 0;
        allocations_left = -1;
        ASSERT_TRUE(first);
        if (*first && (*first)->has_error()) {
            auto const& error = (*first)->error();
            EXPECT_NE(error.category, ErrorCategory::internal) << error.message;
            EXPECT_NE(error.category, ErrorCategory::timeout) << error.message;
            EXPECT_EQ(error.delivery, Delivery::not_sent);
        }
        ask(second);
        ASSERT_TRUE(harness.run_until([&] { return second.has_value(); }));
        EXPECT_TRUE(*second && (*second)->has_value());
        if (!failed) return;
    }
    FAIL() << "a token is fetched with fewer allocations";
}

TEST(Memory, OfARequestToAProxyIsGivenBackWithoutThePassword) {
    ScriptedServer const proxy([](Peer& peer, std::size_t) {
        peer.read_some();
        peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        peer.finish();
    });
    TransportHarness harness("https://localhost:1", [&](InstanceConfig& instance) {
        instance.proxy.emplace(ProxyConfig{
            "127.0.0.1", proxy.port(), "somebody", Secret("proxy-password-of-test")});
    });
    // Of "somebody:proxy-password-of-test" in base64.
    sought = "c29tZWJvZHk6cHJveHktcGFzc3dvcmQtb2YtdGVzd";
    auto const refused = harness.exchange(send_request(), 5s);
    sought = {};
    EXPECT_EQ(refused.phase, ExchangePhase::tunnelling);
    EXPECT_EQ(found, 0);
}

}  // namespace
}  // namespace otp::test
