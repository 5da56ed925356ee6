// A client whose vendors' names are looked up slowly, wrongly or not at all, in virtual time: only
// sockets are real.

#include "integration/http/replaced_names.hpp"
#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"

#include <otp/client.hpp>
#include <otp/testing/manual_clock.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/errc.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <netdb.h>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using ::testing::HasSubstr;

constexpr std::string_view sent_body =
    R"({"status_code":200,"request_id":"request-id-test-1","user_id":"user-test-1",)"
    R"("phone_id":"phone-number-test-1","user_created":false})";

ReplacedNames& names() {
    return ReplacedNames::all();
}

/// For `*.names.test`.
ServerTls const& certificate() {
    static ServerTls const made = [] {
        auto const& authority = test_authority();
        (void)authority.directory().write("names.ext", "subjectAltName=DNS:*.names.test\n");
        authority.run(
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
            " -extfile names.ext -out names.pem"
        );
        return ServerTls{authority.file("names.pem"), authority.key(), {}, {}, 0, 0, 2, {}};
    }();
    return made;
}

struct Sending {
    int completions{0};
    std::optional<Result<SendReceipt>> outcome;

    [[nodiscard]] bool is_done() const { return completions > 0; }
};

void expect_late(Sending const& sending, std::string const& name) {
    ASSERT_EQ(sending.completions, 1);
    ASSERT_FALSE(*sending.outcome);
    auto const& error = sending.outcome->error();
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.phase, ExchangePhase::resolving);
    EXPECT_THAT(error.message, HasSubstr("looking up the name " + name));
}

void expect_sent(Sending const& sending) {
    ASSERT_EQ(sending.completions, 1);
    EXPECT_TRUE(*sending.outcome) << sending.outcome->error();
}

class VendorNames : public ::testing::TestWithParam<Threading> {
protected:
    using Pointer = std::shared_ptr<Sending>;

    std::string url_of(std::string const& name) const {
        return "https://" + name + ':' + std::to_string(server.port());
    }

    /// A name that no other test asks for.
    static std::string host(std::string const& label) {
        return label + (GetParam() == Threading::single ? "-single" : "-multiple") + ".names.test";
    }

    /// The instances `vendor0`, `vendor1`, ... at those hosts, which are asked once.
    ClientConfig config_of(std::vector<std::string> const& hosts) const {
        ClientConfig config;
        for (auto const& name : hosts) {
            InstanceConfig instance;
            instance.name = "vendor" + std::to_string(config.instances.size());
            instance.vendor = "stytch";
            instance.base_url = url_of(name);
            instance.credentials.emplace("project_id", Secret("project-test-0123456789abcdef"));
            instance.credentials.emplace("secret", Secret("secret-test-0123456789abcdef"));
            instance.tls.ca_file = test_authority().ca_file();
            instance.delivery.retry.attempts = 1;
            config.instances.push_back(std::move(instance));
        }
        return config;
    }

    void make_client(std::vector<std::string> const& hosts) { make_client_of(config_of(hosts)); }
    void make_client_of(ClientConfig config) {
        ClientOptions options;
        options.threading = GetParam();
        options.clock = clock;
        options.environment = nullptr;
        client.emplace(context.get_executor(), std::move(config), std::move(options));
    }

    Pointer send(std::string const& instance = "vendor0") {
        auto sending = std::make_shared<Sending>();
        client->async_send(
            SendTarget::instance(instance),
            SendOtp(PhoneNumber::parse("+12025550162").value()),
            [sending](Result<SendReceipt> outcome) {
                ++sending->completions;
                sending->outcome.emplace(std::move(outcome));
            }
        );
        settle();
        return sending;
    }

    void settle() {
        context.restart();
        context.poll();
    }
    void advance(std::chrono::milliseconds time) {
        clock->advance(time);
        settle();
    }
    void run_until(std::function<bool()> const& done) {
        auto const give_up = std::chrono::steady_clock::now() + 10s;
        while (!done() && std::chrono::steady_clock::now() < give_up) {
            context.restart();
            context.run_one_for(10ms);
        }
        ASSERT_TRUE(done()) << "not within ten seconds";
    }
    void run_until_asked(std::string const& name, int times) {
        run_until([&] { return names().asked(name) >= times; });
    }
    void run_until_done(std::vector<Pointer> const& sendings) {
        run_until([&] {
            return std::all_of(sendings.begin(), sendings.end(), [](auto const& sending) {
                return sending->is_done();
            });
        });
    }

    /// Closes each connection, so that each send needs a new one.
    ScriptedServer server{
        [](Peer& peer, std::size_t) {
            if (!peer.read_request()) return;
            peer.write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                "Content-Length: " +
                std::to_string(sent_body.size()) + "\r\n\r\n" + std::string(sent_body)
            );
            peer.finish();
        },
        certificate()};
    // Certificates are judged by it: later than the one that the first server makes.
    std::shared_ptr<otp::testing::ManualClock> clock = std::make_shared<otp::testing::ManualClock>(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + 60s
    );
    asio::io_context context{1};
    std::optional<OtpClient> client;
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    VendorNames,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) {
        return std::string(tested.param == Threading::single ? "Single" : "Multiple");
    }
);

// cases.md 1, first row.
TEST_P(VendorNames, ThatTakeFiveSecondsServeTheSendsThatStillWaitAndTheNext) {
    auto const late = host("late");
    make_client({late});
    std::vector<Pointer> sendings;
    {
        HeldName const held(late);
        for (int second = 0; second < 5; ++second) {
            sendings.push_back(send());
            advance(1s);
        }
        // The default `connect_timeout` is 3 s.
        for (std::size_t second = 0; second < 3; ++second) expect_late(*sendings[second], late);
    }
    sendings.push_back(send());
    run_until_done(sendings);
    for (std::size_t second = 3; second < sendings.size(); ++second) expect_sent(*sendings[second]);
    EXPECT_EQ(names().asked(late), 1);
}

TEST_P(VendorNames, WhoseAnswerNobodyWaitsForAnyMoreServeTheNextSend) {
    auto const late = host("unclaimed");
    make_client({late});
    auto const failed = [&] {
        HeldName const held(late);
        auto const sending = send();
        run_until_asked(late, 1);
        advance(3s);
        return sending;
    }();
    expect_late(*failed, late);
    auto const next = send();
    run_until_done({next});
    expect_sent(*next);
    EXPECT_EQ(names().asked(late), 1);
}

// Second row.
TEST_P(VendorNames, ThatHangKeepNoOtherVendorWaiting) {
    auto const dead = host("dead");
    HeldName const held(dead);
    make_client({dead, host("healthy")});
    auto const waiting = send("vendor0");
    run_until_asked(dead, 1);
    auto const healthy = send("vendor1");
    run_until_done({healthy});
    expect_sent(*healthy);
    EXPECT_FALSE(waiting->is_done());
    advance(3s);
    expect_late(*waiting, dead);
}

// Third row.
TEST_P(VendorNames, AreLookedUpOnceForSixtySendsAtOnce) {
    auto const busy = host("busy");
    make_client({busy});
    std::vector<Pointer> sendings;
    {
        HeldName const held(busy);
        for (int i = 0; i < 60; ++i) sendings.push_back(send());
        advance(200ms);
    }
    run_until_done(sendings);
    for (auto const& sending : sendings) expect_sent(*sending);
    EXPECT_EQ(names().asked(busy), 1);
}

TEST_P(VendorNames, ThatAreTheSameAreLookedUpOnceForAllInstancesAndClients) {
    auto const shared = host("shared");
    make_client({shared, shared});
    std::optional<OtpClient> other(std::move(client));
    make_client({shared});
    std::vector<Pointer> sendings;
    {
        HeldName const held(shared);
        sendings.push_back(send("vendor0"));
        client.swap(other);
        sendings.push_back(send("vendor0"));
        sendings.push_back(send("vendor1"));
    }
    run_until_done(sendings);
    for (auto const& sending : sendings) expect_sent(*sending);
    EXPECT_EQ(names().asked(shared), 1);
}

TEST_P(VendorNames, ThatAreOldServeWhileTheyAreRenewed) {
    auto const renewed = host("renewed");
    make_client({renewed});
    auto const first = send();
    run_until_done({first});
    advance(30s);
    {
        HeldName const held(renewed);
        for (int i = 0; i < 2; ++i) {
            auto const meanwhile = send();
            run_until_done({meanwhile});
            expect_sent(*meanwhile);
        }
        run_until_asked(renewed, 2);
        EXPECT_EQ(names().asked(renewed), 2);
        // For an hour, and not for ever.
        advance(1h - 30s);
        auto const later = send();
        advance(3s);
        expect_late(*later, renewed);
    }
    auto const next = send();
    run_until_done({next});
    expect_sent(*next);
}

TEST_P(VendorNames, ThatCannotBeRenewedServeAsTheyAre) {
    auto const kept = host("kept");
    make_client({kept});
    auto const first = send();
    run_until_done({first});
    for (auto const failure : {EAI_AGAIN, EAI_NONAME}) {
        names().fail(kept, failure);
        advance(30s);
        auto const asked = names().asked(kept);
        auto const meanwhile = send();
        run_until_done({meanwhile});
        run_until_asked(kept, asked + 1);
        auto const next = send();
        run_until_done({next});
        expect_sent(*next);
    }
}

TEST_P(VendorNames, ThatHaveMovedAreFollowed) {
    auto const moving = host("moving");
    make_client({moving});
    auto const first = send();
    run_until_done({first});
    // Nothing listens there.
    names().place(moving, {"127.0.0.2"});
    advance(30s);
    auto const at_old_place = send();
    run_until_done({at_old_place});
    expect_sent(*at_old_place);
    run_until_asked(moving, 2);
    std::optional<Error> failure;
    run_until([&] {
        auto const sending = send();
        run_until_done({sending});
        if (!*sending->outcome) failure = sending->outcome->error();
        return failure.has_value();
    });
    EXPECT_EQ(failure->delivery, Delivery::not_sent);
    EXPECT_EQ(failure->phase, ExchangePhase::connecting);
    EXPECT_THAT(failure->message, HasSubstr("127.0.0.2"));
    names().place(moving, {"127.0.0.1"});
    auto const back = send();
    run_until_done({back});
    expect_sent(*back);
}

TEST_P(VendorNames, ThatLeadToSomebodyElseAreAskedForAgain) {
    auto const stolen = host("stolen");
    // Its certificate is for other names.
    ScriptedServer const stranger(
        [](Peer&, std::size_t) {},
        ServerTls{test_authority().certificate(), test_authority().key(), {}, {}, 0, 0, 2, {}}
    );
    auto config = config_of({stolen});
    config.instances.front().base_url = "https://" + stolen + ':' + std::to_string(stranger.port());
    make_client_of(std::move(config));
    for (int asked = 1; asked < 3; ++asked) {
        auto const refused = send();
        run_until_done({refused});
        ASSERT_FALSE(*refused->outcome);
        EXPECT_EQ(refused->outcome->error().category, ErrorCategory::tls_failed);
        EXPECT_EQ(names().asked(stolen), asked);
    }
}

TEST_P(VendorNames, ThatHangDoNotKeepTheContextRunning) {
    auto const hanging = host("hanging");
    HeldName const held(hanging);
    make_client({hanging});
    auto const sending = send();
    run_until_asked(hanging, 1);
    clock->advance(3s);
    context.restart();
    context.run_for(10s);
    EXPECT_TRUE(context.stopped()) << "run returns when the send is done";
    expect_late(*sending, hanging);
}

TEST_P(VendorNames, ThatHangDoNotHoldUpADestructor) {
    auto const hanging = host("destroyed");
    HeldName const held(hanging);
    make_client({hanging});
    auto const sending = send();
    run_until_asked(hanging, 1);
    client.reset();
    context.restart();
    context.run_for(10s);
    EXPECT_TRUE(context.stopped());
    ASSERT_EQ(sending->completions, 1);
    EXPECT_EQ(sending->outcome->error().category, ErrorCategory::cancelled);
    EXPECT_EQ(sending->outcome->error().delivery, Delivery::not_sent);
}

TEST_P(VendorNames, ThatHangDoNotHoldUpAShutdown) {
    auto const hanging = host("shut");
    HeldName const held(hanging);
    make_client({hanging});
    auto const sending = send();
    run_until_asked(hanging, 1);
    std::optional<boost::system::error_code> shut;
    client->async_shutdown(1s, [&](boost::system::error_code error) { shut = error; });
    settle();
    EXPECT_FALSE(shut);
    advance(1s);
    run_until([&] { return shut.has_value(); });
    EXPECT_TRUE(*shut == boost::system::errc::timed_out) << shut->message();
    ASSERT_EQ(sending->completions, 1);
    EXPECT_EQ(sending->outcome->error().category, ErrorCategory::cancelled);
}

TEST_P(VendorNames, ThatHangDoNotHoldUpTheEndOfTheContext) {
    auto const hanging = host("ended");
    HeldName const held(hanging);
    auto const token = std::make_shared<int>(1);
    {
        asio::io_context ending(1);
        ClientOptions options;
        options.threading = GetParam();
        options.environment = nullptr;
        OtpClient left(ending.get_executor(), config_of({hanging}), std::move(options));
        left.async_send(
            SendTarget::instance("vendor0"),
            SendOtp(PhoneNumber::parse("+12025550162").value()),
            [token](Result<SendReceipt> const&) { FAIL() << "completed by nobody"; }
        );
        while (names().asked(hanging) == 0) ending.run_one_for(10ms);
        ending.stop();
    }
    EXPECT_EQ(token.use_count(), 1);
}

TEST(VendorNamesOfAPool, AreLookedUpOnceForManyThreads) {
    ScriptedServer const server(
        [](Peer& peer, std::size_t) {
            while (peer.read_request()) peer.write(ok_response(sent_body));
        },
        certificate()
    );
    InstanceConfig instance;
    instance.name = "vendor0";
    instance.vendor = "stytch";
    instance.base_url = "https://pool.names.test:" + std::to_string(server.port());
    instance.credentials.emplace("project_id", Secret("project-test-0123456789abcdef"));
    instance.credentials.emplace("secret", Secret("secret-test-0123456789abcdef"));
    instance.tls.ca_file = test_authority().ca_file();
    ClientConfig config;
    config.instances.push_back(std::move(instance));
    ClientOptions options;
    options.environment = nullptr;
    asio::thread_pool pool(4);
    OtpClient client(pool.get_executor(), std::move(config), std::move(options));
    std::vector<std::future<Result<SendReceipt>>> sendings;
    {
        HeldName const held("pool.names.test");
        for (int i = 0; i < 60; ++i) {
            sendings.push_back(client.async_send(
                SendTarget::instance("vendor0"),
                SendOtp(PhoneNumber::parse("+12025550162").value()),
                asio::use_future
            ));
        }
        while (names().asked("pool.names.test") == 0) std::this_thread::yield();
    }
    for (auto& sending : sendings) {
        auto const outcome = sending.get();
        EXPECT_TRUE(outcome) << outcome.error();
    }
    EXPECT_EQ(names().asked("pool.names.test"), 1);
    client.async_shutdown(5s, asio::use_future).get();
}

}  // namespace
}  // namespace otp::test
