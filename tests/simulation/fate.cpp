#include "simulation/fate.hpp"

#include <array>
#include <span>

namespace otp::simulation {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// Drawn from with equal chance.
using Choices = std::span<Happening const>;

constexpr std::array unreachable{
    Happening::name_not_resolved,
    Happening::connection_refused,
    Happening::connection_refused,
    Happening::handshake_failed};
constexpr std::array stalling{Happening::stalled};
constexpr std::array losing{Happening::request_cut, Happening::answer_lost, Happening::answer_cut};
constexpr std::array failing{
    Happening::server_error,
    Happening::server_error,
    Happening::unavailable,
    Happening::garbage,
    Happening::another_answer};
constexpr std::array throttling{Happening::throttled};
constexpr std::array refusing{Happening::documented};
constexpr std::array anything{
    Happening::name_not_resolved,
    Happening::connection_refused,
    Happening::handshake_failed,
    Happening::stalled,
    Happening::request_cut,
    Happening::answer_lost,
    Happening::answer_cut,
    Happening::documented,
    Happening::server_error,
    Happening::unavailable,
    Happening::throttled,
    Happening::garbage,
    Happening::another_answer};

Choices choices_of(Mood mood) noexcept {
    switch (mood) {
        case Mood::unreachable:
            return unreachable;
        case Mood::stalling:
            return stalling;
        case Mood::losing_connections:
            return losing;
        case Mood::failing:
            return failing;
        case Mood::throttling:
            return throttling;
        case Mood::refusing:
            return refusing;
        default:
            return anything;
    }
}

/// How many of a hundred requests are not simply answered.
std::size_t share_of(Mood mood) noexcept {
    switch (mood) {
        case Mood::well:
        case Mood::slow:
            return 1;
        case Mood::unreachable:
        case Mood::stalling:
            return 90;
        case Mood::any_of_them:
            return 40;
        default:
            return 70;
    }
}

constexpr std::array phases_that_stall{
    ExchangePhase::queued,
    ExchangePhase::resolving,
    ExchangePhase::connecting,
    ExchangePhase::tunnelling,
    ExchangePhase::handshaking,
    ExchangePhase::writing,
    ExchangePhase::waiting,
    ExchangePhase::reading};

milliseconds usual_or_long(Dice& dice, bool is_long, milliseconds longest) noexcept {
    return is_long ? dice.between(0ms, longest) : dice.between(0ms, 30ms);
}

}  // namespace

Fate draw_fate(Dice& dice, Mood mood) {
    Fate fate;
    if (dice.percent(share_of(mood))) fate.happening = dice.pick(choices_of(mood));
    bool const slow = mood == Mood::slow || dice.percent(3);
    fate.opening = usual_or_long(dice, slow, 1500ms);
    fate.there = usual_or_long(dice, false, 0ms);
    fate.work = usual_or_long(dice, slow, 4000ms);
    fate.back = usual_or_long(dice, slow, 1000ms);
    fate.stalls_in = dice.pick<ExchangePhase>(phases_that_stall);
    fate.per_mille = dice.percent(10) ? 0 : dice.below(1001);
    fate.carried_out = dice.percent(50);
    fate.choice = static_cast<std::size_t>(dice.next() >> 1U);
    return fate;
}

}  // namespace otp::simulation
