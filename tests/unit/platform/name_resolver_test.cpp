#include <otp/seam/name_resolver.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/strand.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace otp {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Endpoint = asio::ip::tcp::endpoint;

// Only addresses and the names that RFC 6761 keeps for such uses: no packet leaves the machine.
class SystemNameResolver : public testing::Test {
protected:
    void resolve(std::string host) {
        NameResolver::system()->async_resolve(
            context.get_executor(),
            std::move(host),
            443,
            [this](error_code result, NameResolver::Endpoints found) {
                error = result;
                endpoints = std::move(found);
            }
        );
    }

    asio::io_context context;
    std::optional<error_code> error;
    NameResolver::Endpoints endpoints;
};

TEST_F(SystemNameResolver, IsOneForAll) {
    ASSERT_NE(NameResolver::system(), nullptr);
    EXPECT_EQ(NameResolver::system(), NameResolver::system());
}

TEST_F(SystemNameResolver, ReadsAddresses) {
    for (auto const* const text : {"127.0.0.1", "::1"}) {
        resolve(text);
        context.run();
        context.restart();
        ASSERT_EQ(error, error_code()) << text;
        ASSERT_EQ(endpoints.size(), 1U) << text;
        EXPECT_EQ(endpoints[0], Endpoint(asio::ip::make_address(text), 443));
    }
}

TEST_F(SystemNameResolver, FindsTheMachineItself) {
    resolve("localhost");
    context.run();
    ASSERT_EQ(error, error_code());
    ASSERT_FALSE(endpoints.empty());
    for (auto const& endpoint : endpoints) {
        EXPECT_TRUE(endpoint.address().is_loopback()) << endpoint;
        EXPECT_EQ(endpoint.port(), 443);
    }
}

TEST_F(SystemNameResolver, DoesNotCompleteInsideTheCall) {
    resolve("127.0.0.1");
    EXPECT_FALSE(error);
    context.run();
    EXPECT_TRUE(error);
}

TEST_F(SystemNameResolver, ReportsANameThatCannotExist) {
    // A label of over 63 characters fits into no query.
    resolve(std::string(64, 'a') + ".example");
    context.run();
    ASSERT_TRUE(error);
    EXPECT_TRUE(*error);
    EXPECT_TRUE(endpoints.empty());
}

TEST_F(SystemNameResolver, CompletesOnTheHandlersExecutor) {
    auto const strand = asio::make_strand(context);
    bool on_strand = false;
    NameResolver::system()->async_resolve(
        context.get_executor(),
        "127.0.0.1",
        443,
        asio::bind_executor(
            strand,
            [&](error_code, NameResolver::Endpoints const&) {
                on_strand = strand.running_in_this_thread();
            }
        )
    );
    context.run();
    EXPECT_TRUE(on_strand);
}

TEST(NameResolver, ReleasesItsHandlerWhenTheContextEndsFirst) {
    auto const token = std::make_shared<int>(1);
    {
        asio::io_context context;
        NameResolver::system()->async_resolve(
            context.get_executor(),
            "127.0.0.1",
            443,
            [token](error_code, NameResolver::Endpoints const&) {
                FAIL() << "completed without a running context";
            }
        );
        EXPECT_EQ(token.use_count(), 2);
    }
    EXPECT_EQ(token.use_count(), 1);
}

}  // namespace
}  // namespace otp
