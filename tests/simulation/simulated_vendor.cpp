#include "simulation/simulated_vendor.hpp"

#include "simulation/documented_answers.hpp"
#include "simulation/vendor_exchange.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

namespace otp::simulation {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// RFC 9110 5.6.7.
std::string http_date(Clock::UtcTime when) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count();
    std::time_t const time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 40> text{};
    auto const length =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), length};
}

mocks::MockResponse refused_token(Fate const& fate) {
    constexpr std::array statuses{400, 401, 403, 429, 500, 503};
    mocks::MockResponse response;
    response.status = statuses[fate.choice % statuses.size()];
    response.body = R"({"error":"invalid_client"})";
    return response;
}

}  // namespace

SimulatedVendor::SimulatedVendor(
    World& world, std::size_t index, std::string instance, std::string_view vendor, Dice dice
)
    : world_(world),
      index_(index),
      instance_(std::move(instance)),
      vendor_(make_mock_vendor(vendor)),
      dice_(dice),
      ids_(static_cast<std::uint32_t>(dice_.next())) {}

SimulatedAnswer SimulatedVendor::answer(
    HttpRequest const& request, Fate const& fate, OperationRecord* operation, std::size_t exchange
) {
    bool const by_itself =
        fate.happening != Happening::documented && fate.happening != Happening::server_error &&
        fate.happening != Happening::unavailable && fate.happening != Happening::throttled &&
        fate.happening != Happening::garbage;
    bool const may_be_carried_out =
        fate.happening == Happening::server_error || fate.happening == Happening::garbage;
    std::optional<mocks::MockResponse> own;
    if (by_itself || (may_be_carried_out && fate.carried_out)) {
        own = carry_out(request, operation, exchange).response;
    }
    SimulatedAnswer answer{HttpResponse(0, {}, {})};
    if (!by_itself) {
        auto const other = other_answer(fate, operation, answer);
        answer.response = as_response(other);
        return answer;
    }
    auto& earlier = operation != nullptr && operation->kind == OperationKind::verify
                        ? earlier_check_
                        : earlier_send_;
    bool const mixed_up =
        fate.happening == Happening::another_answer && earlier && operation != nullptr;
    answer.is_true = !mixed_up;
    answer.token_unknown = own->status == 401;
    answer.response = as_response(mixed_up ? *earlier : *own);
    if (mixed_up) world_.rare.saw(RareState::answer_to_another_request);
    if (own->status < 300 && operation != nullptr) earlier = std::move(own);
    return answer;
}

mocks::VendorAnswer SimulatedVendor::carry_out(
    HttpRequest const& request, OperationRecord* operation, std::size_t exchange
) {
    auto const& clock = world_.timeline.clock();
    // The vendor's clock is right, whatever the client's shows.
    auto const now = testing::ManualClock::default_utc +
                     std::chrono::floor<milliseconds>(clock->now().time_since_epoch() - 1h);
    auto answer = vendor_->answer(as_mock_request(request), {now, now, ids_});
    if (operation == nullptr) return answer;
    if (operation->is_over()) world_.rare.saw(RareState::carried_out_after_the_operation_ended);
    auto& record = operation->exchanges[exchange];
    record.carried_out = true;
    if (answer.sent) {
        operation->codes.push_back({index_, exchange, answer.sent->code, answer.sent->expires_at});
    }
    if (answer.settled && answer.settled->end == mocks::SettledCode::End::verified) {
        operation->approved_by_vendor = true;
    }
    world_.tell(answer.response.status, [&] {
        return instance_ + " carries out operation " + std::to_string(operation->id) + ": " +
               std::to_string(answer.response.status) + (answer.sent ? ", sends a code" : "");
    });
    return answer;
}

mocks::MockResponse SimulatedVendor::other_answer(
    Fate const& fate, OperationRecord const* operation, SimulatedAnswer& answer
) {
    switch (fate.happening) {
        case Happening::throttled:
            return throttled(fate, 429, answer);
        case Happening::unavailable:
            return throttled(fate, 503, answer);
        case Happening::garbage: {
            auto const& bodies = garbage();
            if (fate.carried_out && operation != nullptr) {
                world_.rare.saw(RareState::garbage_though_a_code_was_sent);
            }
            return bodies[fate.choice % bodies.size()];
        }
        case Happening::server_error: {
            constexpr std::array statuses{500, 500, 502, 504, 507};
            world_.rare.saw(
                fate.carried_out ? RareState::server_error_though_a_code_was_sent
                                 : RareState::server_error_and_no_code
            );
            return mocks::empty_response(statuses[fate.choice % statuses.size()]);
        }
        default:
            break;
    }
    auto response = operation == nullptr ? refused_token(fate) : documented(fate, operation);
    answer.client_decides_rest = true;
    return response;
}

mocks::MockResponse SimulatedVendor::documented(
    Fate const& fate, OperationRecord const* operation
) {
    world_.rare.saw(RareState::documented_error);
    auto const& answers = documented_answers(name(), operation->kind);
    return answers[fate.choice % answers.size()];
}

mocks::MockResponse SimulatedVendor::throttled(
    Fate const& fate, int status, SimulatedAnswer& answer
) {
    auto response = mocks::empty_response(status);
    auto const seconds = static_cast<int>(fate.choice / 8 % 12);
    switch (fate.choice % 4) {
        case 0:
            world_.rare.saw(RareState::throttled_for_seconds);
            response.headers.emplace_back("Retry-After", std::to_string(seconds));
            answer.retry_after = std::chrono::seconds(seconds);
            break;
        case 1: {
            world_.rare.saw(RareState::throttled_until_a_date);
            auto const now = world_.timeline.clock()->utc_now();
            auto const until =
                std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(seconds);
            response.headers.emplace_back("Retry-After", http_date(until));
            answer.retry_after = std::max(milliseconds(0), milliseconds(until - now));
            answer.client_decides_rest = true;
            break;
        }
        case 2:
            world_.rare.saw(RareState::throttled_without_a_time);
            break;
        default: {
            constexpr std::array nonsense{"soon", "one", "1.5.2", "", "Thu, 99 Foo"};
            world_.rare.saw(RareState::throttled_with_a_nonsensical_time);
            response.headers.emplace_back(
                "Retry-After", nonsense[fate.choice / 8 % nonsense.size()]
            );
        }
    }
    return response;
}

}  // namespace otp::simulation
