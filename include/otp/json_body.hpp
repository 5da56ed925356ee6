#pragma once

#include <otp/export.hpp>
#include <otp/result.hpp>

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// Reads a vendor's JSON body, more strictly than a plain parser: a repeated member name anywhere
/// (RFC 7493 2.3), a number that is not finite, depth over 32, invalid UTF-8 and trailing bytes are
/// refused. A byte order mark in front is ignored.
///
/// Errors: `bad_response`, delivery `unknown`, with the reason and the offset, never the text.
[[nodiscard]] Result<boost::json::value> parse_json_body(
    std::string_view body, boost::json::storage_ptr storage = {}
);

/// The member as text; nothing if it is missing, null or of another type, or holds a NUL.
[[nodiscard]] std::optional<std::string_view> string_member(
    boost::json::object const& object, std::string_view name
) noexcept;

/// The member as text, where vendors send numbers and strings in turn: a string as it is, an
/// integer in decimal. Nothing for anything else.
[[nodiscard]] std::optional<std::string> text_member(
    boost::json::object const& object, std::string_view name
);

/// The member as an integer: a JSON integer, or a string of decimal digits with an optional sign.
/// Nothing for anything else, and for what does not fit.
[[nodiscard]] std::optional<std::int64_t> integer_member(
    boost::json::object const& object, std::string_view name
) noexcept;

[[nodiscard]] std::optional<bool> bool_member(
    boost::json::object const& object, std::string_view name
) noexcept;

/// The member, if it is an object; else null.
[[nodiscard]] boost::json::object const* object_member(
    boost::json::object const& object, std::string_view name
) noexcept;

/// `tokens` joined to an RFC 6901 pointer: `/` and `~` escaped.
[[nodiscard]] std::string append_json_pointer(std::string_view pointer, std::string_view token);

/// The same in place.
void extend_json_pointer(std::string& pointer, std::string_view token);

}  // namespace otp
