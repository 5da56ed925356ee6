#include "simulation/schedule.hpp"

#include "simulation/certainty_rules.hpp"
#include "simulation/people.hpp"
#include "simulation/simulated_transport.hpp"

#include <otp/seam/time_after.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace otp::simulation {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

class Schedule {
public:
    Schedule(std::uint64_t seed, bool keeps_trace)
        : world_(seed, keeps_trace),
          scenario_(make_scenario(world_.dice)),
          threading_(world_.dice.percent(70) ? Threading::single : Threading::multiple),
          witness_(std::make_shared<Witness>(world_, new_models(scenario_))),
          people_(world_, scenario_, threading_),
          planned_models_(witness_->models().at(0)) {
        for (auto const& instance : scenario_.instances) {
            vendors_.push_back(std::make_unique<SimulatedVendor>(
                world_, vendors_.size(), instance.name, instance.vendor, world_.dice.fork()
            ));
        }
    }

    void run() {
        make_client();
        plan_sends();
        plan_moods();
        plan_accidents();
        plan_end();
        if (!world_.timeline.run()) world_.fail("it has no end");
        end_client();
        if (!world_.timeline.run()) world_.fail("it has no end");
        check();
    }

    [[nodiscard]] ScheduleReport report(std::uint64_t seed) {
        ScheduleReport report;
        report.seed = seed;
        report.sends = people_.sends();
        report.checks = people_.checks();
        report.rare = world_.rare;
        report.digest = world_.trace.digest();
        report.failures = world_.failures;
        report.trace = world_.trace.lines();
        return report;
    }

private:
    static Models::Generation new_models(Scenario const& scenario) {
        Models::Generation models;
        for (auto const& instance : scenario.instances) {
            models.push_back(std::make_shared<InstanceModel>(instance.name, instance.delivery));
        }
        return models;
    }

    void make_client() {
        ClientOptions options;
        options.threading = threading_;
        options.clock = world_.timeline.clock();
        options.random = std::make_shared<ThrownBytes>(world_.dice.fork());
        options.observers = {witness_};
        options.environment = {};
        options.environment_names = {};
        options.transport = [this](TransportSettings const& settings) {
            auto& vendor = *vendors_[place_of(settings.instance.name)];
            return Result<std::shared_ptr<Transport>>(
                std::make_shared<SimulatedTransport>(world_, vendor, settings)
            );
        };
        client_.emplace(
            world_.timeline.context().get_executor(), scenario_.config(), std::move(options)
        );
        people_.meet(*client_);
    }

    [[nodiscard]] std::size_t place_of(std::string_view instance) const noexcept {
        std::size_t place = 0;
        while (scenario_.instances[place].name != instance) ++place;
        return place;
    }

    void plan_sends() {
        auto& dice = world_.dice;
        auto const count = dice.between(20, 23);
        // All at once, or one after the other.
        length_ = dice.percent(20) ? 50ms : dice.between(2000ms, 30000ms);
        for (std::size_t number = 0; number < count; ++number) {
            world_.timeline.after(dice.between(0ms, length_), [this] { people_.send(); });
        }
    }

    void plan_moods() {
        auto& dice = world_.dice;
        for (auto const& vendor : vendors_) {
            vendor->set_mood(draw_mood());
            for (auto changes = dice.below(3); changes > 0; --changes) {
                world_.timeline.after(
                    dice.between(0ms, length_),
                    [vendor = vendor.get(), mood = draw_mood()] { vendor->set_mood(mood); }
                );
            }
        }
    }

    [[nodiscard]] Mood draw_mood() {
        auto& dice = world_.dice;
        if (dice.percent(40)) return Mood::well;
        return static_cast<Mood>(dice.below(static_cast<std::size_t>(Mood::count)));
    }

    void plan_accidents() {
        if (world_.dice.percent(30)) plan([this] { reload(); });
        if (world_.dice.percent(15)) plan([this] { reload(); });
        if (world_.dice.percent(20)) plan([this] { isolate(); });
        if (world_.dice.percent(25)) plan([this] { revoke_tokens(); });
        if (world_.dice.percent(15)) plan([this] { step_clock(); });
        if (world_.dice.percent(5)) plan([this] { sleep(); });
        if (world_.dice.percent(30)) plan([this] { compare_health(); });
    }

    template <class Accident>
    void plan(Accident accident) {
        world_.timeline.after(world_.dice.between(0ms, length_), std::move(accident));
    }

    /// Some clients end with operations under way; the others when all is done.
    void plan_end() {
        auto& dice = world_.dice;
        if (dice.percent(80)) return;
        auto const when = dice.between(0ms, length_);
        auto const limit = dice.percent(50) ? dice.between(0ms, 500ms) : 20000ms;
        if (dice.percent(50)) {
            world_.timeline.after(when, [this, limit] { shut_down(limit); });
        } else {
            world_.timeline.after(when, [this] { destroy(); });
        }
    }

    void reload() {
        if (!client_ || world_.shutting_down) return;
        auto& dice = world_.dice;
        auto next = scenario_;
        if (dice.percent(20)) {
            next.route.use.push_back("nobody");
            return begin_reload(next);
        }
        auto models = planned_models_;
        for (std::size_t place = 0; place < next.instances.size(); ++place) {
            if (!dice.percent(40)) continue;
            auto& instance = next.instances[place];
            // Another number, so that the instance is made anew.
            instance.limits.idle_timeout += milliseconds(1 + static_cast<int>(dice.below(50)));
            auto const was_isolated = models[place]->isolated();
            models[place] = std::make_shared<InstanceModel>(instance.name, instance.delivery);
            if (was_isolated) models[place]->isolate();
            static_cast<void>(models[place]->take_news());
        }
        scenario_.instances = next.instances;
        planned_models_ = models;
        witness_->expect_reload(std::move(models));
        begin_reload(next);
    }

    void begin_reload(Scenario const& next) {
        ++reloads_begun_;
        client_->async_reload(next.config(), [this](Result<ReloadReport> const&) {
            ++reloads_ended_;
        });
    }

    void isolate() {
        if (!client_) return;
        auto& dice = world_.dice;
        auto const& instance = scenario_.instances[dice.below(scenario_.instances.size())].name;
        by_hand([&] { client_->isolate(instance); });
        if (dice.percent(30)) return;
        world_.timeline.after(dice.between(0ms, length_), [this, instance] {
            if (client_) by_hand([&] { client_->restore(instance); });
        });
    }

    template <class Change>
    void by_hand(Change const& change) {
        witness_->set_by_hand(true);
        change();
        witness_->set_by_hand(false);
    }

    void revoke_tokens() {
        world_.note("tokens revoked");
        for (auto const& vendor : vendors_) vendor->revoke_tokens();
    }

    void step_clock() {
        world_.rare.saw(RareState::wall_clock_stepped);
        auto& clock = *world_.timeline.clock();
        auto const step = world_.dice.between(0ms, 7200000ms) - 3600000ms;
        clock.set_utc(clock.utc_now() + step);
    }

    void sleep() {
        world_.rare.saw(RareState::slept_through_a_deadline);
        world_.timeline.sleep(world_.dice.between(1000ms, 60000ms));
    }

    void compare_health() {
        if (!client_) return;
        auto const now = world_.timeline.now();
        auto const& models = witness_->models();
        for (auto const& health : client_->health()) {
            auto const* const model = models.find(models.newest(), health.instance);
            if (model == nullptr) {
                world_.fail("the health of an unknown instance");
                continue;
            }
            auto const wrong = model->compare(health, now);
            if (!wrong.empty()) world_.fail(wrong);
        }
    }

    void shut_down(milliseconds limit) {
        if (!client_ || world_.shutting_down) return;
        world_.shutting_down = true;
        shutdown_due_ = time_after(world_.timeline.now(), limit);
        world_.note("shutdown");
        if (world_.dice.percent(30)) revoke_tokens();
        people_.leave();
        client_->async_shutdown(limit, [this](boost::system::error_code error) {
            ++shutdowns_ended_;
            if (world_.operations.under_way() > 0) world_.fail("a shutdown left operations");
            if (world_.timeline.now() > shutdown_due_ + world_.timeline.slept() + 1ms) {
                world_.fail("a shutdown took longer than it was given");
            }
            world_.rare.saw(
                error ? RareState::shutdown_cut_operations_off : RareState::shutdown_waited_for_all
            );
        });
    }

    void destroy() {
        if (!client_) return;
        world_.note("client destroyed");
        if (world_.operations.under_way() > 0) {
            world_.rare.saw(RareState::client_destroyed_with_operations);
        }
        people_.leave();
        client_.reset();
    }

    void end_client() {
        if (client_ && !world_.shutting_down) compare_health();
        if (client_ && !world_.shutting_down) shut_down(1000ms);
        if (!world_.timeline.run()) world_.fail("a shutdown has no end");
        destroy();
    }

    void check() {
        for (auto const& operation : world_.operations.all()) check_certainty(world_, operation);
        if (world_.shutting_down && shutdowns_ended_ != 1) {
            world_.fail("a shutdown did not complete once");
        }
        if (reloads_begun_ != reloads_ended_) world_.fail("a reload did not complete once");
        if (world_.exchanges > 0) world_.fail("an exchange was left behind");
        if (world_.timeline.clock()->waiting() > 0) world_.fail("a timer was left behind");
        auto& context = world_.timeline.context();
        context.restart();
        if (context.poll() > 0) world_.fail("a handler was left behind");
        if (!context.stopped()) world_.fail("work was left behind");
    }

    World world_;
    Scenario scenario_;
    Threading threading_;
    std::shared_ptr<Witness> witness_;
    People people_;
    std::vector<std::unique_ptr<SimulatedVendor>> vendors_;
    std::optional<OtpClient> client_;
    milliseconds length_{0};
    /// Of the instances as they are after the last reload that was asked for.
    Models::Generation planned_models_;
    Clock::TimePoint shutdown_due_{};
    std::size_t shutdowns_ended_{0};
    std::size_t reloads_begun_{0};
    std::size_t reloads_ended_{0};
};

}  // namespace

ScheduleReport run_schedule(std::uint64_t seed, bool keeps_trace) {
    Schedule schedule(seed, keeps_trace);
    schedule.run();
    return schedule.report(seed);
}

}  // namespace otp::simulation
