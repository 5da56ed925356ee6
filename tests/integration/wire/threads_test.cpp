// One client shared by many threads, with everything that may happen at once: sends and checks,
// cancellations, time limits, a server that cuts connections, shutdown and destruction. Run under
// ThreadSanitizer it must also be free of races (docs/testing.md).

#include "integration/wire/closing_server.hpp"
#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"

#include <otp/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/errc.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t thread_count = 8;
constexpr std::size_t rounds = 12;
constexpr std::size_t operations_of_a_caller = 40;
// Fewer than there are callers, so that some wait for a connection.
constexpr std::size_t max_connections = 6;

// As https://stytch.com/docs/api/send-otp-by-sms and https://stytch.com/docs/api/authenticate-otp
// show them.
constexpr char sent_body[] =
    R"({"status_code":200,"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",)"
    R"("user_id":"user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",)"
    R"("phone_id":"phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0"})";
constexpr char checked_body[] =
    R"({"status_code":200,"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",)"
    R"("user_id":"user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",)"
    R"("method_id":"phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0",)"
    R"("session_jwt":"","session_token":"","session":null,"reset_sessions":false})";

/// Mostly a good vendor; some connections end early, some requests are never answered.
void serve(Peer& peer, std::size_t connection) {
    std::mt19937_64 random(connection);
    while (auto const request = peer.read_request()) {
        switch (random() % 40) {
            case 0:
                return peer.cut();
            case 1:
                return peer.reset();
            case 2:
                return peer.read_to_end();
            default:
                peer.write(ok_response(
                    request->starts_with("POST /v1/otps/authenticate") ? checked_body : sent_body
                ));
        }
    }
}

/// Counts operations that were started and that completed, and what they came to.
class Ledger {
public:
    void started() { ++started_; }

    void completed(std::optional<Error> const& error) {
        ++completed_;
        if (!error) {
            ++succeeded_;
            return;
        }
        switch (error->category) {
            case ErrorCategory::cancelled:
                ++cancelled_;
                break;
            case ErrorCategory::timeout:
            case ErrorCategory::deadline_exceeded:
                ++late_;
                break;
            case ErrorCategory::connection_lost:
                ++lost_;
                break;
            default: {
                std::lock_guard const lock(mutex_);
                unexpected_ += error->message + "\n";
            }
        }
    }

    [[nodiscard]] bool balanced() const { return started_ == completed_; }

    void judge() const {
        std::printf(
            "%zu operations: %zu succeeded, %zu cancelled, %zu too late, %zu lost\n",
            started_.load(),
            succeeded_.load(),
            cancelled_.load(),
            late_.load(),
            lost_.load()
        );
        EXPECT_EQ(started_, completed_);
        EXPECT_EQ(unexpected_, "");
        EXPECT_GT(succeeded_, started_ / 10);
        EXPECT_GT(cancelled_, 0U);
        EXPECT_GT(late_, 0U);
    }

private:
    std::atomic<std::size_t> started_{0};
    std::atomic<std::size_t> completed_{0};
    std::atomic<std::size_t> succeeded_{0};
    std::atomic<std::size_t> cancelled_{0};
    std::atomic<std::size_t> late_{0};
    std::atomic<std::size_t> lost_{0};
    std::mutex mutex_;
    std::string unexpected_;
};

SendOtp example_send(std::mt19937_64& random) {
    SendOtp send(PhoneNumber::parse("+12025550162").value());
    send.deadline = random() % 6 == 0 ? std::chrono::milliseconds(1 + random() % 8) : 5'000ms;
    return send;
}

/// One send, perhaps with a check after it, that may be cancelled. It lives on a strand of its own,
/// as Asio wants it for a cancellation signal.
class CancellableSend : public std::enable_shared_from_this<CancellableSend> {
public:
    CancellableSend(
        asio::io_context& context, std::shared_ptr<OtpClient> client, Ledger& ledger, unsigned seed
    )
        : strand_(asio::make_strand(context)),
          timer_(strand_),
          client_(std::move(client)),
          ledger_(ledger),
          random_(seed) {}

    void start() {
        ledger_.started();
        asio::post(strand_, [self = shared_from_this()] { self->send(); });
    }

private:
    void send() {
        auto const on_sent = [self = shared_from_this()](Result<SendReceipt> sent) {
            EXPECT_FALSE(std::exchange(self->sent_, true)) << "completed twice";
            self->timer_.cancel();
            self->ledger_.completed(sent ? std::nullopt : std::optional(sent.error()));
            if (sent && self->random_() % 4 == 0) self->check(sent->handle);
            self->client_.reset();
        };
        client_->async_send(
            "login",
            example_send(random_),
            asio::bind_cancellation_slot(signal_.slot(), asio::bind_executor(strand_, on_sent))
        );
        plan_cancellation();
    }

    void plan_cancellation() {
        switch (random_() % 4) {
            case 0:
                return signal_.emit(asio::cancellation_type::terminal);
            case 1:
                return asio::post(strand_, [self = shared_from_this()] {
                    self->signal_.emit(asio::cancellation_type::total);
                });
            case 2:
                timer_.expires_after(std::chrono::microseconds(random_() % 3000));
                return timer_.async_wait([self = shared_from_this(
                                          )](boost::system::error_code cancelled) {
                    if (!cancelled) self->signal_.emit(asio::cancellation_type::partial);
                });
            default:
                return;
        }
    }

    void check(VerificationHandle handle) {
        ledger_.started();
        VerifyOtp verify(std::move(handle), OtpCode::parse("123456").value());
        client_->async_verify(
            std::move(verify),
            asio::bind_executor(
                strand_,
                [self = shared_from_this()](Result<Verification> checked) {
                    EXPECT_FALSE(std::exchange(self->checked_, true)) << "completed twice";
                    self->ledger_.completed(
                        checked ? std::nullopt : std::optional(checked.error())
                    );
                }
            )
        );
    }

    asio::strand<asio::io_context::executor_type> strand_;
    asio::steady_timer timer_;
    asio::cancellation_signal signal_;
    std::shared_ptr<OtpClient> client_;
    Ledger& ledger_;
    std::mt19937_64 random_;
    bool sent_{false};
    bool checked_{false};
};

/// Whatever the strand does meanwhile.
void look_at_health(OtpClient const& client) {
    for (auto const& one : client.health()) {
        ASSERT_TRUE(one.connections);
        EXPECT_LE(one.connections->idle, one.connections->open);
        EXPECT_LE(one.connections->open, max_connections);
        EXPECT_LE(one.connections->opening, max_connections);
        EXPECT_LE(one.connections->waiting, 2 * thread_count * operations_of_a_caller);
    }
}

/// What a caller's thread does with the shared client.
void call(
    asio::io_context& context,
    std::shared_ptr<OtpClient> const& client,
    Ledger& ledger,
    unsigned seed
) {
    std::mt19937_64 random(seed);
    for (std::size_t i = 0; i < operations_of_a_caller; ++i) {
        look_at_health(*client);
        switch (random() % 4) {
            case 0: {
                ledger.started();
                auto future = client->async_send("login", example_send(random), asio::use_future);
                auto const sent = future.get();
                ledger.completed(sent ? std::nullopt : std::optional(sent.error()));
                break;
            }
            case 1:
                // Straight from this thread, completed on any of the context's.
                ledger.started();
                client->async_send("login", example_send(random), [&](Result<SendReceipt> sent) {
                    ledger.completed(sent ? std::nullopt : std::optional(sent.error()));
                });
                break;
            case 2:
                client->warm_up(random() % 4);
                [[fallthrough]];
            default:
                std::make_shared<CancellableSend>(
                    context, client, ledger, static_cast<unsigned>(random())
                )
                    ->start();
        }
    }
}

ClientConfig configuration(std::string const& base_url) {
    InstanceConfig instance;
    instance.name = "stytch";
    instance.vendor = "stytch";
    instance.base_url = base_url;
    instance.credentials.emplace("project_id", Secret("project-test-not-a-real-project"));
    instance.credentials.emplace("secret", Secret("secret-test-not-a-real-secret"));
    instance.tls.ca_file = test_authority().ca_file();
    instance.limits.max_connections = max_connections;
    instance.limits.first_byte_timeout = 100ms;
    ClientConfig config;
    config.instances.push_back(std::move(instance));
    config.routes.push_back({"login", {"stytch"}});
    return config;
}

ClientOptions without_environment() {
    ClientOptions options;
    options.environment = [](std::string const&) { return std::nullopt; };
    return options;
}

class ManyThreads : public testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(OverBoth, ManyThreads, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

TEST_P(ManyThreads, ShareAClientThatIsCancelledShutDownAndDestroyed) {
    auto const& authority = test_authority();
    ServerTls const tls{authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}};
    ScriptedServer const server(serve, GetParam() ? std::optional(tls) : std::nullopt);
    std::mt19937_64 random(announced_seed());

    asio::io_context context;
    auto work = asio::make_work_guard(context);
    std::vector<std::thread> runners;
    for (std::size_t i = 0; i < thread_count; ++i) {
        runners.emplace_back([&context] { context.run(); });
    }

    Ledger ledger;
    for (std::size_t round = 0; round < rounds; ++round) {
        auto client = std::make_shared<OtpClient>(
            context.get_executor(), configuration(server.base_url()), without_environment()
        );
        std::vector<std::thread> callers;
        for (std::size_t i = 0; i < thread_count; ++i) {
            callers.emplace_back([&, client, seed = static_cast<unsigned>(random())] {
                call(context, client, ledger, seed);
            });
        }
        if (round % 3 == 0) {
            // While the callers go on: what comes too late is cancelled.
            std::promise<boost::system::error_code> shut_down;
            client->async_shutdown(
                std::chrono::milliseconds(random() % 20),
                [&](boost::system::error_code error) { shut_down.set_value(error); }
            );
            auto const error = shut_down.get_future().get();
            EXPECT_TRUE(!error || error == boost::system::errc::timed_out) << error;
        }
        // The last owner destroys the client, with operations in flight.
        client.reset();
        for (auto& caller : callers) caller.join();
    }

    auto const give_up = std::chrono::steady_clock::now() + 20s;
    while (!ledger.balanced() && std::chrono::steady_clock::now() < give_up) {
        std::this_thread::yield();
    }
    work.reset();
    // Idle connections and abandoned waits do not keep the context running.
    for (auto& runner : runners) runner.join();
    ledger.judge();
}

/// Answers, and ends all its connections at once when told to.
class ForgetfulServer {
public:
    ForgetfulServer() : server_([this](Peer& peer, std::size_t) { serve_until_told(peer); }) {}

    [[nodiscard]] std::string base_url() const { return server_.base_url(); }

    void forget_everybody() {
        std::lock_guard const lock(mutex_);
        ++generation_;
        changed_.notify_all();
    }

private:
    void serve_until_told(Peer& peer) {
        if (!peer.read_request()) return;
        std::unique_lock lock(mutex_);
        auto const mine = generation_;
        peer.write(ok_response(sent_body));
        changed_.wait_for(lock, 10s, [&] { return generation_ != mine; });
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    int generation_{0};
    // Last, since its threads use the rest.
    ScriptedServer server_;
};

// Idle connections are not counted as work of the context. When many of them end at once, the count
// must not come to nothing meanwhile: the context would stop for good.
TEST(Threads, GoOnWhenAllIdleConnectionsEndAtOnce) {
    ForgetfulServer server;
    asio::io_context context;
    auto work = asio::make_work_guard(context);
    std::vector<std::thread> runners;
    for (std::size_t i = 0; i < thread_count; ++i) {
        runners.emplace_back([&context] { context.run(); });
    }
    {
        OtpClient client(
            context.get_executor(), configuration(server.base_url()), without_environment()
        );
        for (int round = 0; round < 20; ++round) {
            std::vector<std::future<Result<SendReceipt>>> pending;
            for (int i = 0; i < 6; ++i) {
                SendOtp send(PhoneNumber::parse("+12025550162").value());
                pending.push_back(client.async_send("login", std::move(send), asio::use_future));
            }
            for (auto& one : pending) {
                ASSERT_EQ(one.wait_for(20s), std::future_status::ready) << "round " << round;
                (void)one.get();
            }
            server.forget_everybody();
        }
    }
    ASSERT_FALSE(context.stopped());
    work.reset();
    for (auto& runner : runners) runner.join();
}

TEST(Threads, LetTheContextFinishWithAnIdleConnection) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response(sent_body));
    });
    asio::io_context context;
    OtpClient client(
        context.get_executor(), configuration(server.base_url()), without_environment()
    );
    for (int i = 0; i < 2; ++i) {
        bool sent = false;
        client.async_send(
            "login",
            SendOtp(PhoneNumber::parse("+12025550162").value()),
            [&](Result<SendReceipt> const& result) { sent = result.has_value(); }
        );
        auto const begun = std::chrono::steady_clock::now();
        context.restart();
        context.run_for(10s);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
        EXPECT_TRUE(sent);
    }
}

}  // namespace
}  // namespace otp::test
