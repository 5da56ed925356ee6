#pragma once

#include "fuzz/support/answer.hpp"
#include "fuzz/support/canary.hpp"
#include "fuzz/support/json_tree.hpp"

#include <random>
#include <string>
#include <vector>

namespace otp::fuzz {

using Random = std::minstd_rand;

/// A number below `bound`, which is above 0.
[[nodiscard]] inline std::size_t below(Random& random, std::size_t bound) {
    return random() % bound;
}

/// What mutations put into answers beside what is there.
struct Vocabulary {
    std::vector<std::string> names;
    std::vector<std::string> texts;
    std::vector<Canary> canaries;
};

/// Makes one change: a scalar becomes another, a member is added, removed, repeated, renamed or
/// swapped, a value is wrapped or unwrapped, a canary is put into a text or a name.
void mutate_json(JsonTree& tree, Vocabulary const& vocabulary, Random& random);

/// Changes status, headers or body. A body that is JSON stays JSON.
void mutate_answer(Answer& answer, Vocabulary const& vocabulary, Random& random);

}  // namespace otp::fuzz
