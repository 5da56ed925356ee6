#include "simulation/world.hpp"

#include <chrono>

namespace otp::simulation {

namespace {

std::string of_operation(std::string_view text, std::uint64_t operation) {
    std::string words(text);
    if (operation != 0) words += " [operation " + std::to_string(operation) + "]";
    return words;
}

}  // namespace

void World::note(std::string_view what, std::uint64_t operation) {
    tell(operation, [&] { return of_operation(what, operation); });
}

void World::fail(std::string_view rule, std::uint64_t operation) {
    failures.push_back(of_operation(rule, operation));
    tell(operation, [&] { return "BROKEN: " + failures.back(); });
}

void World::line(std::string const& text) {
    auto const elapsed = timeline.now().time_since_epoch() - std::chrono::hours(1);
    auto const milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
    trace.line(std::to_string(milliseconds) + " ms  " + text);
}

}  // namespace otp::simulation
