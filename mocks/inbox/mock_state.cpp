#include "inbox/mock_state.hpp"

#include "inbox/exchange_record.hpp"
#include "inbox/fault_catalogue.hpp"
#include "inbox/hello.hpp"
#include "inbox/json_of.hpp"
#include "inbox/numbered_id.hpp"
#include "wire/wire_time.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

// As good as for ever, and no sum with it overflows.
constexpr milliseconds longest_timeout = std::chrono::hours(24 * 365);

milliseconds since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::round<milliseconds>(std::chrono::steady_clock::now() - begin);
}

/// The fault's answer, or the vendor's own in the fault's way.
VendorAnswer answer_of(
    Vendor& vendor,
    KnownFault const* fault,
    MockRequest const& request,
    VendorContext const& context
) {
    if (fault != nullptr && !fault->obeyed) {
        VendorAnswer answer(fault->response);
        answer.why = fault->why;
        return answer;
    }
    auto answer = vendor.answer(request, context);
    if (fault != nullptr) answer.response.transfer = fault->response.transfer;
    return answer;
}

}  // namespace

MockState::MockState(
    Sessions::MakeVendors vendors,
    MockClock clock,
    std::optional<std::uint32_t> seed,
    std::size_t keep
)
    : keep_(keep),
      sessions_(std::move(vendors), std::move(clock), seed),
      inbox_(keep),
      log_(keep) {}

Underway MockState::begin(
    std::string_view vendor, MockRequest const& request, std::string_view session_name
) {
    Underway underway;
    underway.begun = std::chrono::steady_clock::now();
    auto exchange = recorded_request(vendor, request);

    std::lock_guard const lock(mutex_);
    auto& session = use(session_name);
    auto& asked = session.vendor(vendor);
    auto subject = asked.subject(request);
    auto const addressee = inbox_.addressee(session_name, vendor, subject.key);
    if (subject.to.empty() && addressee) subject.to = addressee->to;
    auto const decision = session.faults.decide(vendor, subject, subject.to);
    VendorContext const context{session.clock.now(), session.clock.unmoved(), session.ids};
    auto answer = answer_of(asked, decision.fault, request, context);
    // Says how wrong a client's clock is, so what it cannot know of stays out.
    answer.response.headers.emplace_back("Date", http_date(context.client_now));

    underway.delay = decision.delay;
    bool const held = answer.response.transfer == MockTransfer::held;
    underway.late = held || decision.delay > milliseconds(0);
    if (held) ++held_;
    exchange.at = context.now;
    exchange.took = since(underway.begun);
    if (!decision.id.empty()) exchange.fault = decision.id;
    if (addressee && subject.step == RequestSubject::Step::verify) {
        exchange.message = numbered_id("message", addressee->message);
    }
    auto departure =
        underway.late ? Departure{"held", std::nullopt} : departure_of(answer.response);
    exchange.outcome = std::move(departure.outcome);
    exchange.status = departure.status;
    underway.exchange = record(std::move(exchange), subject, answer, session);
    if (decision.list_changed) tell_faults(session);
    underway.response = std::move(answer.response);
    return underway;
}

void MockState::finish(Underway const& underway) {
    if (!underway.late) return;
    std::lock_guard const lock(mutex_);
    if (underway.response.transfer == MockTransfer::held) --held_;
    auto const* const exchange =
        log_.release(underway.exchange, departure_of(underway.response), since(underway.begun));
    if (exchange != nullptr) tell(*exchange);
}

MockResponse MockState::answer(
    std::string_view vendor, MockRequest const& request, std::string_view session
) {
    auto underway = begin(vendor, request, session);
    finish(underway);
    return std::move(underway.response);
}

std::vector<MockMessage> MockState::messages(MessageQuery const& query) const {
    return page(query, ListWindow()).messages;
}

MessagePage MockState::page(MessageQuery const& query, ListWindow window) const {
    std::lock_guard const lock(mutex_);
    auto page = inbox_.page(query, times(), window);
    for (MockMessage& each : page.messages) each = without_lost_exchange(std::move(each));
    return page;
}

std::optional<MockMessage> MockState::message(std::uint64_t number) const {
    std::lock_guard const lock(mutex_);
    auto message = inbox_.find(number, times());
    if (message) message = without_lost_exchange(std::move(*message));
    return message;
}

AwaitedMessage MockState::await_message(
    MessageQuery const& query, milliseconds timeout, std::size_t most_waiting
) const {
    using End = AwaitedMessage::End;
    std::unique_lock lock(mutex_);
    auto message = inbox_.latest(query, times());
    if (!message && timeout > milliseconds(0)) {
        if (too_many_wait(most_waiting)) return {End::too_many_wait, std::nullopt};
        ++waiting_;
        auto seen = inbox_.last_number();
        delivered_.wait_for(lock, std::min(timeout, longest_timeout), [&] {
            message = inbox_.latest(query, times(), seen);
            seen = inbox_.last_number();
            return message || stopped_;
        });
        --waiting_;
    }
    if (message) return {End::arrived, without_lost_exchange(std::move(*message))};
    return {stopped_ ? End::stopped : End::none_came, std::nullopt};
}

ExchangePage MockState::exchanges(MessageQuery const& query, ListWindow window) const {
    std::lock_guard const lock(mutex_);
    return log_.page(query, window);
}

std::optional<MockExchange> MockState::exchange(std::uint64_t number) const {
    std::lock_guard const lock(mutex_);
    auto const* const found = log_.find(number);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

MockVerdicts MockState::take_verdicts(
    std::string_view json_lines, std::optional<std::string_view> session
) {
    auto const verdicts = read_verdicts(json_lines);
    MockVerdicts result{verdicts.size(), 0};
    std::lock_guard const lock(mutex_);
    for (Verdict const& verdict : verdicts) {
        auto const* const exchange = log_.judge(verdict, session);
        if (exchange == nullptr) continue;
        ++result.matched;
        tell(*exchange);
    }
    return result;
}

std::shared_ptr<ResponseStream> MockState::open_events(
    EventFilter const& filter, std::size_t most_waiting
) {
    std::lock_guard const lock(mutex_);
    if (too_many_wait(most_waiting)) return nullptr;
    return feed_.open(filter, event_text("hello", hello(filter)));
}

std::size_t MockState::waiting() const {
    std::lock_guard const lock(mutex_);
    return waiting_;
}

void MockState::stop_waits() {
    std::lock_guard const lock(mutex_);
    stopped_ = true;
    delivered_.notify_all();
    feed_.stop();
}

MockCounts MockState::counts() const {
    std::lock_guard const lock(mutex_);
    return {inbox_.size(), log_.size(), sessions_.size(), keep_};
}

void MockState::forget(std::optional<std::string_view> session) {
    std::lock_guard const lock(mutex_);
    sessions_.for_each([&](Session& each) {
        if (!session || each.name == *session) each.forget();
    });
    forget_records(session);
}

void MockState::revoke_tokens(std::optional<std::string_view> session) {
    std::lock_guard const lock(mutex_);
    sessions_.for_each([&](Session& each) {
        if (!session || each.name == *session) each.revoke_tokens();
    });
}

ActiveFault MockState::add_fault(MockFault const& fault) {
    check_fault(fault);
    std::lock_guard const lock(mutex_);
    auto& session = use(fault.session);
    auto const id = numbered_id("fault", faults_added_ + 1);
    if (!session.faults.add(id, fault)) {
        throw std::invalid_argument("the session has 100 faults already: take some away");
    }
    ++faults_added_;
    tell_faults(session);
    return session.faults.list().back();
}

bool MockState::remove_fault(std::string_view id) {
    std::lock_guard const lock(mutex_);
    bool removed = false;
    sessions_.for_each([&](Session& each) {
        if (!each.faults.remove(id)) return;
        removed = true;
        tell_faults(each);
    });
    return removed;
}

void MockState::clear_faults(std::optional<std::string_view> session) {
    std::lock_guard const lock(mutex_);
    sessions_.for_each([&](Session& each) {
        if (session && each.name != *session) return;
        each.faults.clear();
        tell_faults(each);
    });
}

std::vector<ActiveFault> MockState::faults(std::string_view session) const {
    std::lock_guard const lock(mutex_);
    auto const* const found = sessions_.find(session);
    return found == nullptr ? std::vector<ActiveFault>() : found->faults.list();
}

ClockReading MockState::read_clock(std::string_view session) const {
    std::lock_guard const lock(mutex_);
    auto const& clock = sessions_.clock_of(session);
    return {clock.now(), clock.moved()};
}

void MockState::set_clock(MockTime now, std::string_view session) {
    std::lock_guard const lock(mutex_);
    auto& moved = use(session);
    moved.clock.set(now);
    tell_clock(moved);
}

void MockState::advance_clock(milliseconds by, std::string_view session) {
    std::lock_guard const lock(mutex_);
    auto& moved = use(session);
    moved.clock.advance(by);
    tell_clock(moved);
}

void MockState::reset_clock(std::string_view session) {
    std::lock_guard const lock(mutex_);
    auto& moved = use(session);
    moved.clock.reset();
    tell_clock(moved);
}

Session& MockState::use(std::string_view name) {
    std::optional<std::string> gone;
    auto& session = sessions_.use(name, gone);
    if (gone) forget_records(*gone);
    return session;
}

SessionTimes MockState::times() const {
    return SessionTimes([this](std::string_view session) {
        return sessions_.clock_of(session).now();
    });
}

bool MockState::too_many_wait(std::size_t most_waiting) const {
    return waiting_ + feed_.readers() >= most_waiting;
}

MockMessage MockState::without_lost_exchange(MockMessage message) const {
    auto const number = number_of("exchange", message.exchange.value_or(""));
    if (!number || log_.find(*number) == nullptr) message.exchange.reset();
    return message;
}

std::uint64_t MockState::record(
    MockExchange exchange,
    RequestSubject const& subject,
    VendorAnswer const& answer,
    Session const& session
) {
    auto const number = log_.next_number();
    MessageOrigin const origin{exchange.vendor, session.name, number};
    auto const changed = inbox_.record(origin, answer, exchange.at);
    exchange.session = session.name;
    exchange.to = answer.sent ? answer.sent->to : subject.to;
    if (answer.sent) {
        exchange.message = numbered_id("message", inbox_.last_number());
        delivered_.notify_all();
    }
    record_answer(exchange, answer);
    auto const& kept = log_.add(std::move(exchange), subject.step);
    // The messages first: readers look for the message of an exchange.
    for (auto const each : changed) {
        if (auto const message = inbox_.find(each, kept.at)) tell(*message);
    }
    tell(kept);
    return number;
}

void MockState::forget_records(std::optional<std::string_view> session) {
    inbox_.clear(session);
    log_.clear(session);
    feed_.publish(
        "cleared",
        [&](EventFilter const& reader) {
            return !session || !reader.session || *reader.session == *session;
        },
        [&] {
            auto const name = session ? json::value(*session) : json::value(nullptr);
            return json::serialize(json::object{{"session", name}});
        }
    );
}

void MockState::tell(MockMessage const& message) {
    feed_.publish(
        "message",
        [&](EventFilter const& reader) {
            return reader.takes(message.session, message.vendor, message.to);
        },
        [&] { return json::serialize(json_of(message)); }
    );
}

void MockState::tell(MockExchange const& exchange) {
    feed_.publish(
        "exchange",
        [&](EventFilter const& reader) {
            return reader.takes(exchange.session, exchange.vendor, exchange.to);
        },
        [&] { return json::serialize(json_of(exchange)); }
    );
}

void MockState::tell_clock(Session const& session) {
    feed_.publish(
        "clock",
        [&](EventFilter const& reader) {
            return !reader.session || *reader.session == session.name;
        },
        [&] {
            return json::serialize(json::object{
                {"session", session.name},
                {"now", iso8601(session.clock.now())},
                {"moved_ms", std::int64_t{session.clock.moved().count()}}});
        }
    );
}

void MockState::tell_faults(Session const& session) {
    feed_.publish(
        "faults",
        [&](EventFilter const& reader) { return reader.session.value_or("") == session.name; },
        [&] { return json::serialize(json_of(session.faults.list())); }
    );
}

std::string MockState::hello(EventFilter const& filter) const {
    MessageQuery query(filter.filter);
    query.session = filter.session;
    auto const& clock = sessions_.clock_of(filter.session.value_or(""));
    return hello_json(
        {clock.now(),
         clock.moved(),
         inbox_.page(query, times(), ListWindow{0, 0}).total,
         keep_,
         held_}
    );
}

}  // namespace otp::mocks
