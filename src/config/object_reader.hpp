#pragma once

#include "config/duration_text.hpp"
#include "config/number_range.hpp"
#include "config/violations.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace otp::config {

/// Reads the members of one object by name. Whatever is not as it should be is added to the
/// violations, with its pointer, and read as if it were not there.
class ObjectReader {
public:
    /// Nothing if `value` is no object. Members other than `keys` are reported.
    [[nodiscard]] static std::optional<ObjectReader> open(
        boost::json::value const& value,
        std::string pointer,
        std::span<std::string_view const> keys,
        Violations& violations
    );

    /// As above, where the members' names are the user's own.
    [[nodiscard]] static std::optional<ObjectReader> open(
        boost::json::value const& value, std::string pointer, Violations& violations
    );

    /// The member; null if there is none.
    [[nodiscard]] boost::json::value const* find(std::string_view key) const;
    /// The member; if there is none, that is reported.
    [[nodiscard]] boost::json::value const* require(std::string_view key) const;

    [[nodiscard]] std::optional<std::string_view> text(std::string_view key) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
    /// A whole number, however it is written: `3`, `3.0` and `3e0` are one number in JSON.
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, IntegerRange range)
        const;
    /// A number with or without a fraction.
    [[nodiscard]] std::optional<double> number(std::string_view key, NumberRange range) const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration(
        std::string_view key, DurationRange range
    ) const;

    [[nodiscard]] boost::json::object const& object() const noexcept { return *object_; }
    [[nodiscard]] std::string const& pointer() const noexcept { return pointer_; }
    [[nodiscard]] std::string pointer_of(std::string_view key) const;
    void refuse(std::string_view key, std::string message) const;
    [[nodiscard]] Violations& violations() const noexcept { return *violations_; }

private:
    ObjectReader(boost::json::object const& object, std::string pointer, Violations& violations);

    boost::json::object const* object_;
    std::string pointer_;
    Violations* violations_;
};

/// `must be a string, is a number`.
[[nodiscard]] std::string wrong_type(std::string_view wanted, boost::json::value const& value);

/// A text that is not read for references; reports it if it looks like one.
[[nodiscard]] std::optional<std::string_view> plain_text(
    boost::json::value const& value, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
