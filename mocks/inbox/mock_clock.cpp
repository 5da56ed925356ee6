#include "inbox/mock_clock.hpp"

#include <stdexcept>
#include <utility>

namespace otp::mocks {
namespace {

using std::chrono::milliseconds;

constexpr MockTime earliest{std::chrono::sys_days{std::chrono::January / 1 / 1970}};
constexpr MockTime latest{std::chrono::sys_days{std::chrono::December / 31 / 9000}};
// Longer than from one end to the other, and far from where sums overflow.
constexpr milliseconds longest_move{latest - earliest};

void require_in_range(bool in_range) {
    if (!in_range) {
        throw std::invalid_argument("the vendors' clock runs from the year 1970 to the year 9000");
    }
}

bool is_in_range(MockTime time) {
    return time >= earliest && time <= latest;
}

MockTime machine_time() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

MockClock::MockClock(std::function<MockTime()> base) : base_(std::move(base)) {
    require_in_range(is_in_range(base_()));
}

void MockClock::set(MockTime now) {
    require_in_range(is_in_range(now));
    moved_ = now - base_();
}

void MockClock::advance(milliseconds by) {
    require_in_range(by >= -longest_move && by <= longest_move);
    set(now() + by);
}

MockClock make_clock(MockOptions const& options) {
    auto base = options.now ? options.now : machine_time;
    auto const offset = options.clock_offset;
    require_in_range(offset >= -longest_move && offset <= longest_move);
    return MockClock([base = std::move(base), offset] { return base() + offset; });
}

}  // namespace otp::mocks
