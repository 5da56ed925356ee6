#pragma once

#include "frame/cause.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {

/// What is done to an adapter: a check, in the words of a report, and of which cause it is a
/// failure unless the outcome says better.
struct Check {
    std::string_view name{};
    Cause cause{};
};

/// One attempt of a check.
struct Attack {
    Check check{};
    /// What was tried. Without any text of the requests, as it is printed.
    std::string input{};
    /// Where, if at one place: a JSON pointer, the name of a hint.
    std::string place{};
};

/// One attempt that showed something wrong.
struct Observation {
    /// `send`, `verify`, `confirmation`, `token`.
    std::string operation{};
    /// The name of the check: `truncated body`.
    std::string check{};
    Cause cause{};
    std::string place{};
    /// What was tried and what came of it: `the first 3 bytes: passed for a success`.
    std::string what{};
};

using Observations = std::vector<Observation>;

}  // namespace otp::conformance
