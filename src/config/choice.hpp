#pragma once

#include "config/object_reader.hpp"
#include "config/wording.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otp::config {

/// The one of `choices` whose stable name (`to_string`) is `name`.
template <class Choice, std::size_t n>
[[nodiscard]] std::optional<Choice> find_choice(
    std::string_view name, std::array<Choice, n> const& choices
) {
    auto const found = std::find_if(choices.begin(), choices.end(), [name](Choice choice) {
        return to_string(choice) == name;
    });
    return found == choices.end() ? std::nullopt : std::optional(*found);
}

/// What to say of a name that none of the choices has: `unknown strategy "weigted"; did you mean
/// "weighted"?`.
template <class Choice, std::size_t n>
[[nodiscard]] std::string unknown_choice(
    std::string_view kind, std::string_view name, std::array<Choice, n> const& choices
) {
    std::array<std::string_view, n> names;
    std::transform(choices.begin(), choices.end(), names.begin(), [](Choice choice) {
        return to_string(choice);
    });
    return unknown_name(kind, name, names);
}

/// Reads a member that is one of the choices' names.
template <class Choice, std::size_t n>
[[nodiscard]] std::optional<Choice> read_choice(
    ObjectReader const& object,
    std::string_view key,
    std::string_view kind,
    std::array<Choice, n> const& choices
) {
    auto const name = object.text(key);
    if (!name) return std::nullopt;
    auto const choice = find_choice(*name, choices);
    if (!choice) object.refuse(key, unknown_choice(kind, *name, choices));
    return choice;
}

}  // namespace otp::config
