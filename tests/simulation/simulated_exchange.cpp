#include "simulation/simulated_exchange.hpp"

#include <otp/error.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace otp::simulation {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

/// As a whole on the wire, roughly.
std::uint64_t size_of(HttpRequest const& request) noexcept {
    std::uint64_t size = 16 + request.target().size() + request.body.size();
    for (auto const& header : request.headers) size += header.name.size() + header.value.size() + 4;
    return size;
}

std::size_t authorization_in(HttpRequest const& request) noexcept {
    for (auto const& header : request.headers) {
        if (header.name == "authorization") return std::hash<std::string>()(header.value);
    }
    return 0;
}

std::uint64_t operation_in(HttpRequest const& request) noexcept {
    for (auto const& header : request.headers) {
        if (header.name == "traceparent") return operation_of(header.value);
    }
    return 0;
}

bool stalls_before_its_first_byte(Fate const& fate) noexcept {
    return fate.happening == Happening::stalled && fate.stalls_in < ExchangePhase::writing;
}

milliseconds longest_opening(HttpLimits const& limits, ExchangePhase phase) noexcept {
    if (phase == ExchangePhase::handshaking) return limits.handshake_timeout;
    if (phase == ExchangePhase::queued) return limits.attempt_timeout;
    return limits.connect_timeout;
}

}  // namespace

SimulatedExchange::SimulatedExchange(
    World& world,
    SimulatedVendor& vendor,
    asio::any_io_executor executor,
    HttpRequest request,
    Transport::ExchangeHandler handler
)
    : world_(world),
      vendor_(vendor),
      executor_(std::move(executor)),
      request_(std::move(request)),
      handler_(std::move(handler)),
      operation_(operation_in(request_)),
      fate_(vendor.draw()),
      size_(size_of(request_)) {
    ++world_.exchanges;
}

SimulatedExchange::~SimulatedExchange() {
    --world_.exchanges;
}

OperationRecord* SimulatedExchange::operation() noexcept {
    return world_.operations.find(operation_);
}

ExchangeRecord* SimulatedExchange::record() noexcept {
    auto* const known = operation();
    return known == nullptr ? nullptr : &known->exchanges[index_];
}

void SimulatedExchange::begin(Clock::TimePoint deadline, HttpLimits const& limits) {
    begun_ = world_.timeline.now();
    deadline_ = std::min(deadline, time_after(begun_, limits.attempt_timeout));
    limits_ = limits;
    if (auto* const known = operation()) {
        index_ = known->exchanges.size();
        auto& kept = known->exchanges.emplace_back();
        kept.vendor = vendor_.index();
        kept.fate = fate_;
        kept.begun = begun_;
        kept.is_question = request_.repeatable;
        kept.authorization = authorization_in(request_);
        world_.tell(known->id, [&] {
            return "request of operation " + std::to_string(known->id) + " to " +
                   vendor_.instance() + ", happening " +
                   std::to_string(static_cast<int>(fate_.happening));
        });
    }
    listen();
    open();
}

void SimulatedExchange::listen() {
    auto slot = asio::get_associated_cancellation_slot(*handler_);
    if (!slot.is_connected()) return;
    slot.assign([weak = weak_from_this()](asio::cancellation_type type) {
        if (type == asio::cancellation_type::none) return;
        if (auto const self = weak.lock()) self->cancel();
    });
}

void SimulatedExchange::cancel() {
    fail(ErrorCategory::cancelled, "the exchange was cancelled");
}

void SimulatedExchange::refuse() {
    listen();
    cancel();
}

void SimulatedExchange::set_limit(Clock::TimePoint limit) {
    limit_ = limit;
    world_.timeline.at(limit, [self = shared_from_this(), limit] { self->on_limit(limit); });
}

void SimulatedExchange::on_limit(Clock::TimePoint limit) {
    if (decided_ || limit != limit_) return;
    bool const gives_up_early = bytes_taken_ == 0 && request_.commit_deadline == limit;
    if (gives_up_early) {
        world_.rare.saw(RareState::abandoned_by_commit_timeout);
    } else if (bytes_taken_ == 0) {
        world_.rare.saw(RareState::stalled_without_a_byte);
    }
    fail(ErrorCategory::timeout, "nothing came in time");
}

void SimulatedExchange::open() {
    bool const stalls = stalls_before_its_first_byte(fate_);
    phase_ = stalls ? fate_.stalls_in : ExchangePhase::connecting;
    auto limit = std::min(deadline_, time_after(begun_, longest_opening(limits_, phase_)));
    if (request_.commit_deadline) limit = std::min(limit, *request_.commit_deadline);
    set_limit(limit);
    if (stalls) return;
    world_.timeline.after(fate_.opening, [self = shared_from_this()] {
        switch (self->fate_.happening) {
            case Happening::name_not_resolved:
                self->world_.rare.saw(RareState::name_not_resolved);
                return self->fail_opening(ErrorCategory::connect_failed, ExchangePhase::resolving);
            case Happening::connection_refused:
                self->world_.rare.saw(RareState::connection_refused);
                return self->fail_opening(ErrorCategory::connect_failed, ExchangePhase::connecting);
            case Happening::handshake_failed:
                self->world_.rare.saw(RareState::handshake_failed);
                return self->fail_opening(ErrorCategory::tls_failed, ExchangePhase::handshaking);
            default:
                return self->write();
        }
    });
}

void SimulatedExchange::fail_opening(ErrorCategory category, ExchangePhase phase) {
    if (decided_) return;
    phase_ = phase;
    fail(category, "the way to the vendor is closed");
}

void SimulatedExchange::write() {
    if (decided_) return;
    auto const now = world_.timeline.now();
    phase_ = ExchangePhase::writing;
    bool const stalls =
        fate_.happening == Happening::stalled && fate_.stalls_in == ExchangePhase::writing;
    bool const is_cut = fate_.happening == Happening::request_cut;
    bytes_taken_ = stalls || is_cut ? size_ * fate_.per_mille / 1000 : size_;
    if (auto* const kept = record()) kept->bytes_taken = bytes_taken_;
    auto limit = std::min(deadline_, time_after(now, limits_.first_byte_timeout));
    if (bytes_taken_ == 0 && request_.commit_deadline) {
        limit = std::min(limit, *request_.commit_deadline);
    }
    set_limit(limit);
    if (stalls) return;
    if (is_cut && bytes_taken_ < size_) {
        world_.rare.saw(
            bytes_taken_ == 0 ? RareState::request_cut_before_its_first_byte
                              : RareState::request_cut_in_the_middle
        );
        return world_.timeline.after(fate_.there, [self = shared_from_this()] {
            self->fail(ErrorCategory::connection_lost, "the connection broke");
        });
    }
    phase_ = ExchangePhase::waiting;
    world_.timeline.after(fate_.there + fate_.work, [self = shared_from_this()] {
        self->arrive();
    });
}

void SimulatedExchange::arrive() {
    bool const stalls = fate_.happening == Happening::stalled;
    bool const loses =
        fate_.happening == Happening::answer_lost || fate_.happening == Happening::request_cut;
    // What is lost may have been lost before the vendor did anything.
    if ((stalls || loses) && !fate_.carried_out) {
        if (loses) fail(ErrorCategory::connection_lost, "the connection broke");
        return;
    }
    come_back(vendor_.answer(request_, fate_, operation(), index_));
}

void SimulatedExchange::come_back(SimulatedAnswer answer) {
    if (decided_) return;
    if (fate_.happening == Happening::stalled) {
        if (fate_.stalls_in == ExchangePhase::reading) phase_ = ExchangePhase::reading;
        return;
    }
    if (fate_.happening == Happening::answer_lost || fate_.happening == Happening::request_cut) {
        world_.rare.saw(RareState::answer_lost);
        return fail(ErrorCategory::connection_lost, "the connection broke");
    }
    if (time_after(world_.timeline.now(), fate_.back) > limit_) {
        world_.rare.saw(RareState::answer_came_too_late);
    }
    world_.timeline.after(
        fate_.back,
        [self = shared_from_this(), answer = std::move(answer)]() mutable {
            if (self->fate_.happening == Happening::answer_cut) {
                return self->cut_answer(std::move(answer));
            }
            self->deliver(std::move(answer));
        }
    );
}

void SimulatedExchange::cut_answer(SimulatedAnswer answer) {
    if (decided_) return;
    phase_ = ExchangePhase::reading;
    // The header of a refusal is evidence, whatever comes after it.
    if (answer.response.status < 300) {
        world_.rare.saw(RareState::answer_cut);
        return fail(ErrorCategory::connection_lost, "the connection broke");
    }
    world_.rare.saw(RareState::refused_with_a_cut_body);
    answer.response.body.clear();
    answer.response.body_problem = "the connection broke within the body";
    HttpExchange exchange{Result<HttpResponse>(std::move(answer.response))};
    exchange.phase = phase_;
    complete(std::move(exchange));
}

void SimulatedExchange::deliver(SimulatedAnswer answer) {
    if (decided_) return;
    phase_ = ExchangePhase::done;
    bool const commit_is_over =
        request_.commit_deadline && world_.timeline.now() > *request_.commit_deadline;
    if (commit_is_over) {
        world_.rare.saw(RareState::commit_timeout_passed_while_the_answer_was_on_its_way);
    }
    if (auto* const kept = record()) {
        kept->answered = true;
        kept->answered_truly = answer.is_true;
        kept->answered_well = answer.response.status < 300;
        kept->token_unknown = answer.token_unknown;
        kept->retry_after = answer.retry_after;
        kept->client_decides_rest = answer.client_decides_rest;
    }
    HttpExchange exchange{Result<HttpResponse>(std::move(answer.response))};
    exchange.phase = phase_;
    complete(std::move(exchange));
}

void SimulatedExchange::fail(ErrorCategory category, char const* message) {
    if (decided_) return;
    Error error(category, message);
    error.phase = phase_;
    HttpExchange exchange{Result<HttpResponse>(std::move(error))};
    exchange.phase = phase_;
    complete(std::move(exchange));
}

void SimulatedExchange::complete(HttpExchange exchange) {
    if (std::exchange(decided_, true)) return;
    exchange.bytes_taken = bytes_taken_;
    asio::post(executor_, [self = shared_from_this(), exchange = std::move(exchange)]() mutable {
        // Not earlier: this may run inside of the slot's own handler.
        asio::get_associated_cancellation_slot(*self->handler_).clear();
        auto handler = std::move(*self->handler_);
        self->handler_.reset();
        std::move(handler)(std::move(exchange));
    });
}

}  // namespace otp::simulation
