#pragma once

#include "vendor/request_subject.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What the SDK made of one attempt, and what its exchange is known by.
struct Verdict {
    std::string traceparent;
    /// Empty: not told.
    std::string vendor{};
    RequestSubject::Step step{RequestSubject::Step::other};
    std::optional<int> status{};
    /// The event as it came, as JSON.
    std::string event{};
};

/// The verdicts in lines as `JsonLineObserver` writes them: each `attempt_ended` with a
/// `traceparent`. Other events and what is no JSON object are passed over.
[[nodiscard]] std::vector<Verdict> read_verdicts(std::string_view json_lines);

}  // namespace otp::mocks
