#include "raw_client.hpp"

#include <chrono>
#include <condition_variable>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace otp::mocks::test {
namespace {

/// Reads events on a thread of its own until it is destroyed.
class Listener {
public:
    explicit Listener(std::uint16_t port, std::string query = {})
        : client_("127.0.0.1", port), thread_([this, query] { listen(query); }) {}
    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;
    ~Listener() {
        {
            std::lock_guard const lock(mutex_);
            done_ = true;
        }
        client_.stop();
        thread_.join();
    }

    /// The data of the next event, which has to be of that name; empty if there is none in time.
    std::string next(std::string const& name) {
        std::unique_lock lock(mutex_);
        std::string event;
        bool const there = changed_.wait_for(lock, std::chrono::seconds(30), [&] {
            auto const end = text_.find("\n\n");
            if (end == std::string::npos) return false;
            event = text_.substr(0, end);
            text_.erase(0, end + 2);
            return !event.starts_with(":");
        });
        auto const begin = "event: " + name + "\ndata: ";
        EXPECT_TRUE(there) << name;
        EXPECT_EQ(event.substr(0, begin.size()), begin);
        return event.size() < begin.size() ? std::string() : event.substr(begin.size());
    }
    /// One member of it.
    std::string next(std::string const& name, std::string_view pointer) {
        return Answer{200, next(name), {}}.at(pointer);
    }
    [[nodiscard]] std::string type() {
        std::lock_guard const lock(mutex_);
        return type_;
    }

private:
    void listen(std::string const& query) {
        client_.set_read_timeout(std::chrono::seconds(60));
        client_.Get(
            "/api/events" + query,
            [&](httplib::Response const& response) {
                std::lock_guard const lock(mutex_);
                type_ = response.get_header_value("Content-Type");
                return response.status == 200;
            },
            [&](char const* bytes, std::size_t size) {
                std::lock_guard const lock(mutex_);
                text_.append(bytes, size);
                changed_.notify_one();
                return !done_;
            }
        );
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::string type_;
    std::string text_;
    bool done_{false};
    httplib::Client client_;
    std::thread thread_;
};

class InboxEvents : public testing::Test {
protected:
    void send(std::string const& prefix = {}) {
        bench.request(
            "POST",
            prefix + "/loyaltydog/v2/giftcards/customers/otp/send",
            bench.authorization("loyaltydog"),
            R"({"target":"+12025550162"})"
        );
    }

    Bench bench;
};

TEST_F(InboxEvents, begin_with_how_things_are) {
    send();
    Listener listener(bench.mock.port());
    EXPECT_EQ(
        listener.next("hello"),
        R"({"now":"2023-11-14T22:13:20.000Z","moved_ms":0,"messages":1,"keep":20000,"vendors":[)"
        R"({"name":"spherepay","title":"SpherePay"},{"name":"loyaltydog","title":"LoyaltyDog"},)"
        R"({"name":"10npay","title":"10nPay"},{"name":"eko","title":"Eko"},)"
        R"({"name":"stytch","title":"Stytch"}],"held":0})"
    );
    EXPECT_EQ(listener.type(), "text/event-stream");
}

TEST_F(InboxEvents, tell_of_messages_and_what_becomes_of_them) {
    Listener listener(bench.mock.port());
    listener.next("hello");
    send();
    auto const message = listener.next("message");
    EXPECT_EQ(message, bench.request("GET", "/api/messages/latest", {}).body);
    EXPECT_EQ(listener.next("exchange", "/message"), "\"message-1\"");
    auto const code = bench.last_code("loyaltydog");
    bench.verify("loyaltydog", "+12025550162", wrong_code(code));
    EXPECT_EQ(listener.next("message", "/wrong_attempts"), "1");
    EXPECT_EQ(listener.next("exchange", "/why/broken_by"), "\"body /code\"");
    send();
    EXPECT_EQ(listener.next("message", "/state"), "\"superseded\"");
    EXPECT_EQ(listener.next("message", "/id"), "\"message-2\"");
    EXPECT_EQ(listener.next("exchange", "/id"), "\"exchange-3\"");
}

TEST_F(InboxEvents, tell_of_switches) {
    Listener listener(bench.mock.port());
    listener.next("hello");
    MockFault of_a_session{"cut"};
    of_a_session.session = "alice";
    bench.mock.add_fault(of_a_session);
    bench.mock.add_fault({"html_502"});
    EXPECT_EQ(listener.next("faults", "/0/fault"), "\"html_502\"");
    bench.mock.clear_faults();
    EXPECT_EQ(listener.next("faults"), "[]");
    bench.mock.advance_clock(std::chrono::minutes(1));
    EXPECT_EQ(
        listener.next("clock"),
        R"({"session":"","now":"2023-11-14T22:14:20.000Z","moved_ms":60000})"
    );
    bench.mock.clear();
    EXPECT_EQ(listener.next("cleared"), R"({"session":null})");
}

TEST_F(InboxEvents, tell_of_a_session) {
    Listener listener(bench.mock.port(), "?session=alice&vendor=loyaltydog");
    listener.next("hello");
    send();
    bench.mock.add_fault({"html_502"});
    bench.mock.advance_clock(std::chrono::minutes(1));
    bench.mock.clear("bob");
    send("/session/alice");
    EXPECT_EQ(listener.next("message", "/session"), "\"alice\"");
    EXPECT_EQ(listener.next("exchange", "/session"), "\"alice\"");
    bench.mock.clear("alice");
    EXPECT_EQ(listener.next("cleared"), R"({"session":"alice"})");
    bench.mock.clear();
    EXPECT_EQ(listener.next("cleared"), R"({"session":null})");
}

TEST_F(InboxEvents, tell_twice_of_an_answer_that_is_held) {
    Listener listener(bench.mock.port());
    listener.next("hello");
    bench.mock.add_fault({"stall"});
    listener.next("faults");
    std::thread held([&] { send(); });
    listener.next("message");
    EXPECT_EQ(listener.next("exchange", "/outcome"), "\"held\"");
    Listener later(bench.mock.port());
    EXPECT_EQ(later.next("hello", "/held"), "1");
    ASSERT_TRUE(bench.mock.wait_until_held(1));
    bench.mock.release_held();
    EXPECT_EQ(listener.next("exchange", "/outcome"), "\"answered\"");
    held.join();
    Listener last(bench.mock.port());
    EXPECT_EQ(last.next("hello", "/held"), "0");
}

TEST_F(InboxEvents, refuse_what_they_do_not_know) {
    for (char const* query : {"?vendor=eco", "?wait=1s", "?session=a%20b", "?to="}) {
        EXPECT_EQ(bench.request("GET", "/api/events" + std::string(query), {}).status, 400);
    }
    EXPECT_EQ(bench.request("POST", "/api/events", {}, "{}").status, 405);
}

TEST_F(InboxEvents, take_half_of_the_threads_at_most) {
    std::vector<std::unique_ptr<Listener>> listeners;
    for (int count = 0; count < 4; ++count) {
        listeners.push_back(std::make_unique<Listener>(bench.mock.port()));
        listeners.back()->next("hello");
    }
    auto const refused = bench.request("GET", "/api/events", {});
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(bench.request("GET", "/api/messages/latest?wait=60s", {}).status, 503);
    send();
    for (auto& each : listeners) EXPECT_EQ(each->next("message", "/id"), "\"message-1\"");
}

TEST(InboxEventsEnd, with_the_vendors) {
    std::optional<Bench> bench(std::in_place);
    Listener listener(bench->mock.port());
    listener.next("hello");
    auto const begin = std::chrono::steady_clock::now();
    bench.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace otp::mocks::test
