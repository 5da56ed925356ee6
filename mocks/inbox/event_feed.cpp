#include "inbox/event_feed.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <utility>

namespace otp::mocks {
namespace {

using Clock = std::chrono::steady_clock;
using Text = std::shared_ptr<std::string const>;

constexpr std::size_t most_behind = 1000;
/// After so long without an event a comment goes out, for proxies and clients that give up.
constexpr std::chrono::seconds quiet_time{15};
/// How long the server cannot notice that the client has gone.
constexpr std::chrono::milliseconds longest_wait{500};

}  // namespace

/// What one reader has not heard yet.
class EventFeed::Reader final : public ResponseStream {
public:
    Reader(EventFilter filter, std::string first) : filter_(std::move(filter)) {
        waiting_.push_back(std::make_shared<std::string const>(std::move(first)));
    }

    [[nodiscard]] EventFilter const& filter() const noexcept { return filter_; }

    void put(Text event) {
        std::lock_guard const lock(mutex_);
        if (waiting_.size() >= most_behind) {
            waiting_.clear();
            event = std::make_shared<std::string const>(event_text("lost", "{}"));
        }
        waiting_.push_back(std::move(event));
        changed_.notify_one();
    }

    void stop() {
        std::lock_guard const lock(mutex_);
        stopped_ = true;
        changed_.notify_one();
    }

    [[nodiscard]] std::optional<std::string> next() override {
        std::deque<Text> events;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, longest_wait, [&] { return stopped_ || !waiting_.empty(); });
            if (stopped_) return std::nullopt;
            events.swap(waiting_);
        }
        if (events.empty()) return comment();
        last_spoke_ = Clock::now();
        std::string all;
        for (Text const& event : events) all += *event;
        return all;
    }

private:
    std::string comment() {
        if (Clock::now() - last_spoke_ < quiet_time) return {};
        last_spoke_ = Clock::now();
        return ":\n\n";
    }

    EventFilter const filter_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Text> waiting_;
    bool stopped_{false};
    // Of the thread that reads.
    Clock::time_point last_spoke_{Clock::now()};
};

std::shared_ptr<ResponseStream> EventFeed::open(EventFilter filter, std::string first) {
    auto reader = std::make_shared<Reader>(std::move(filter), std::move(first));
    std::lock_guard const lock(mutex_);
    if (stopped_) reader->stop();
    readers_.push_back(reader);
    return reader;
}

std::size_t EventFeed::readers() const {
    std::lock_guard const lock(mutex_);
    std::erase_if(readers_, [](auto const& each) { return each.expired(); });
    return readers_.size();
}

void EventFeed::publish(
    std::string_view name, Audience const& audience, std::function<std::string()> const& data
) {
    std::lock_guard const lock(mutex_);
    Text event;
    for (auto const& each : readers_) {
        auto const reader = each.lock();
        if (!reader || !audience(reader->filter())) continue;
        if (!event) event = std::make_shared<std::string const>(event_text(name, data()));
        reader->put(event);
    }
}

void EventFeed::stop() {
    std::lock_guard const lock(mutex_);
    stopped_ = true;
    for (auto const& each : readers_) {
        if (auto const reader = each.lock()) reader->stop();
    }
}

std::string event_text(std::string_view name, std::string_view data) {
    std::string text = "event: ";
    text += name;
    text += "\ndata: ";
    text += data;
    text += "\n\n";
    return text;
}

}  // namespace otp::mocks
