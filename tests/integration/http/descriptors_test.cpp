// What becomes of a request when the process has no descriptor left for it.

#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <otp/client.hpp>

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <new>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

namespace otp::test {
namespace {

using testing::HasSubstr;

/// As long as it lives, this process may open no more than `left` descriptors. The server of a test
/// runs in the same process, and takes its own before.
class FewDescriptors {
public:
    explicit FewDescriptors(rlim_t left) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        // The limit is one of numbers, of which the lowest free ones are given first.
        rlim_t limit = 0;
        for (rlim_t free = 0; free <= left; ++limit)
            if (::fcntl(static_cast<int>(limit), F_GETFD) < 0) ++free;
        rlimit few = before_;
        few.rlim_cur = limit - 1;
        ::setrlimit(RLIMIT_NOFILE, &few);
    }
    FewDescriptors(FewDescriptors const&) = delete;
    FewDescriptors& operator=(FewDescriptors const&) = delete;
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

InstanceConfig instance_for(std::string const& base_url) {
    InstanceConfig instance;
    instance.name = "test";
    instance.vendor = "stytch";
    instance.base_url = base_url;
    instance.tls.ca_file = test_authority().ca_file();
    return instance;
}

void expect_named(Error const& error) {
    EXPECT_EQ(to_string(error.category), to_string(ErrorCategory::connect_failed)) << error;
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(error.message, HasSubstr("Too many open files"));
    EXPECT_THAT(error.message, HasSubstr("ulimit -n"));
}

/// The outcome of making a transport and sending one request with it. Nothing if it was answered.
std::optional<Error> try_send(std::string const& base_url, rlim_t left) {
    auto const instance = instance_for(base_url);
    boost::asio::io_context context(1);
    FewDescriptors const few(left);
    TransportSettings const settings{
        context.get_executor(), base_url, instance, Clock::system(), NameResolver::system()};
    auto const made = make_http_transport(settings);
    if (!made) return made.error();
    auto const& transport = *made;
    std::optional<HttpExchange> outcome;
    transport->async_exchange(
        send_request(),
        std::chrono::steady_clock::now() + std::chrono::seconds(5),
        [&](HttpExchange exchange) { outcome.emplace(std::move(exchange)); }
    );
    context.run();
    transport->close();
    context.restart();
    context.run();
    if (!outcome) return Error(ErrorCategory::internal, "no outcome");
    if (outcome->outcome) return {};
    EXPECT_EQ(outcome->bytes_taken, 0U);
    return outcome->outcome.error();
}

class Descriptors : public testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(OverBoth, Descriptors, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

TEST_P(Descriptors, AreNamedWhenTheyRunOutUntilASendSucceeds) {
    auto const certificate =
        ServerTls{test_authority().certificate(), test_authority().key(), {}, {}, 0, 0, 2, {}};
    ScriptedServer const server(
        [](Peer& peer, std::size_t) {
            while (peer.read_request()) peer.write(ok_response("{}"));
        },
        GetParam() ? std::optional(certificate) : std::nullopt
    );
    // What libraries open once and keep, they open here.
    ASSERT_FALSE(try_send(server.base_url(), 100));
    int failures = 0;
    for (rlim_t left = 0; left < 40; ++left) {
        auto const error = try_send(server.base_url(), left);
        if (!error) {
            EXPECT_GT(failures, 2);
            return;
        }
        ++failures;
        // The server has no descriptor left to accept with either, and lets the request wait.
        if (error->category == ErrorCategory::timeout) continue;
        expect_named(*error);
    }
    FAIL() << "40 descriptors do not suffice";
}

TEST(Descriptors, OfANameThatCannotBeLookedUp) {
    auto const error = try_send("http://localhost:1", 0);
    ASSERT_TRUE(error);
    expect_named(*error);
}

/// A resolver that cannot have its thread, or its memory.
template <class Exception>
class FailingResolver final : public NameResolver {
public:
    explicit FailingResolver(Exception thrown) : thrown_(std::move(thrown)) {}
    void async_resolve(boost::asio::any_io_executor const&, std::string, std::uint16_t, Handler)
        override {
        throw thrown_;
    }

private:
    Exception thrown_;
};

template <class Exception>
Error error_of(Exception thrown) {
    TransportHarness harness(
        "https://vendor.example.com",
        {},
        std::make_shared<FailingResolver<Exception>>(std::move(thrown))
    );
    auto const exchange = harness.exchange(send_request());
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_EQ(exchange.phase, ExchangePhase::resolving);
    return exchange.outcome.has_error() ? exchange.outcome.error() : Error();
}

TEST(Threads, AreNamedWhenThereIsNoneForTheResolver) {
    auto const error =
        error_of(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again))
        );
    EXPECT_EQ(error.category, ErrorCategory::connect_failed);
    EXPECT_THAT(error.message, HasSubstr("looking up the name vendor.example.com failed: "));
    EXPECT_THAT(error.message, HasSubstr("temporarily unavailable"));
}

TEST(Memory, IsNamedWhenThereIsNoneForAConnection) {
    auto const error = error_of(std::bad_alloc());
    EXPECT_EQ(error.category, ErrorCategory::connect_failed);
    EXPECT_THAT(error.message, HasSubstr("out of memory"));
}

TEST(Defects, AreToldFromALackOfSomething) {
    auto const error = error_of(std::logic_error("secret text"));
    EXPECT_EQ(error.category, ErrorCategory::internal);
    EXPECT_THAT(error.message, testing::Not(HasSubstr("secret")));
}

TEST(Descriptors, AreNamedByTheClientsConstructor) {
    for (rlim_t left = 0; left < 12; ++left) {
        ClientConfig config;
        auto instance = instance_for("https://localhost:1");
        instance.credentials.emplace("project_id", Secret("project-test-0123456789abcdef"));
        instance.credentials.emplace("secret", Secret("secret-test-0123456789abcdef"));
        config.instances.push_back(std::move(instance));
        boost::asio::io_context context(1);
        FewDescriptors const few(left);
        try {
            OtpClient const client(context.get_executor(), std::move(config));
            EXPECT_GT(left, 0U);
            return;
        } catch (ErrorException const& exception) {
            expect_named(exception.error());
        }
    }
    FAIL() << "12 descriptors do not suffice";
}

}  // namespace
}  // namespace otp::test
