// A server that closes a kept connection at a random moment: the race that every keep-alive client
// has, and in which many HTTP libraries send a POST twice.

#include "delivery/decide/classify.hpp"
#include "integration/wire/closing_server.hpp"
#include "support/certificate_authority.hpp"
#include "support/transport_harness.hpp"

#include <cstdio>
#include <curl/curl.h>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

/// What the client did in a run and was told.
struct Told {
    Delivery delivery;
    std::uint64_t bytes_taken;
    bool reused_connection;
    bool impatient;
    std::string error;
};

/// How long the client waits between the two requests, and for the second one. Without a pause the
/// second begins in the completion of the first.
struct Habit {
    std::chrono::microseconds pause{0};
    std::chrono::microseconds time_limit{5s};
};

Habit random_habit(std::mt19937_64& random) {
    Habit habit;
    if (random() % 2 == 0) habit.pause = std::chrono::microseconds(random() % 300);
    if (random() % 16 == 0) habit.pause = std::chrono::microseconds(random() % 4000);
    // Some callers give up, at whatever point the request has reached.
    if (random() % 8 == 0) habit.time_limit = std::chrono::microseconds(random() % 300);
    return habit;
}

/// Whether another connection of the same transport is in use meanwhile. Alone, a connection is
/// looked at by a system call of its own; in company, mostly by one for all of them.
enum class Company { none, one };

class Runs {
public:
    Runs(std::string base_url, Company company, std::uint64_t seed)
        : base_url_(std::move(base_url)), company_(company), random_(seed) {}

    Told run(std::size_t number) {
        if (!harness_) connect();
        Habit const habit = random_habit(random_);
        std::optional<HttpExchange> ended;
        int completions = 0;
        auto const begin_second = [&] {
            harness_->transport->async_exchange(
                send_request(second_body(number)),
                std::chrono::steady_clock::now() + habit.time_limit,
                [&](HttpExchange exchange) {
                    ++completions;
                    ended.emplace(std::move(exchange));
                }
            );
        };
        bool const at_once = habit.pause == 0us;
        bool const answered = send_first(number, [&] {
            if (at_once) begin_second();
        });
        auto const until = std::chrono::steady_clock::now() + habit.pause;
        while (std::chrono::steady_clock::now() < until) harness_->poll();
        if (!at_once || !answered) begin_second();
        EXPECT_TRUE(harness_->run_until([&] { return ended.has_value(); })) << number;
        EXPECT_EQ(completions, 1) << number;
        bool const failed = ended->outcome.has_error();
        Told told{
            failed ? delivery::classify_failure(*ended) : Delivery::accepted,
            ended->bytes_taken,
            ended->reused_connection,
            habit.time_limit < 1s,
            failed ? ended->outcome.error().message : std::string()};
        // The kept connection may be as good as before, but the server takes what it reads there
        // for this run's.
        if (told.delivery == Delivery::not_sent) harness_.reset();
        return told;
    }

private:
    void connect() {
        harness_.emplace(base_url_, [](InstanceConfig& instance) {
            instance.tls.ca_file = test_authority().ca_file();
            instance.limits.first_byte_timeout = 1h;
            instance.limits.attempt_timeout = 1h;
        });
        // First in line, so it has its connection before a run's first request has one.
        if (company_ == Company::one) harness_->start(send_request(companion_body()), 1h);
    }

    /// Whether the first request was answered; `when_answered` is called in its completion.
    bool send_first(std::size_t number, std::function<void()> const& when_answered) {
        // The last run's connection may be dying, too: an application would try again.
        for (int tries = 0; tries < 10; ++tries) {
            std::optional<bool> answered;
            harness_->transport->async_exchange(
                send_request(first_body(number)),
                std::chrono::steady_clock::now() + 10s,
                [&](HttpExchange exchange) {
                    answered = exchange.outcome.has_value();
                    if (*answered) when_answered();
                }
            );
            EXPECT_TRUE(harness_->run_until([&] { return answered.has_value(); })) << number;
            if (*answered) return true;
        }
        return false;
    }

    std::string base_url_;
    Company company_;
    std::mt19937_64 random_;
    std::optional<TransportHarness> harness_;
};

/// Whether the word is the right one for what the server saw.
void judge(Told const& told, ClosingServer::Seen const& seen, Closing const& closing) {
    EXPECT_LE(seen.processed, 1) << "processed twice";
    if (told.delivery == Delivery::not_sent) {
        EXPECT_EQ(seen.bytes, 0U) << "called not_sent: " << told.error;
        EXPECT_EQ(told.bytes_taken, 0U);
    }
    if (told.delivery == Delivery::accepted) {
        EXPECT_EQ(seen.processed, 1);
    }
    if (told.impatient) return;
    // The caller waited, so the moment alone decides.
    switch (closing.moment) {
        case Moment::idle:
            // A connection found dead is replaced; one that died under the request is not.
            EXPECT_NE(told.delivery, Delivery::not_sent) << told.error;
            break;
        case Moment::partial_request:
        case Moment::before_answer:
        case Moment::partial_answer:
            EXPECT_EQ(told.delivery, Delivery::unknown) << told.error;
            break;
        case Moment::after_answer:
            EXPECT_EQ(told.delivery, Delivery::accepted) << told.error;
            break;
    }
}

std::string describe(Closing const& closing) {
    static constexpr char const* moments[] = {
        "idle", "partial request", "before the answer", "partial answer", "after the answer"};
    static constexpr char const* endings[] = {"finish", "cut", "reset"};
    return std::string(moments[static_cast<int>(closing.moment)]) + ", " +
           endings[static_cast<int>(closing.ending)] + ", " + std::to_string(closing.bytes) +
           " bytes, " + std::to_string(closing.pause.count()) + " us";
}

void expect_certainty(std::size_t count, Company company, std::optional<ServerTls> tls) {
    auto const seed = announced_seed();
    auto const closings = random_closings(seed, count);
    ClosingServer server(closings, std::move(tls));
    std::vector<Told> told;
    auto const begun = std::chrono::steady_clock::now();
    {
        Runs runs(server.base_url(), company, seed + 1);
        for (std::size_t i = 0; i < count && !testing::Test::HasFatalFailure(); ++i) {
            told.push_back(runs.run(i));
        }
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
    auto const connections = server.connections();
    auto const seen = server.stop();

    std::map<Delivery, std::size_t> words;
    std::size_t reused = 0;
    std::size_t replaced = 0;
    for (std::size_t i = 0; i < told.size(); ++i) {
        SCOPED_TRACE("run " + std::to_string(i) + ": " + describe(closings[i]));
        judge(told[i], seen[i], closings[i]);
        ++words[told[i].delivery];
        if (told[i].reused_connection) ++reused;
        if (closings[i].moment == Moment::idle && told[i].delivery == Delivery::accepted) {
            ++replaced;
        }
        if (testing::Test::HasFailure()) break;
    }
    std::printf(
        "%zu runs in %.1f s over %zu connections: %zu accepted, %zu unknown, %zu not sent; %zu on "
        "the kept connection, %zu idle losses survived\n",
        told.size(),
        took.count(),
        connections,
        words[Delivery::accepted],
        words[Delivery::unknown],
        words[Delivery::not_sent],
        reused,
        replaced
    );
    // The test would prove nothing if one of these never happened.
    EXPECT_GT(words[Delivery::accepted], count / 20);
    EXPECT_GT(words[Delivery::unknown], count / 20);
    EXPECT_GT(words[Delivery::not_sent], 0U);
    EXPECT_GT(reused, count / 4);
    EXPECT_GT(replaced, count / 20);
}

ServerTls tls_settings() {
    auto const& authority = test_authority();
    return {authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}};
}

TEST(StaleKeepAlive, NeverSendsTwicePlain) {
    expect_certainty(4'600, Company::none, {});
}

TEST(StaleKeepAlive, NeverSendsTwicePlainInCompany) {
    expect_certainty(4'600, Company::one, {});
}

TEST(StaleKeepAlive, NeverSendsTwiceOverTls) {
    expect_certainty(400, Company::none, tls_settings());
}

TEST(StaleKeepAlive, NeverSendsTwiceOverTlsInCompany) {
    expect_certainty(400, Company::one, tls_settings());
}

std::size_t ignore_answer(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

/// A POST with a connection that is kept, as an application would write it.
class CurlPost {
public:
    explicit CurlPost(std::string const& base_url)
        : handle_(curl_easy_init()),
          headers_(curl_slist_append(nullptr, "Content-Type: application/json")) {
        std::string const url = base_url + "/send";
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_HTTPHEADER, headers_);
        set(CURLOPT_WRITEFUNCTION, &ignore_answer);
        set(CURLOPT_TIMEOUT_MS, 5000L);
        set(CURLOPT_NOSIGNAL, 1L);
    }
    ~CurlPost() {
        curl_easy_cleanup(handle_);
        curl_slist_free_all(headers_);
    }
    CurlPost(CurlPost const&) = delete;
    CurlPost& operator=(CurlPost const&) = delete;

    bool send(std::string const& body) {
        set(CURLOPT_COPYPOSTFIELDS, body.c_str());
        return curl_easy_perform(handle_) == CURLE_OK;
    }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        ASSERT_EQ(curl_easy_setopt(handle_, option, value), CURLE_OK);
    }

    CURL* handle_;
    curl_slist* headers_;
};

// The control: the same schedule through libcurl, which repeats a POST on a kept connection that
// died before the first byte of an answer. It shows that this server would see a double send.
TEST(StaleKeepAlive, IsSeenToSendTwiceWithLibcurl) {
    constexpr std::size_t count = 600;
    auto const closings = random_closings(announced_seed(), count);
    ClosingServer server(closings, {});
    std::size_t successes = 0;
    {
        CurlPost curl(server.base_url());
        for (std::size_t i = 0; i < count; ++i) {
            for (int tries = 0; tries < 10 && !curl.send(first_body(i)); ++tries) {
            }
            if (curl.send(second_body(i))) ++successes;
        }
    }
    std::size_t duplicates = 0;
    for (auto const& seen : server.stop()) {
        if (seen.processed > 1) ++duplicates;
    }
    std::printf(
        "libcurl %s: %zu of %zu requests were processed twice, %zu called successful\n",
        curl_version_info(CURLVERSION_NOW)->version,
        duplicates,
        count,
        successes
    );
    EXPECT_GT(duplicates, 0U);
}

}  // namespace
}  // namespace otp::test
