#pragma once

#include <otp/adapter/json_object.hpp>
#include <otp/export.hpp>

#include <boost/json/object.hpp>

#include <functional>
#include <initializer_list>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// Whether `name` is `plain_name`, which has small letters only, but for case, `_` and `-`.
[[nodiscard]] bool is_spelling_of(std::string_view name, std::string_view plain_name) noexcept;

/// Whether `holds` is true of the value of every member, at any depth, whose name is a spelling of
/// one of these. Null names nobody, and is passed over.
[[nodiscard]] bool all_named(
    boost::json::object const& body,
    std::initializer_list<std::string_view> plain_names,
    std::function<bool(boost::json::value const&)> const& holds
);

/// The same of a body as it was read. What stands below the members `left_out` is not looked at,
/// nor they themselves.
[[nodiscard]] bool all_named(
    JsonObject const& body,
    std::initializer_list<std::string_view> plain_names,
    std::function<bool(boost::json::value const&)> const& holds,
    std::initializer_list<std::string_view> left_out = {}
);

/// Whether a member of that name (without `_` and `-`, letters small) tells the number of a phone:
/// `mobile`, `verifiedphone`; not `phoneverifiedat`.
[[nodiscard]] bool is_name_of_number(std::string_view plain_name) noexcept;

/// Whether `holds` is true of every text and integer, at any depth, that stands under a name of
/// which `is_meant` is true; it gets the name without `_` and `-`, letters small, and the value as
/// text. An element of a list stands under the list's name.
[[nodiscard]] bool all_values_named(
    boost::json::object const& body,
    std::function<bool(std::string_view)> const& is_meant,
    std::function<bool(std::string_view)> const& holds
);
[[nodiscard]] bool all_values_named(
    JsonObject const& body,
    std::function<bool(std::string_view)> const& is_meant,
    std::function<bool(std::string_view)> const& holds
);

}  // namespace adapter
}  // namespace otp
