#include "config/object_reader.hpp"

#include "config/wording.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace otp::config {

namespace {

std::string_view kind_name(boost::json::kind kind) {
    switch (kind) {
        case boost::json::kind::null:
            return "null";
        case boost::json::kind::bool_:
            return "a boolean";
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
        case boost::json::kind::double_:
            return "a number";
        case boost::json::kind::string:
            return "a string";
        case boost::json::kind::array:
            return "an array";
        case boost::json::kind::object:
            return "an object";
    }
    return "something else";
}

// Nothing if it is none, or beyond all that a setting can be.
std::optional<std::int64_t> whole_number(boost::json::value const& value) {
    constexpr double exact_to = 9007199254740992;  // 2 to the power of 53
    if (auto const* integer = value.if_int64()) return *integer;
    auto const* number = value.if_double();
    if (number == nullptr || std::abs(*number) > exact_to || std::trunc(*number) != *number) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
}

}  // namespace

ObjectReader::ObjectReader(
    boost::json::object const& object, std::string pointer, Violations& violations
)
    : object_(&object), pointer_(std::move(pointer)), violations_(&violations) {}

std::optional<ObjectReader> ObjectReader::open(
    boost::json::value const& value, std::string pointer, Violations& violations
) {
    auto const* object = value.if_object();
    if (object == nullptr) {
        violations.add(std::move(pointer), wrong_type("an object", value));
        return std::nullopt;
    }
    return ObjectReader(*object, std::move(pointer), violations);
}

std::optional<ObjectReader> ObjectReader::open(
    boost::json::value const& value,
    std::string pointer,
    std::span<std::string_view const> keys,
    Violations& violations
) {
    auto reader = open(value, std::move(pointer), violations);
    if (reader) {
        for (auto const& member : reader->object()) {
            std::string_view const key = member.key();
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
                reader->refuse(key, unknown_name("key", key, keys));
            }
        }
    }
    return reader;
}

boost::json::value const* ObjectReader::find(std::string_view key) const {
    return object_->if_contains(key);
}

boost::json::value const* ObjectReader::require(std::string_view key) const {
    auto const* value = find(key);
    if (value == nullptr) refuse(key, "is missing");
    return value;
}

std::optional<std::string_view> ObjectReader::text(std::string_view key) const {
    auto const* value = find(key);
    if (value == nullptr) return std::nullopt;
    return plain_text(*value, pointer_of(key), *violations_);
}

std::optional<bool> ObjectReader::flag(std::string_view key) const {
    auto const* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (auto const* flag = value->if_bool()) return *flag;
    refuse(key, wrong_type("true or false", *value));
    return std::nullopt;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key, IntegerRange range) const {
    auto const* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number()) {
        refuse(key, wrong_type(wanted(range), *value));
        return std::nullopt;
    }
    auto const number = whole_number(*value);
    if (!number || range_mistake(*number, range)) {
        refuse(key, "must be " + wanted(range));
        return std::nullopt;
    }
    return number;
}

std::optional<double> ObjectReader::number(std::string_view key, NumberRange range) const {
    auto const* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number()) {
        refuse(key, wrong_type(wanted(range), *value));
        return std::nullopt;
    }
    auto const number = value->to_number<double>();
    if (auto const mistake = range_mistake(number, range)) {
        refuse(key, mistake->text);
        return std::nullopt;
    }
    return number;
}

std::optional<std::chrono::milliseconds> ObjectReader::duration(
    std::string_view key, DurationRange range
) const {
    auto const* value = find(key);
    if (value == nullptr) return std::nullopt;
    auto const* text = value->if_string();
    if (text == nullptr) {
        refuse(key, wrong_type(R"(a duration with a unit, such as "300ms", "8s" or "5m")", *value));
        return std::nullopt;
    }
    auto const duration = parse_duration(*text);
    if (!duration) {
        refuse(key, duration.error().text);
        return std::nullopt;
    }
    if (auto const mistake = range_mistake(*duration, range)) {
        refuse(key, mistake->text);
        return std::nullopt;
    }
    return *duration;
}

std::string ObjectReader::pointer_of(std::string_view key) const {
    return append_json_pointer(pointer_, key);
}

void ObjectReader::refuse(std::string_view key, std::string message) const {
    violations_->add(pointer_of(key), std::move(message));
}

std::string wrong_type(std::string_view wanted, boost::json::value const& value) {
    return "must be " + std::string(wanted) + ", is " + std::string(kind_name(value.kind()));
}

std::optional<std::string_view> plain_text(
    boost::json::value const& value, std::string const& pointer, Violations& violations
) {
    auto const* text = value.if_string();
    if (text == nullptr) {
        violations.add(pointer, wrong_type("a string", value));
        return std::nullopt;
    }
    std::string_view const result = *text;
    if (result.find("${") != result.npos) {
        violations.add(
            pointer, "is no place for a reference: ${…} is read in credentials and proxy passwords"
        );
        return std::nullopt;
    }
    return result;
}

}  // namespace otp::config
