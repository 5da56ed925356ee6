#include "frame/summary.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace otp::conformance {
namespace {

constexpr std::size_t most_places = 3;
constexpr std::size_t longest_example = 160;

using Names = std::vector<std::string>;

void add_name(Names& names, std::string const& name) {
    bool const known = std::find(names.begin(), names.end(), name) != names.end();
    if (!known && !name.empty()) names.push_back(name);
}

std::string joined(Names const& names, std::size_t most) {
    std::string text;
    for (std::size_t index = 0; index < std::min(most, names.size()); ++index) {
        text.append(text.empty() ? "" : ", ").append(names[index]);
    }
    if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
    return text;
}

/// On one line, and no longer than a line should be.
std::string shortened(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
    }
    if (text.size() <= longest_example) return text;
    auto end = longest_example;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "...";
}

/// What is known of one cause.
struct Group {
    Names operations{};
    Names places{};
    std::size_t variants{0};
    std::string example{};
};

/// The cause that tells an observation: its own, or the first one of the operation that it may
/// follow from.
Cause telling_cause(Observation const& seen, Observations const& all) {
    auto cause = seen.cause;
    for (bool changed = true; changed;) {
        changed = false;
        for (auto const& other : all) {
            bool const is_near = other.operation == seen.operation || cause == Cause::endless_error;
            if (is_near && follows_from(cause, other.cause)) {
                cause = other.cause;
                changed = true;
                break;
            }
        }
    }
    return cause;
}

/// One observation of each cause and operation, which is all that decides what follows from what.
Observations representatives(Observations const& all) {
    Observations found;
    for (auto const& seen : all) {
        bool const known = std::any_of(found.begin(), found.end(), [&seen](auto const& other) {
            return other.cause == seen.cause && other.operation == seen.operation;
        });
        if (!known) found.push_back(seen);
    }
    return found;
}

Failure told(Cause cause, Group const& group) {
    auto const& text = text_of(cause);
    return Failure{
        std::string(text.check),
        joined(group.operations, group.operations.size()),
        std::string(text.what),
        joined(group.places, most_places),
        std::string(text.advice),
        group.variants,
        shortened(group.example)};
}

}  // namespace

std::vector<Failure> summarize(Observations const& observations) {
    auto const known = representatives(observations);
    std::map<std::pair<Cause, std::string>, Group> groups;
    std::map<Cause, std::size_t> consequences;
    for (auto const& seen : observations) {
        auto const cause = telling_cause(seen, known);
        if (cause != seen.cause) {
            ++consequences[cause];
            continue;
        }
        auto& group = groups[{cause, text_of(cause).by_place ? seen.place : std::string()}];
        add_name(group.operations, seen.operation);
        add_name(group.places, seen.place);
        ++group.variants;
        if (group.example.empty()) group.example = seen.check + ", " + seen.what;
    }
    std::vector<Failure> failures;
    for (auto& [key, group] : groups) {
        // Of several places, the first one answers for what follows.
        group.variants += std::exchange(consequences[key.first], 0);
        failures.push_back(told(key.first, group));
    }
    return failures;
}

}  // namespace otp::conformance
