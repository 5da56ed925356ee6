#pragma once

#include "simulation/dice.hpp"
#include "simulation/operations.hpp"
#include "simulation/rare_state.hpp"
#include "simulation/timeline.hpp"
#include "simulation/trace.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otp::simulation {

/// What all parts of one schedule share.
struct World {
    World(std::uint64_t seed, bool keeps_lines)
        : dice(seed), trace(keeps_lines), timeline(dice.fork()) {}

    Dice dice;
    Operations operations;
    RareStates rare;
    Trace trace;
    /// Requests on their way, whoever waits for them.
    std::size_t exchanges{0};
    bool shutting_down{false};
    /// Rules that were broken, for a person.
    std::vector<std::string> failures;
    /// Last, as what is left in it may refer to the rest.
    Timeline timeline;

    void note(std::string_view what, std::uint64_t operation = 0);
    void fail(std::string_view rule, std::uint64_t operation = 0);
    /// With the time, if lines are kept; `words` makes the text.
    template <class Words>
    void tell(std::uint64_t mark, Words const& words) {
        trace.mark(mark);
        if (trace.keeps_lines()) line(words());
    }

private:
    void line(std::string const& text);
};

}  // namespace otp::simulation
