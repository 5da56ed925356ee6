#pragma once

#include "config/duration_text.hpp"
#include "config/number_range.hpp"
#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/json_body.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace otp::config {

/// A member of a structure of settings: its key in a file, and its range, which holds in files and
/// for configurations built in code.
template <class Owner, class Value, class Range>
struct Setting {
    std::string_view key;
    Value Owner::*member;
    Range range;
};

template <class Owner>
using DurationSetting = Setting<Owner, std::chrono::milliseconds, DurationRange>;
template <class Owner, class Value>
using IntegerSetting = Setting<Owner, Value, IntegerRange>;
template <class Owner>
using NumberSetting = Setting<Owner, double, NumberRange>;

[[nodiscard]] inline std::optional<std::chrono::milliseconds> read_in_range(
    ObjectReader const& object, std::string_view key, DurationRange range
) {
    return object.duration(key, range);
}

[[nodiscard]] inline std::optional<std::int64_t> read_in_range(
    ObjectReader const& object, std::string_view key, IntegerRange range
) {
    return object.integer(key, range);
}

[[nodiscard]] inline std::optional<double> read_in_range(
    ObjectReader const& object, std::string_view key, NumberRange range
) {
    return object.number(key, range);
}

/// Replaces the members of `owner` that `object` names: those of the `settings`, all of one kind.
template <class Settings, class Owner>
void read_settings(ObjectReader const& object, Settings const& settings, Owner& owner) {
    for (auto const& setting : settings) {
        if (auto const value = read_in_range(object, setting.key, setting.range)) {
            auto& member = owner.*setting.member;
            member = static_cast<std::remove_reference_t<decltype(member)>>(*value);
        }
    }
}

/// Reports what of them is out of its range, as members of the object at `pointer`.
template <class Settings, class Owner>
void check_settings(
    Settings const& settings, Owner const& owner, std::string const& pointer, Violations& violations
) {
    for (auto const& setting : settings) {
        if (auto const mistake = range_mistake(owner.*setting.member, setting.range)) {
            violations.add(append_json_pointer(pointer, setting.key), mistake->text);
        }
    }
}

}  // namespace otp::config
