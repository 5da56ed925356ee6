#pragma once

#include <otp/error.hpp>
#include <otp/nearest_name.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing::simulator {

/// Reads the members of JSON objects by name, and collects what is wrong with them, each with its
/// pointer. A member that is missing or wrong is nothing.
class CheckedJson {
public:
    using Names = std::initializer_list<std::string_view>;

    void refuse(std::string pointer, std::string message) {
        violations_.push_back({std::move(pointer), std::move(message)});
    }

    /// Null if `value` is no object. Members of other names are refused.
    [[nodiscard]] boost::json::object const* object_at(
        boost::json::value const& value, std::string const& at, Names names
    );
    [[nodiscard]] std::optional<int> whole_number(
        boost::json::object const& object,
        std::string const& at,
        std::string_view name,
        int lowest,
        int highest
    );
    [[nodiscard]] std::optional<bool> flag(
        boost::json::object const& object, std::string const& at, std::string_view name
    );
    [[nodiscard]] std::optional<std::string_view> text(
        boost::json::object const& object, std::string const& at, std::string_view name
    );
    /// `500ms`, `30s`, `5m`, `1h`: at most 24 hours.
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration(
        boost::json::object const& object, std::string const& at, std::string_view name
    );
    /// One of `values` by its `to_string`; `what` they are.
    template <class Enumerator>
    [[nodiscard]] std::optional<Enumerator> one_of(
        boost::json::object const& object,
        std::string const& at,
        std::string_view name,
        std::string_view what,
        std::span<Enumerator const> values
    ) {
        std::vector<std::string_view> names;
        for (auto const value : values) names.push_back(to_string(value));
        auto const place = place_among(object, at, name, what, names);
        return place ? std::optional(values[*place]) : std::nullopt;
    }

    [[nodiscard]] std::vector<FieldViolation> take() { return std::exchange(violations_, {}); }

private:
    [[nodiscard]] std::optional<std::size_t> place_among(
        boost::json::object const& object,
        std::string const& at,
        std::string_view name,
        std::string_view what,
        std::span<std::string_view const> names
    );

    std::vector<FieldViolation> violations_;
};

}  // namespace otp::testing::simulator
