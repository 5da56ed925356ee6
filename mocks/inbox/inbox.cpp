#include "inbox/inbox.hpp"

#include "inbox/ascii_case.hpp"
#include "inbox/message_text.hpp"
#include "inbox/numbered_id.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {

std::vector<std::uint64_t> Inbox::record(
    MessageOrigin const& origin, VendorAnswer const& answer, MockTime now
) {
    std::vector<std::uint64_t> changed;
    if (answer.settled) settle(origin, *answer.settled, changed);
    if (answer.sent) deliver(origin, *answer.sent, now, changed);
    return changed;
}

std::vector<MockMessage> Inbox::messages(MessageQuery const& query, SessionTimes const& times)
    const {
    return page(query, times, ListWindow()).messages;
}

MessagePage Inbox::page(MessageQuery const& query, SessionTimes const& times, ListWindow window)
    const {
    MessagePage page;
    WindowCounter counter(window);
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
        if (!takes(query, *at, times) || !counter.take()) continue;
        page.messages.push_back(described(*at, times.of(at->session)));
    }
    page.total = counter.total();
    return page;
}

std::optional<MockMessage> Inbox::latest(
    MessageQuery const& query, SessionTimes const& times, std::uint64_t after
) const {
    for (auto at = entries_.rbegin(); at != entries_.rend() && at->number > after; ++at) {
        if (takes(query, *at, times)) return described(*at, times.of(at->session));
    }
    return std::nullopt;
}

std::optional<MockMessage> Inbox::find(std::uint64_t number, SessionTimes const& times) const {
    auto const found = place_of(number);
    if (found == entries_.end()) return std::nullopt;
    return described(*found, times.of(found->session));
}

std::optional<Inbox::Addressee> Inbox::addressee(
    std::string_view session, std::string_view vendor, std::string_view key
) const {
    auto const found = newest_.find(Key(session, vendor, key));
    if (found == newest_.end()) return std::nullopt;
    return Addressee{found->second, place_of(found->second)->message.to};
}

void Inbox::clear(std::optional<std::string_view> session) {
    std::erase_if(entries_, [&](Entry const& each) {
        return !session || each.session == *session;
    });
    std::erase_if(newest_, [&](auto const& each) {
        return !session || std::get<0>(each.first) == *session;
    });
}

void Inbox::deliver(
    MessageOrigin const& origin,
    SentMessage message,
    MockTime now,
    std::vector<std::uint64_t>& changed
) {
    Key key(origin.session, origin.vendor, message.key);
    auto* const previous = newest(key);
    if (previous != nullptr && previous->state == State::pending) {
        previous->state = State::superseded;
        changed.push_back(previous->number);
    }
    newest_.insert_or_assign(std::move(key), next_number_);
    entries_.push_back(Entry{
        next_number_,
        std::string(origin.session),
        std::string(origin.vendor),
        std::move(message),
        now,
        origin.exchange});
    entries_.back().shown = shown_by(entries_.back());
    changed.push_back(next_number_);
    ++next_number_;
    if (entries_.size() > keep_) forget_oldest();
}

void Inbox::settle(
    MessageOrigin const& origin, SettledCode const& settled, std::vector<std::uint64_t>& changed
) {
    using End = SettledCode::End;
    // A vendor may remember a code longer than its message is kept here.
    auto* const entry = newest(Key(origin.session, origin.vendor, settled.key));
    if (entry == nullptr) return;
    if (settled.end == End::verified) entry->state = State::verified;
    if (settled.end == End::locked) entry->state = State::locked;
    if (settled.end != End::verified) entry->wrong_attempts = settled.wrong_attempts;
    changed.push_back(entry->number);
}

void Inbox::forget_oldest() {
    Entry const& oldest = entries_.front();
    auto const found = newest_.find(Key(oldest.session, oldest.vendor, oldest.message.key));
    if (found->second == oldest.number) newest_.erase(found);
    entries_.pop_front();
}

std::deque<Inbox::Entry>::const_iterator Inbox::place_of(std::uint64_t number) const {
    auto const found = std::ranges::lower_bound(entries_, number, {}, &Entry::number);
    return found != entries_.end() && found->number == number ? found : entries_.end();
}

Inbox::Entry* Inbox::newest(Key const& key) {
    auto const found = newest_.find(key);
    if (found == newest_.end()) return nullptr;
    return &entries_[static_cast<std::size_t>(place_of(found->second) - entries_.begin())];
}

bool Inbox::takes(MessageQuery const& query, Entry const& entry, SessionTimes const& times) {
    if (!query.takes_session(entry.session)) return false;
    if (!query.filter.takes(entry.vendor, entry.message.to)) return false;
    if (query.state.empty() && query.text.empty()) return true;
    auto const state = state_name(entry, times.of(entry.session));
    if (!query.state.empty() && state != query.state) return false;
    return query.text.empty() || entry.shown.find(query.text) != std::string::npos ||
           state.find(query.text) != std::string_view::npos;
}

std::string Inbox::shown_by(Entry const& entry) {
    SentMessage const& sent = entry.message;
    auto const written =
        message_text(entry.vendor, sent.channel, sent.code, sent.expires_at - entry.sent_at);
    // The separator stands in no search.
    std::string shown = sent.to;
    for (std::string const& part : {sent.code, entry.vendor, sent.channel, written.text}) {
        shown += '\0';
        shown += part;
    }
    return ascii_lower(shown);
}

MockMessage Inbox::described(Entry const& entry, MockTime now) {
    SentMessage const& sent = entry.message;
    auto written =
        message_text(entry.vendor, sent.channel, sent.code, sent.expires_at - entry.sent_at);
    MockMessage message{
        numbered_id("message", entry.number),
        entry.vendor,
        sent.channel,
        sent.to,
        sent.code,
        entry.sent_at,
        std::string(state_name(entry, now))};
    message.number = entry.number;
    message.expires_at = sent.expires_at;
    message.wrong_attempts = entry.wrong_attempts;
    message.max_attempts = sent.max_attempts;
    message.subject = std::move(written.subject);
    message.text = std::move(written.text);
    message.session = entry.session;
    if (entry.exchange) message.exchange = numbered_id("exchange", *entry.exchange);
    return message;
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
