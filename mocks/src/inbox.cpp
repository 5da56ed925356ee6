#include "inbox.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::size_t max_entries = 20000;

}  // namespace

void Inbox::deliver(OutgoingMessage message) {
    auto& numbers = by_key_[{message.vendor, message.key}];
    if (!numbers.empty()) {
        Entry& previous = entry(numbers.back());
        if (previous.state == State::pending) previous.state = State::superseded;
    }
    numbers.push_back(next_number_);
    entries_.push_back(Entry{next_number_, std::move(message), now_()});
    ++next_number_;
    if (entries_.size() > max_entries) forget_oldest();
}

CodeCheck Inbox::check(
    std::string_view vendor,
    std::string_view key,
    std::string_view code,
    std::optional<std::size_t> max_attempts
) {
    auto const numbers = by_key_.find(Key{vendor, key});
    if (numbers == by_key_.end()) return CodeCheck::unknown;
    Entry& newest = entry(numbers->second.back());
    if (newest.state == State::locked) return CodeCheck::locked;
    if (newest.state == State::verified) return CodeCheck::used;
    if (newest.message.expires_at <= now_()) return CodeCheck::expired;
    if (newest.message.code == code) {
        newest.state = State::verified;
        return CodeCheck::approved;
    }
    ++newest.wrong_attempts;
    if (max_attempts && newest.wrong_attempts >= *max_attempts) newest.state = State::locked;
    return CodeCheck::wrong;
}

std::size_t Inbox::sent_since(
    std::string_view vendor, std::string_view key, MockOptions::Time since
) const {
    auto const numbers = by_key_.find(Key{vendor, key});
    if (numbers == by_key_.end()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(
        numbers->second,
        [&](std::uint64_t number) {
            return entries_[static_cast<std::size_t>(number - entries_.front().number)].sent_at >
                   since;
        }
    ));
}

std::vector<MockMessage> Inbox::messages(MessageFilter const& filter) const {
    std::vector<MockMessage> found;
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
        if (filter.takes(at->message.vendor, at->message.to)) found.push_back(described(*at));
    }
    return found;
}

std::optional<MockMessage> Inbox::latest(MessageFilter const& filter) const {
    auto const found = std::find_if(entries_.rbegin(), entries_.rend(), [&](Entry const& each) {
        return filter.takes(each.message.vendor, each.message.to);
    });
    if (found == entries_.rend()) return std::nullopt;
    return described(*found);
}

void Inbox::clear() {
    entries_.clear();
    by_key_.clear();
}

MockMessage Inbox::described(Entry const& entry) const {
    OutgoingMessage const& sent = entry.message;
    return MockMessage{
        "message-" + std::to_string(entry.number),
        sent.vendor,
        sent.channel,
        sent.to,
        sent.code,
        entry.sent_at,
        state_name(entry)};
}

std::string Inbox::state_name(Entry const& entry) const {
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
    return entry.message.expires_at <= now_() ? "expired" : "pending";
}

Inbox::Entry& Inbox::entry(std::uint64_t number) {
    return entries_[static_cast<std::size_t>(number - entries_.front().number)];
}

void Inbox::forget_oldest() {
    OutgoingMessage const& oldest = entries_.front().message;
    auto const numbers = by_key_.find(Key{oldest.vendor, oldest.key});
    numbers->second.pop_front();
    if (numbers->second.empty()) by_key_.erase(numbers);
    entries_.pop_front();
}

}  // namespace otp::mocks
