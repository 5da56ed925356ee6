// What becomes of a request when there is no memory for its connection.

#include "support/transport_harness.hpp"

#include <cstddef>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <new>

namespace {

/// Counts down with each allocation while it is not negative; the one that reaches 0 fails.
int allocations_left = -1;

void* take(std::size_t size) {
    if (allocations_left > 0 && --allocations_left == 0) throw std::bad_alloc();
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): this is what operator new is made of
    void* const block = std::malloc(size);
    if (block == nullptr) throw std::bad_alloc();
    return block;
}

}  // namespace

// Replaceable by the language's rules ([new.delete]); the other forms end in these.
void* operator new(std::size_t size) {
    return take(size);
}
void operator delete(void* block) noexcept {
    std::free(block);  // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete(void* block, std::size_t /*size*/) noexcept {
    std::free(block);  // NOLINT(cppcoreguidelines-no-malloc)
}

namespace otp::test {
namespace {

using testing::HasSubstr;

constexpr int never = 1000;

struct Outcome {
    int completions{0};
    std::optional<HttpExchange> exchange;
    bool refused_to_begin{false};
    bool failed{false};
};

/// A request to a port that nobody listens to, whose beginning fails at that allocation.
Outcome request_failing_at(int allocation) {
    TransportHarness harness("http://127.0.0.1:1");
    Outcome outcome;
    auto request = send_request();
    Transport::ExchangeHandler handler([&outcome](HttpExchange exchange) {
        ++outcome.completions;
        outcome.exchange.emplace(std::move(exchange));
    });
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    allocations_left = allocation;
    try {
        harness.transport->async_exchange(std::move(request), deadline, std::move(handler));
    } catch (std::bad_alloc const&) {
        outcome.refused_to_begin = true;
    }
    outcome.failed = allocations_left == 0;
    allocations_left = -1;
    harness.context.run_for(std::chrono::seconds(10));
    return outcome;
}

TEST(Memory, ThatIsMissingWhereverARequestBeginsLosesNothing) {
    int named = 0;
    for (int allocation = 1; allocation < never; ++allocation) {
        SCOPED_TRACE(allocation);
        auto const outcome = request_failing_at(allocation);
        if (!outcome.failed) {
            EXPECT_EQ(outcome.completions, 1);
            EXPECT_GT(named, 2);
            return;
        }
        // Either the caller hears of it at once, or its handler does.
        EXPECT_EQ(outcome.completions, outcome.refused_to_begin ? 0 : 1);
        if (outcome.completions == 0) continue;
        EXPECT_EQ(outcome.exchange->bytes_taken, 0U);
        ASSERT_TRUE(outcome.exchange->outcome.has_error());
        auto const& error = outcome.exchange->outcome.error();
        EXPECT_EQ(error.category, ErrorCategory::connect_failed);
        EXPECT_THAT(error.message, HasSubstr("out of memory"));
        ++named;
    }
    FAIL() << "a request begins with fewer allocations";
}

}  // namespace
}  // namespace otp::test
