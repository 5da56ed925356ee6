#include "platform/lookups_of_context.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <utility>

namespace otp::platform {
namespace {

namespace asio = boost::asio;

/// A waiter that keeps the token for as long as it has its handler.
std::shared_ptr<LookupWaiter> waiter_on(
    asio::any_io_executor const& executor, std::shared_ptr<int> token
) {
    return std::make_shared<LookupWaiter>(
        executor,
        "api.example.com",
        443,
        [token = std::move(token)](auto const&...) { FAIL() << "nobody has answered"; }
    );
}

TEST(LookupsOfContext, LetGoOfTheirHandlersWhenItEnds) {
    auto const token = std::make_shared<int>();
    std::shared_ptr<LookupWaiter> waiter;
    {
        asio::io_context context;
        waiter = waiter_on(context.get_executor(), token);
        LookupsOfContext::of(context.get_executor()).add(waiter);
        EXPECT_TRUE(waiter->waits());
    }
    EXPECT_FALSE(waiter->waits());
    EXPECT_EQ(token.use_count(), 1);
    // A lookup that ends now finds nobody.
    waiter->answer(std::make_shared<FoundAddresses>());
}

/// Begins something new while the context is destroying what was pending.
struct AsksAtTheEnd {
    explicit AsksAtTheEnd(asio::io_context& on, std::shared_ptr<int> with)
        : context(&on), token(std::move(with)) {}
    AsksAtTheEnd(AsksAtTheEnd&& other) noexcept
        : context(std::exchange(other.context, nullptr)), token(std::move(other.token)) {}
    ~AsksAtTheEnd() {
        if (context == nullptr) return;
        auto const executor = context->get_executor();
        auto const waiter = waiter_on(executor, std::move(token));
        LookupsOfContext::of(executor).add(waiter);
        EXPECT_FALSE(waiter->waits());
    }
    void operator()(auto const&...) {}

    asio::io_context* context;
    std::shared_ptr<int> token;
};

TEST(LookupsOfContext, TakeInNobodyAfterItsEnd) {
    auto const token = std::make_shared<int>();
    {
        asio::io_context context;
        auto const executor = context.get_executor();
        static_cast<void>(LookupsOfContext::of(executor));
        asio::post(context, AsksAtTheEnd(context, token));
    }
    EXPECT_EQ(token.use_count(), 1);
}

TEST(LookupsOfContext, AreOneForEachContext) {
    asio::io_context one;
    asio::io_context other;
    EXPECT_EQ(&LookupsOfContext::of(one.get_executor()), &LookupsOfContext::of(one.get_executor()));
    EXPECT_NE(
        &LookupsOfContext::of(one.get_executor()), &LookupsOfContext::of(other.get_executor())
    );
}

}  // namespace
}  // namespace otp::platform
