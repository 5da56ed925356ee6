#pragma once

#include "config/duration_text.hpp"
#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/json_body.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace otp::config {

/// Two durations of a structure of which one is the limit of the other: `base_delay` grows up to
/// `max_delay`.
template <class Owner>
struct OrderedDurations {
    std::string_view key;
    std::chrono::milliseconds Owner::*member;
    std::string_view limit_key;
    std::chrono::milliseconds Owner::*limit;
};

/// `must not be longer than max_delay (2s), is 3s`.
[[nodiscard]] inline std::string above_limit(
    std::chrono::milliseconds duration, std::string_view limit_key, std::chrono::milliseconds limit
) {
    return "must not be longer than " + std::string(limit_key) + " (" + duration_text(limit) +
           "), is " + duration_text(duration);
}

/// `must not be shorter than base_delay (50ms), is 10ms`.
[[nodiscard]] inline std::string below_start(
    std::chrono::milliseconds limit, std::string_view key, std::chrono::milliseconds duration
) {
    return "must not be shorter than " + std::string(key) + " (" + duration_text(duration) +
           "), is " + duration_text(limit);
}

/// Reports a duration above its limit at the one that `object` names, for the other may come from
/// elsewhere: from `defaults`, or from what is so if nobody says anything. What it does not name at
/// all was reported where it comes from.
template <class Owner>
void check_read_order(
    ObjectReader const& object, OrderedDurations<Owner> const& pair, Owner const& owner
) {
    auto const& violations = object.violations();
    auto const duration = owner.*pair.member;
    auto const limit = owner.*pair.limit;
    bool const is_unread = violations.has(object.pointer_of(pair.key)) ||
                           violations.has(object.pointer_of(pair.limit_key));
    if (duration <= limit || is_unread) return;
    if (object.find(pair.key) != nullptr) {
        object.refuse(pair.key, above_limit(duration, pair.limit_key, limit));
    } else if (object.find(pair.limit_key) != nullptr) {
        object.refuse(pair.limit_key, below_start(limit, pair.key, duration));
    }
}

/// Reports a duration above its limit, as a member of the object at `pointer`, unless one of the
/// two is out of its own range.
template <class Owner>
void check_order(
    OrderedDurations<Owner> const& pair,
    Owner const& owner,
    std::string const& pointer,
    Violations& violations
) {
    auto const duration = owner.*pair.member;
    auto const limit = owner.*pair.limit;
    auto const place = append_json_pointer(pointer, pair.key);
    if (duration <= limit || violations.has(append_json_pointer(pointer, pair.limit_key))) return;
    violations.add_if_new(place, above_limit(duration, pair.limit_key, limit));
}

}  // namespace otp::config
