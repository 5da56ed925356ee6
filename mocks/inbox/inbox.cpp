#include "inbox/inbox.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::mocks {
namespace {

constexpr std::size_t max_entries = 20000;

}  // namespace

void Inbox::record(std::string_view vendor, VendorAnswer const& answer, MockTime now) {
    if (answer.settled) settle(vendor, *answer.settled);
    if (answer.sent) deliver(vendor, *answer.sent, now);
}

std::vector<MockMessage> Inbox::messages(MessageFilter const& filter, MockTime now) const {
    std::vector<MockMessage> found;
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
        if (filter.takes(at->vendor, at->message.to)) found.push_back(described(*at, now));
    }
    return found;
}

std::optional<MockMessage> Inbox::latest(MessageFilter const& filter, MockTime now) const {
    auto const found = std::find_if(entries_.rbegin(), entries_.rend(), [&](Entry const& each) {
        return filter.takes(each.vendor, each.message.to);
    });
    if (found == entries_.rend()) return std::nullopt;
    return described(*found, now);
}

void Inbox::clear() {
    entries_.clear();
    newest_.clear();
}

void Inbox::deliver(std::string_view vendor, SentMessage message, MockTime now) {
    Key key(vendor, message.key);
    auto* const previous = newest(key);
    if (previous != nullptr && previous->state == State::pending) {
        previous->state = State::superseded;
    }
    newest_.insert_or_assign(std::move(key), next_number_);
    entries_.push_back(Entry{next_number_, std::string(vendor), std::move(message), now});
    ++next_number_;
    if (entries_.size() > max_entries) forget_oldest();
}

void Inbox::settle(std::string_view vendor, SettledCode const& settled) {
    // A vendor may remember a code longer than its message is kept here.
    auto* const entry = newest(Key(vendor, settled.key));
    if (entry == nullptr) return;
    entry->state = settled.end == SettledCode::End::verified ? State::verified : State::locked;
}

void Inbox::forget_oldest() {
    Entry const& oldest = entries_.front();
    auto const found = newest_.find(Key(oldest.vendor, oldest.message.key));
    if (found->second == oldest.number) newest_.erase(found);
    entries_.pop_front();
}

Inbox::Entry* Inbox::newest(Key const& key) {
    auto const found = newest_.find(key);
    if (found == newest_.end()) return nullptr;
    return &entries_[static_cast<std::size_t>(found->second - entries_.front().number)];
}

MockMessage Inbox::described(Entry const& entry, MockTime now) {
    SentMessage const& sent = entry.message;
    return {
        "message-" + std::to_string(entry.number),
        entry.vendor,
        sent.channel,
        sent.to,
        sent.code,
        entry.sent_at,
        std::string(state_name(entry, now))};
}

std::string_view Inbox::state_name(Entry const& entry, MockTime now) {
    switch (entry.state) {
        case State::verified:
            return "verified";
        case State::superseded:
            return "superseded";
        case State::locked:
            return "locked";
        case State::pending:
            break;
    }
    return entry.message.expires_at <= now ? "expired" : "pending";
}

}  // namespace otp::mocks
