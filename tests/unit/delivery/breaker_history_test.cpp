// A breaker beside a slow one that keeps everything that ever happened, over random histories.

#include "unit/delivery/breaker_fixture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using delivery::Breaker;
using std::chrono::milliseconds;
using TimePoint = Breaker::TimePoint;

bool is_bad(Verdict verdict) {
    return verdict == Verdict::failed || verdict == Verdict::could_not_connect;
}

/// What the rules say, word by word. Calls are known by the period in which they began: each change
/// begins one, but for the one to half open.
class BreakerByTheBook {
public:
    explicit BreakerByTheBook(BreakerConfig const& config) : config_(config) {}

    struct Call {
        std::size_t period;
        bool ended{false};
        Verdict verdict{Verdict::none};
        TimePoint at{};
    };

    [[nodiscard]] BreakerState state(TimePoint now) const {
        if (state_ != BreakerState::open) return state_;
        bool const probed = std::any_of(calls_.begin(), calls_.end(), [this](Call const& call) {
            return call.period == period_;
        });
        return probed || now >= reopens_at_ ? BreakerState::half_open : BreakerState::open;
    }

    [[nodiscard]] bool lets_through(TimePoint now) const {
        if (state(now) == BreakerState::closed) return true;
        bool const has_probe = std::any_of(calls_.begin(), calls_.end(), [this](Call const& call) {
            return call.period == period_ && !call.ended;
        });
        return state(now) == BreakerState::half_open && !has_probe;
    }

    [[nodiscard]] TimePoint reopens_at() const { return reopens_at_; }

    std::size_t begin() {
        calls_.push_back({period_});
        return calls_.size() - 1;
    }

    std::optional<Change> end(
        std::size_t number, Verdict verdict, TimePoint now, int jitter_in_hundredths
    ) {
        auto& call = calls_[number];
        call = {call.period, true, verdict, now};
        if (call.period != period_ || verdict == Verdict::none) return std::nullopt;
        ended_.push_back(number);
        if (state_ == BreakerState::closed) {
            return opens(now) ? open(now, jitter_in_hundredths) : std::nullopt;
        }
        if (is_bad(verdict)) {
            ++failed_probes_;
            return open(now, jitter_in_hundredths);
        }
        auto const good = std::count_if(ended_.begin(), ended_.end(), [this](std::size_t ended) {
            return calls_[ended].period == period_;
        });
        if (static_cast<std::size_t>(good) < config_.good_probes) return std::nullopt;
        failed_probes_ = 0;
        return change_to(BreakerState::closed, now);
    }

    std::optional<Change> isolate(TimePoint now) { return change_to(BreakerState::isolated, now); }

    std::optional<Change> restore(TimePoint now) {
        failed_probes_ = 0;
        return change_to(BreakerState::closed, now);
    }

private:
    [[nodiscard]] bool opens(TimePoint now) const {
        auto const slice = [this](TimePoint at) {
            return at.time_since_epoch() / (config_.window / 10);
        };
        std::size_t calls = 0;
        std::size_t failed = 0;
        std::size_t row = 0;
        for (auto const number : ended_) {
            auto const& call = calls_[number];
            if (call.period != period_) continue;
            row = call.verdict == Verdict::could_not_connect ? row + 1 : 0;
            if (slice(call.at) <= slice(now) - 10) continue;
            ++calls;
            if (is_bad(call.verdict)) ++failed;
        }
        bool const too_often =
            calls >= config_.minimum_calls &&
            static_cast<double>(failed) >= config_.failure_ratio * static_cast<double>(calls);
        return too_often || row >= config_.connection_failures;
    }

    std::optional<Change> open(TimePoint now, int jitter_in_hundredths) {
        auto length = config_.open;
        for (int i = 0; i < failed_probes_; ++i) length = std::min(2 * length, config_.max_open);
        length = length * (90 + jitter_in_hundredths) / 100;
        auto change = change_to(BreakerState::open, now);
        reopens_at_ = now + length;
        change.value().open_for = length;
        return change;
    }

    std::optional<Change> change_to(BreakerState to, TimePoint now) {
        auto const from = state(now);
        state_ = to;
        // Isolated already, it stays so, and nothing ends either way.
        ++period_;
        return from == to ? std::nullopt : std::optional(Change{from, to});
    }

    BreakerConfig config_;
    BreakerState state_{BreakerState::closed};
    std::size_t period_{0};
    TimePoint reopens_at_{};
    int failed_probes_{0};
    std::vector<Call> calls_;
    /// In the order of their ends.
    std::vector<std::size_t> ended_;
};

/// Both breakers, given the same at random.
class History {
public:
    explicit History(std::mt19937_64::result_type seed) : random_(seed) {}

    void run(int steps) {
        for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
            if (step % 40 == 0) begin_weather();
            pass_time();
            act();
            compare();
        }
    }

    /// How often the state was each one.
    std::array<int, 4> seen{};

private:
    struct Pair {
        Breaker::Ticket ticket;
        std::size_t number;
    };

    int below(int end) { return std::uniform_int_distribution<>(0, end - 1)(random_); }

    static BreakerConfig any_config(std::mt19937_64& random) {
        auto const from = [&random](int least, int most) {
            return std::uniform_int_distribution<>(least, most)(random);
        };
        BreakerConfig config;
        // Exact in binary, as the slow one multiplies.
        config.failure_ratio = from(1, 8) / 8.0;
        config.minimum_calls = static_cast<std::size_t>(from(1, 12));
        config.window = 1000ms * from(1, 4);
        config.connection_failures = static_cast<std::size_t>(from(1, 6));
        // Whole hundreds, so that the jitter needs no rounding.
        config.open = 100ms * from(1, 10);
        config.max_open = config.open + 100ms * from(0, 30);
        config.good_probes = static_cast<std::size_t>(from(1, 4));
        return config;
    }

    /// What calls come to for a while.
    void begin_weather() {
        bad_ = below(11);
        longest_pause_ = 1 + below(300);
    }

    Verdict any_verdict() {
        if (below(10) == 0) return Verdict::none;
        if (below(10) >= bad_) return Verdict::good;
        return below(2) == 0 ? Verdict::failed : Verdict::could_not_connect;
    }

    void pass_time() {
        bool const to_the_moment = breaker_.state(now_) == BreakerState::open && below(6) == 0;
        if (to_the_moment) {
            now_ = std::max(now_, breaker_.reopens_at() - 1ms * below(2));
        } else {
            now_ += milliseconds(below(longest_pause_));
        }
    }

    void act() {
        auto const chance = below(200);
        if (chance == 0) {
            EXPECT_EQ(breaker_.isolate(now_), book_.isolate(now_));
        } else if (chance < 4) {
            EXPECT_EQ(breaker_.restore(now_), book_.restore(now_));
        } else if (chance < 110) {
            begin();
        } else if (!under_way_.empty()) {
            end();
        }
    }

    void begin() {
        if (breaker_.state(now_) == BreakerState::isolated) return;
        // Seldom one that would not be let through.
        if (!breaker_.lets_through(now_) && below(20) != 0) return;
        bool const was_half_open = breaker_.state(now_) == BreakerState::half_open;
        auto const ticket = breaker_.begin();
        under_way_.push_back({ticket, book_.begin()});
        bool const is_half_open = book_.state(now_) == BreakerState::half_open;
        EXPECT_EQ(ticket.is_probe(), is_half_open);
        EXPECT_FALSE(ticket.is_first_probe() && !is_half_open);
        EXPECT_FALSE(is_half_open && !was_half_open && !ticket.is_first_probe());
    }

    void end() {
        auto const place = below(static_cast<int>(under_way_.size()));
        auto const [ticket, number] = under_way_[static_cast<std::size_t>(place)];
        under_way_.erase(under_way_.begin() + place);
        auto const verdict = any_verdict();
        auto const jitter = below(20);
        EXPECT_EQ(
            breaker_.end(ticket, verdict, now_, jitter / 20.0),
            book_.end(number, verdict, now_, jitter)
        );
    }

    void compare() {
        auto const state = breaker_.state(now_);
        ++seen[static_cast<std::size_t>(state)];
        EXPECT_EQ(state, book_.state(now_));
        EXPECT_EQ(breaker_.lets_through(now_), book_.lets_through(now_));
        if (state == BreakerState::open) {
            EXPECT_EQ(breaker_.reopens_at(), book_.reopens_at());
        }
    }

    std::mt19937_64 random_;
    BreakerConfig config_{any_config(random_)};
    Breaker breaker_{config_};
    BreakerByTheBook book_{config_};
    TimePoint now_{1h};
    std::vector<Pair> under_way_;
    int bad_{0};
    int longest_pause_{1};
};

TEST(BreakerHistory, GoesByTheBook) {
    std::array<int, 4> seen{};
    for (std::mt19937_64::result_type seed = 0; seed < 400 && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        History history(seed);
        history.run(600);
        for (std::size_t state = 0; state < seen.size(); ++state) {
            seen[state] += history.seen[state];
        }
    }
    // Each state often enough to have been looked at.
    for (auto const count : seen) EXPECT_GT(count, 5'000);
}

}  // namespace
}  // namespace otp::test
