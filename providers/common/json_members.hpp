#pragma once

#include "common/stack_json.hpp"

#include <otp/result.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace otp::common {

/// A member of a JSON object, as far as a success is made of such.
struct JsonMember {
    enum class Kind {
        null,
        integer,  ///< One that fits `integer`.
        text,     ///< Without a NUL.
        nested,   ///< An object or array.
        other,    ///< A truth value, another number, or text with a NUL.
    };

    std::string_view name;
    Kind kind{Kind::other};
    std::string_view text;
    std::int64_t integer{0};
};

/// Reads a vendor's body that must be a JSON object, by the rules of `parse_json_body`, and then
/// hands its members to `visit`. Views live as long as `body` and `memory`.
///
/// An object without nesting and escapes, as most successes are, costs half of what a tree does.
/// Errors: those of `parse_json_object`; nothing has been visited then.
[[nodiscard]] std::optional<Error> visit_json_members(
    std::string_view body, StackJson& memory, std::function<void(JsonMember const&)> const& visit
);

}  // namespace otp::common
