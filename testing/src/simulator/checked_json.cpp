#include "simulator/checked_json.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace otp::testing::simulator {

namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds longest{std::chrono::hours(24)};

struct Unit {
    std::string_view name;
    milliseconds length;
};
constexpr std::array<Unit, 4> units{
    {{"ms", milliseconds(1)},
     {"s", std::chrono::seconds(1)},
     {"m", std::chrono::minutes(1)},
     {"h", std::chrono::hours(1)}}};

/// `is no category of an error; did you mean "timeout"?`
std::string unknown(
    std::string_view what, std::string_view text, std::span<std::string_view const> known
) {
    auto message = "is no " + std::string(what);
    if (auto const nearest = nearest_name(text, known)) {
        return message + "; did you mean \"" + std::string(*nearest) + "\"?";
    }
    for (auto const& name : known) {
        message += (&name == known.data() ? "; there are " : ", ") + std::string(name);
    }
    return message;
}

std::optional<milliseconds> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    auto const* const end = text.data() + text.size();
    auto const [unit_begin, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc() || count < 0) return std::nullopt;
    std::string_view const name(unit_begin, static_cast<std::size_t>(end - unit_begin));
    auto const* const unit = std::find_if(units.begin(), units.end(), [name](Unit const& known) {
        return known.name == name;
    });
    if (unit == units.end() || count > longest / unit->length) return std::nullopt;
    return unit->length * count;
}

}  // namespace

json::object const* CheckedJson::object_at(
    json::value const& value, std::string const& at, Names names
) {
    auto const* const object = value.if_object();
    if (object == nullptr) {
        refuse(at, "must be an object");
        return nullptr;
    }
    std::span<std::string_view const> const known(names.begin(), names.size());
    for (auto const& member : *object) {
        std::string_view const name = member.key();
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            refuse(append_json_pointer(at, name), unknown("member here", name, known));
        }
    }
    return object;
}

std::optional<int> CheckedJson::whole_number(
    json::object const& object,
    std::string const& at,
    std::string_view name,
    int lowest,
    int highest
) {
    auto const* const value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    auto const* const number = value->if_int64();
    if (number != nullptr && *number >= lowest && *number <= highest) {
        return static_cast<int>(*number);
    }
    refuse(
        append_json_pointer(at, name),
        "must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest)
    );
    return std::nullopt;
}

std::optional<bool> CheckedJson::flag(
    json::object const& object, std::string const& at, std::string_view name
) {
    auto const* const value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (auto const* const truth = value->if_bool()) return *truth;
    refuse(append_json_pointer(at, name), "must be true or false");
    return std::nullopt;
}

std::optional<std::string_view> CheckedJson::text(
    json::object const& object, std::string const& at, std::string_view name
) {
    auto const* const value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return std::string_view(value->get_string());
    refuse(append_json_pointer(at, name), "must be a text");
    return std::nullopt;
}

std::optional<milliseconds> CheckedJson::duration(
    json::object const& object, std::string const& at, std::string_view name
) {
    auto const given = text(object, at, name);
    if (!given) return std::nullopt;
    auto const parsed = parse_duration(*given);
    if (!parsed) {
        refuse(
            append_json_pointer(at, name),
            "must be a duration of at most 24h, such as 500ms, 30s or 5m"
        );
    }
    return parsed;
}

std::optional<std::size_t> CheckedJson::place_among(
    json::object const& object,
    std::string const& at,
    std::string_view name,
    std::string_view what,
    std::span<std::string_view const> names
) {
    auto const given = text(object, at, name);
    if (!given) return std::nullopt;
    auto const found = std::find(names.begin(), names.end(), *given);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    refuse(append_json_pointer(at, name), unknown(what, *given, names));
    return std::nullopt;
}

}  // namespace otp::testing::simulator
