#include "inbox/exchange_log.hpp"

#include "inbox/ascii_case.hpp"
#include "inbox/numbered_id.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::size_t bytes_for_each = 4096;

std::size_t bytes_of(MockHalf const& half) {
    std::size_t bytes = half.body.size();
    for (auto const& [name, value] : half.headers) {
        bytes += sizeof(std::pair<std::string, std::string>) + name.size() + value.size();
    }
    return bytes;
}

/// About as many as it takes.
std::size_t bytes_of(MockExchange const& exchange) {
    auto const trace = exchange.traceparent.value_or("").size();
    auto const verdict = exchange.verdict.value_or("").size();
    return sizeof(MockExchange) + exchange.path.size() + exchange.query.size() +
           exchange.to.size() + 2 * trace + verdict + bytes_of(exchange.request) +
           bytes_of(exchange.answer);
}

/// What a search looks through, in lower case. The separator stands in no search.
std::string shown_by(MockExchange const& exchange) {
    std::string shown = exchange.method;
    for (std::string const& part :
         {exchange.path,
          exchange.vendor,
          exchange.to,
          exchange.status ? std::to_string(*exchange.status) : std::string(),
          exchange.outcome,
          exchange.fault.value_or(""),
          exchange.traceparent.value_or("")}) {
        shown += '\0';
        shown += part;
    }
    return ascii_lower(shown);
}

}  // namespace

MockExchange const& ExchangeLog::add(MockExchange exchange, RequestSubject::Step step) {
    exchange.number = next_number_++;
    exchange.id = numbered_id("exchange", exchange.number);
    if (exchange.traceparent) by_trace_.emplace(*exchange.traceparent, exchange.number);
    auto shown = shown_by(exchange);
    auto const bytes = bytes_of(exchange) + shown.size();
    bytes_ += bytes;
    entries_.push_back({std::move(exchange), step, std::move(shown), bytes});
    while (entries_.size() > keep_ || (bytes_ > keep_ * bytes_for_each && entries_.size() > 1)) {
        forget(entries_.front());
        entries_.pop_front();
    }
    return entries_.back().exchange;
}

MockExchange const* ExchangeLog::release(
    std::uint64_t number, Departure const& departure, std::chrono::milliseconds took
) {
    auto* const held = entry(number);
    if (held == nullptr) return nullptr;
    held->exchange.outcome = departure.outcome;
    held->exchange.status = departure.status;
    held->exchange.took = took;
    held->shown = shown_by(held->exchange);
    return &held->exchange;
}

MockExchange const* ExchangeLog::judge(
    Verdict const& verdict, std::optional<std::string_view> session
) {
    Entry* best = nullptr;
    int best_likeness = -1;
    auto const [begin, end] = by_trace_.equal_range(verdict.traceparent);
    for (auto at = begin; at != end; ++at) {
        auto* const candidate = entry(at->second);
        auto const& exchange = candidate->exchange;
        if (exchange.verdict || (session && exchange.session != *session)) continue;
        if (!verdict.vendor.empty() && exchange.vendor != verdict.vendor) continue;
        // The step counts more: an operation may ask several times.
        int const likeness = 2 * static_cast<int>(candidate->step == verdict.step) +
                             static_cast<int>(exchange.status == verdict.status);
        if (likeness <= best_likeness) continue;
        best = candidate;
        best_likeness = likeness;
    }
    if (best == nullptr) return nullptr;
    best->exchange.verdict = verdict.event;
    best->bytes += verdict.event.size();
    bytes_ += verdict.event.size();
    return &best->exchange;
}

ExchangePage ExchangeLog::page(MessageQuery const& query, ListWindow window) const {
    ExchangePage page;
    WindowCounter counter(window);
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
        if (takes(query, *at) && counter.take()) page.exchanges.push_back(at->exchange);
    }
    page.total = counter.total();
    return page;
}

MockExchange const* ExchangeLog::find(std::uint64_t number) const {
    auto const found = std::ranges::lower_bound(entries_, number, {}, [](Entry const& each) {
        return each.exchange.number;
    });
    return found == entries_.end() || found->exchange.number != number ? nullptr : &found->exchange;
}

void ExchangeLog::clear(std::optional<std::string_view> session) {
    std::erase_if(entries_, [&](Entry const& each) {
        bool const goes = !session || each.exchange.session == *session;
        if (goes) forget(each);
        return goes;
    });
}

ExchangeLog::Entry* ExchangeLog::entry(std::uint64_t number) {
    auto const found = std::ranges::lower_bound(entries_, number, {}, [](Entry const& each) {
        return each.exchange.number;
    });
    return found == entries_.end() || found->exchange.number != number ? nullptr : &*found;
}

bool ExchangeLog::takes(MessageQuery const& query, Entry const& entry) {
    auto const& exchange = entry.exchange;
    if (!query.takes_session(exchange.session)) return false;
    if (!query.filter.takes(exchange.vendor, exchange.to)) return false;
    if (!query.message.empty() && exchange.message != query.message) return false;
    return query.text.empty() || entry.shown.find(query.text) != std::string::npos;
}

void ExchangeLog::forget(Entry const& entry) {
    bytes_ -= entry.bytes;
    if (!entry.exchange.traceparent) return;
    auto const [begin, end] = by_trace_.equal_range(*entry.exchange.traceparent);
    auto const found = std::find_if(begin, end, [&](auto const& each) {
        return each.second == entry.exchange.number;
    });
    if (found != end) by_trace_.erase(found);
}

}  // namespace otp::mocks
