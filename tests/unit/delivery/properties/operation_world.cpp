#include "unit/delivery/properties/operation_world.hpp"

#include "delivery/decide/backoff.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <otp/seam/time_after.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace otp::test {

using namespace std::chrono_literals;
using delivery::Ask;
using delivery::Condition;
using delivery::Fault;
using delivery::RetryBudget;
using delivery::Stop;
using delivery::Wait;
using std::chrono::milliseconds;
using Kind = WorldEvent::Kind;

World::World(WorldSetup const& setup)
    : setup_(setup),
      is_isolated_(setup.instances.size(), false),
      left_alone_until_(setup.instances.size(), TimePoint::min()),
      paid_(setup.instances.size(), 0),
      successes_(setup.instances.size(), 0) {
    for (auto const& of_instance : setup.instances) {
        auto const& made = instances_.emplace_back(std::make_shared<delivery::Instance>());
        made->config.delivery = of_instance.delivery;
        made->condition = std::make_shared<Condition>(of_instance.delivery);
    }
}

void World::begin_operation() {
    delivery::Plan plan("login", instances_);
    plan.on_unknown = setup_.on_unknown;
    plan.max_attempts = setup_.max_attempts;
    stories_.push_back({now_ + setup_.deadline});
    auto const& begun = operations_.emplace_back(
        std::make_unique<Operation>(std::move(plan), now_ + setup_.deadline)
    );
    begun->held_back_until.resize(instances_.size(), TimePoint::min());
    decide(operations_.size() - 1, std::nullopt);
}

void World::go_on(WorldEvent const& event) {
    pass_time(now_ + event.pause);
    auto const instance = event.which % instances_.size();
    auto const asking = any_that_asks(event);
    switch (event.kind) {
        case Kind::operation:
            begin_operation();
            break;
        case Kind::answer:
            if (asking) answer(*asking, event);
            break;
        case Kind::give_up:
            if (asking) give_up(*asking);
            break;
        case Kind::isolate:
            condition(instance).isolate(now_);
            is_isolated_[instance] = true;
            break;
        case Kind::restore:
            condition(instance).restore(now_);
            is_isolated_[instance] = false;
            break;
    }
}

void World::go_on(std::vector<WorldEvent> const& events) {
    for (auto const& event : events) go_on(event);
}

void World::let_all_end() {
    pass_time(now_ + setup_.deadline);
}

std::size_t World::under_way(std::size_t instance) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
        if (operations_[i]->attempt && stories_[i].tries.back().instance == instance) ++count;
    }
    return count;
}

std::size_t World::told_under_way(std::size_t instance) const {
    return condition(instance).health(now_).in_flight;
}

void World::pass_time(TimePoint until) {
    while (auto const alarm = next_alarm()) {
        auto const [when, number] = *alarm;
        if (when > until) break;
        now_ = when;
        auto& operation = *operations_[number];
        if (operation.wakes_at) {
            operation.wakes_at.reset();
            decide(number, std::nullopt);
        } else {
            fail(number, Error(ErrorCategory::deadline_exceeded), {});
        }
    }
    now_ = until;
}

std::optional<std::pair<World::TimePoint, std::size_t>> World::next_alarm() const {
    std::optional<std::pair<TimePoint, std::size_t>> first;
    for (std::size_t number = 0; number < operations_.size(); ++number) {
        auto const& operation = *operations_[number];
        if (!operation.attempt && !operation.wakes_at) continue;
        std::pair const alarm(operation.wakes_at.value_or(stories_[number].deadline), number);
        if (!first || alarm < *first) first = alarm;
    }
    return first;
}

std::optional<std::size_t> World::any_that_asks(WorldEvent const& event) const {
    std::vector<std::size_t> asking;
    for (std::size_t number = 0; number < operations_.size(); ++number) {
        if (operations_[number]->attempt) asking.push_back(number);
    }
    if (asking.empty()) return std::nullopt;
    return asking[event.which % asking.size()];
}

void World::give_up(std::size_t number) {
    operations_[number]->attempt.reset();
    end(number, DecisionReason::cancelled);
}

void World::answer(std::size_t number, WorldEvent const& event) {
    if (!event.failure) return succeed(number);
    Error error(*event.failure, {}, event.delivery);
    error.phase = event.phase;
    error.retry_after = event.retry_after;
    if (error.category == ErrorCategory::unavailable) error.http_status = 503;
    fail(number, error, event);
}

void World::succeed(std::size_t number) {
    auto const instance = stories_[number].tries.back().instance;
    condition(instance).succeed(std::move(*operations_[number]->attempt), now_);
    operations_[number]->attempt.reset();
    ++successes_[instance];
    end(number, std::nullopt);
}

void World::fail(std::size_t number, Error const& error, WorldEvent const& event) {
    auto& operation = *operations_[number];
    auto& tried = stories_[number].tries.back();
    auto const instance = tried.instance;
    auto const fault = delivery::fault_of(error, delivery::FailedIn::exchange);
    tried.fault = fault;
    Condition::Failure failure;
    failure.category = error.category;
    failure.verdict = delivery::verdict_of(error, fault, now_ - tried.begun);
    failure.asks_for_rest = delivery::asks_for_rest(error);
    failure.retry_after = error.retry_after;
    condition(instance).fail(std::move(*operation.attempt), failure, now_, event.draw);
    operation.attempt.reset();
    keep_rest(instance, error);
    if (fault == Fault::ended) return end(number, DecisionReason::failed_here);
    operation.course.failed(instance, fault);
    hold_back(number, fault, event.draw);
    if (fault == Fault::unknown && event.repetition_documented) {
        tried.repetition_documented = true;
        operation.course.document_repetition(instance);
    }
    decide(number, fault);
}

/// The least that the answer asked for, whatever had been asked for before.
void World::keep_rest(std::size_t instance, Error const& error) {
    if (!delivery::asks_for_rest(error)) return;
    auto const& retry = setup_.instances[instance].delivery.retry;
    auto const asked = std::min(error.retry_after.value_or(retry.rest), retry.max_retry_after);
    auto const rest = error.retry_after ? asked : retry.rest;
    left_alone_until_[instance] = std::max(left_alone_until_[instance], now_ + rest);
}

void World::hold_back(std::size_t number, Fault fault, double draw) {
    if (fault != Fault::busy && fault != Fault::network && fault != Fault::unknown) return;
    auto& operation = *operations_[number];
    auto const instance = stories_[number].tries.back().instance;
    auto const delay = delivery::backoff_delay(
        setup_.instances[instance].delivery.retry, operation.course.attempts_at(instance), draw
    );
    operation.held_back_until[instance] = time_after(now_, delay);
    operation.course.hold_back(instance, operation.held_back_until[instance]);
}

void World::decide(std::size_t number, std::optional<Fault> last_fault) {
    auto& operation = *operations_[number];
    auto& story = stories_[number];
    // Else it would go on for ever.
    RC_ASSERT(++story.decisions < 1'000U);
    auto const step = delivery::next_step(operation.course.situation(now_, last_fault));
    if (auto const* const next = std::get_if<Ask>(&step)) return ask(number, next->candidate);
    if (auto const* const pause = std::get_if<Wait>(&step)) {
        story.pauses.push_back({now_, pause->until, story.tries.size()});
        // Else time would stand still.
        RC_ASSERT(pause->until > now_);
        operation.wakes_at = pause->until;
        return;
    }
    end(number, std::get<Stop>(step).reason);
}

void World::ask(std::size_t number, std::size_t instance) {
    auto& operation = *operations_[number];
    auto& course = operation.course;
    auto const last_fault = course.fault_at(instance);
    auto const& of_instance = setup_.instances[instance];
    if (course.attempts_at(instance) > 0) {
        bool const rested = last_fault == Fault::busy;
        // Nobody else came between the decision and this.
        RC_ASSERT(condition(instance).take(
            rested ? RetryBudget::Kind::after_rest : RetryBudget::Kind::retry
        ));
        auto const& retry = of_instance.delivery.retry;
        paid_[instance] += rested ? retry.throttle_cost : retry.retry_cost;
    }
    if (!of_instance.serves) {
        course.failed(instance, Fault::cannot_serve);
        return decide(number, Fault::cannot_serve);
    }
    Try tried{instance, now_};
    tried.was_isolated = is_isolated_[instance];
    tried.was_let_through = condition(instance).availability(now_).lets_through;
    tried.left_alone_until = left_alone_until_[instance];
    tried.held_back_until = operation.held_back_until[instance];
    tried.repeats = last_fault;
    stories_[number].tries.push_back(tried);
    course.attempt_begun(instance);
    operation.attempt.emplace(condition(instance).begin().attempt);
}

void World::end(std::size_t number, std::optional<DecisionReason> stop) {
    stories_[number].is_over = true;
    stories_[number].stop = stop;
}

// What is made up.

namespace {

rc::Gen<DeliveryConfig> any_delivery() {
    auto const retry = rc::gen::map(
        rc::gen::build<RetryConfig>(
            rc::gen::set(&RetryConfig::attempts, rc::gen::inRange<std::size_t>(1, 5)),
            rc::gen::set(&RetryConfig::base_delay, between(1ms, 100ms)),
            rc::gen::set(&RetryConfig::max_delay, between(1ms, 300ms)),
            rc::gen::set(&RetryConfig::rest, between(1ms, 200ms)),
            rc::gen::set(&RetryConfig::max_rest, between(1ms, 1s)),
            rc::gen::set(&RetryConfig::max_retry_after, between(1ms, 1s)),
            rc::gen::set(&RetryConfig::budget, rc::gen::inRange<std::uint32_t>(0, 100)),
            rc::gen::set(&RetryConfig::retry_cost, rc::gen::inRange<std::uint32_t>(0, 20)),
            rc::gen::set(&RetryConfig::throttle_cost, rc::gen::inRange<std::uint32_t>(0, 20)),
            rc::gen::set(&RetryConfig::success_gain, rc::gen::inRange<std::uint32_t>(0, 5))
        ),
        [](RetryConfig config) {
            config.max_delay = std::max(config.base_delay, config.max_delay);
            config.max_rest = std::max(config.rest, config.max_rest);
            return config;
        }
    );
    return rc::gen::build<DeliveryConfig>(
        rc::gen::set(&DeliveryConfig::retry, retry),
        rc::gen::set(&DeliveryConfig::breaker, quick_breaker_config())
    );
}

rc::Gen<WorldSetup> setup_with(rc::Gen<OnUnknown> on_unknown) {
    auto const instance = rc::gen::build<WorldSetup::OfInstance>(
        rc::gen::set(&WorldSetup::OfInstance::delivery, any_delivery()),
        rc::gen::set(
            &WorldSetup::OfInstance::serves, rc::gen::weightedElement<bool>({{6, true}, {1, false}})
        )
    );
    auto const instances =
        rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 5), [instance](std::size_t count) {
            return rc::gen::container<std::vector<WorldSetup::OfInstance>>(count, instance);
        });
    auto const max_attempts =
        rc::gen::map(rc::gen::inRange<std::size_t>(0, 21), [](std::size_t most) {
            return most > 0 ? std::optional(most) : std::nullopt;
        });
    return rc::gen::build<WorldSetup>(
        rc::gen::set(&WorldSetup::instances, instances),
        rc::gen::set(&WorldSetup::on_unknown, std::move(on_unknown)),
        rc::gen::set(&WorldSetup::max_attempts, max_attempts),
        rc::gen::set(&WorldSetup::deadline, between(1ms, 3s))
    );
}

rc::Gen<std::optional<ErrorCategory>> any_failure() {
    using Category = ErrorCategory;
    return rc::gen::weightedElement<std::optional<ErrorCategory>>(
        {{8, std::nullopt},
         {8, Category::connect_failed},
         {5, Category::timeout},
         {5, Category::connection_lost},
         {8, Category::rate_limited},
         {8, Category::unavailable},
         {5, Category::provider_error},
         {2, Category::bad_response},
         {2, Category::unauthenticated},
         {1, Category::quota_exhausted},
         {1, Category::destination_blocked},
         {1, Category::recipient_throttled},
         {1, Category::invalid_request},
         {1, Category::cancelled}}
    );
}

rc::Gen<WorldEvent> any_event(rc::Gen<Kind> kind, std::size_t left_open) {
    auto const phase = rc::gen::element(
        ExchangePhase::queued,
        ExchangePhase::connecting,
        ExchangePhase::writing,
        ExchangePhase::waiting,
        ExchangePhase::done
    );
    auto const retry_after = rc::gen::oneOf(
        rc::gen::just(std::optional<milliseconds>()),
        rc::gen::map(between(0ms, 2s), [](milliseconds length) { return std::optional(length); })
    );
    return rc::gen::build<WorldEvent>(
        rc::gen::set(&WorldEvent::kind, std::move(kind)),
        rc::gen::set(&WorldEvent::pause, rc::gen::oneOf(rc::gen::just(0ms), between(0ms, 300ms))),
        rc::gen::set(&WorldEvent::which, rc::gen::inRange<std::size_t>(0, 12)),
        rc::gen::set(&WorldEvent::draw, any_draw()),
        rc::gen::set(&WorldEvent::failure, any_failure()),
        rc::gen::set(
            &WorldEvent::delivery,
            rc::gen::weightedElement<Delivery>(
                {{5 - left_open, Delivery::not_sent}, {left_open, Delivery::unknown}}
            )
        ),
        rc::gen::set(&WorldEvent::phase, phase),
        rc::gen::set(&WorldEvent::retry_after, retry_after),
        rc::gen::set(
            &WorldEvent::repetition_documented,
            rc::gen::weightedElement<bool>({{2, true}, {1, false}})
        )
    );
}

}  // namespace

rc::Gen<WorldSetup> any_setup() {
    return setup_with(
        rc::gen::element(OnUnknown::stop, OnUnknown::retry_if_documented, OnUnknown::failover)
    );
}

rc::Gen<WorldSetup> any_setup(OnUnknown on_unknown) {
    return setup_with(rc::gen::just(on_unknown));
}

rc::Gen<std::vector<WorldEvent>> any_events(std::size_t left_open) {
    auto const kind = rc::gen::weightedElement<Kind>(
        {{10, Kind::operation},
         {20, Kind::answer},
         {1, Kind::give_up},
         {1, Kind::isolate},
         {2, Kind::restore}}
    );
    return rc::gen::container<std::vector<WorldEvent>>(any_event(kind, left_open));
}

rc::Gen<std::vector<WorldEvent>> any_answers() {
    return rc::gen::container<std::vector<WorldEvent>>(any_event(rc::gen::just(Kind::answer), 1));
}

void showValue(WorldSetup const& setup, std::ostream& out) {
    out << "on_unknown " << to_string(setup.on_unknown) << ", max_attempts "
        << setup.max_attempts.value_or(0) << ", deadline " << setup.deadline.count();
    for (auto const& instance : setup.instances) {
        out << "\n  - " << (instance.serves ? "" : "cannot serve, ");
        showValue(instance.delivery.retry, out);
        out << ", ";
        showValue(instance.delivery.breaker, out);
    }
}

void showValue(WorldEvent const& event, std::ostream& out) {
    out << "\n  after " << event.pause.count() << ' ';
    switch (event.kind) {
        case Kind::operation:
            out << "an operation";
            return;
        case Kind::isolate:
            out << "isolate " << event.which;
            return;
        case Kind::restore:
            out << "restore " << event.which;
            return;
        case Kind::give_up:
            out << "give up " << event.which;
            return;
        case Kind::answer:
            break;
    }
    out << "answer " << event.which << ": ";
    if (!event.failure) {
        out << "success";
        return;
    }
    out << to_string(*event.failure) << ", " << to_string(event.delivery) << ", "
        << to_string(event.phase) << ", draw " << event.draw;
    if (event.retry_after) out << ", Retry-After " << event.retry_after->count();
    if (event.repetition_documented) out << ", may be repeated";
}

}  // namespace otp::test
