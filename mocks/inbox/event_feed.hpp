#pragma once

#include "inbox/message_filter.hpp"
#include "wire/response_stream.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What a reader of events wants to hear of.
struct EventFilter {
    /// Nothing: all sessions.
    std::optional<std::string> session{};
    MessageFilter filter{};

    [[nodiscard]] bool takes(
        std::string_view of_session, std::string_view vendor, std::string_view to
    ) const {
        return (!session || *session == of_session) && filter.takes(vendor, to);
    }
};

/// Server-sent events for any number of readers. Thread-safe. Who publishes waits for nobody: a
/// reader that is 1,000 events behind gets `lost` instead of them.
class EventFeed {
public:
    using Audience = std::function<bool(EventFilter const&)>;

    EventFeed() = default;
    EventFeed(EventFeed const&) = delete;
    EventFeed& operator=(EventFeed const&) = delete;

    /// The events from now on, after `first`, which is already in the form of `event_text`. It may
    /// outlive the feed, and ends when the feed is stopped.
    [[nodiscard]] std::shared_ptr<ResponseStream> open(EventFilter filter, std::string first);
    /// How many read.
    [[nodiscard]] std::size_t readers() const;

    /// `data`, JSON on one line, is asked for once and only if somebody hears it.
    void publish(
        std::string_view name, Audience const& audience, std::function<std::string()> const& data
    );
    /// Ends all readers, and lets nobody read any more.
    void stop();

private:
    class Reader;

    mutable std::mutex mutex_;
    bool stopped_{false};
    mutable std::vector<std::weak_ptr<Reader>> readers_;
};

/// An event as it stands in the stream.
[[nodiscard]] std::string event_text(std::string_view name, std::string_view data);

}  // namespace otp::mocks
