#pragma once

#include <otp/mocks/mock_time.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <string>

namespace otp::mocks {

/// When each target was sent a code; the oldest of many thousands are forgotten.
class SendCounts {
public:
    void add(std::string const& target, MockTime sent_at);
    /// How many were sent to `target` after `since`.
    [[nodiscard]] std::size_t after(MockTime since, std::string const& target) const;
    void clear();

private:
    // Not pruned by their age: a test may turn the clock back, and then they count again.
    std::map<std::string, std::deque<MockTime>> by_target_;
    /// The targets of all sends, oldest first.
    std::deque<std::string> order_;
};

}  // namespace otp::mocks
