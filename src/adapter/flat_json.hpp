#pragma once

#include <otp/adapter/json_object.hpp>

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace otp::adapter {

/// Reads a body that is a short and flat JSON object without escapes into `members`, each text a
/// part of the body, and answers how many there are. Nothing for any other body, wrong or not, and
/// if a name occurs twice.
[[nodiscard]] std::optional<std::size_t> read_flat_object(
    std::string_view body, std::span<JsonMember> members
);

/// A member of a tree as a flat one. Its text lives as long as the tree.
[[nodiscard]] JsonMember flat_member(boost::json::key_value_pair const& pair);

}  // namespace otp::adapter
