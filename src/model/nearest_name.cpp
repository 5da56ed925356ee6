#include "model/edit_distance.hpp"

#include <otp/nearest_name.hpp>

#include <cstddef>

namespace otp {

namespace {

// Names are short; this bounds the work that a hostile one can cause.
constexpr std::size_t max_name = 64;

}  // namespace

std::optional<std::string_view> nearest_name(
    std::string_view name, std::span<std::string_view const> known
) {
    if (name.empty() || name.size() > max_name) return std::nullopt;
    // One mistake in every three letters still looks like the same word.
    std::size_t best = name.size() / 3 + 2;
    std::optional<std::string_view> nearest;
    for (auto const candidate : known) {
        if (candidate.size() > max_name) continue;
        auto const distance = model::edit_distance(name, candidate);
        if (distance < best && distance < candidate.size()) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

}  // namespace otp
