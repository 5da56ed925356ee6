#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace otp::mocks {

using QueryFields = std::map<std::string, std::string, std::less<>>;

/// The parameters of a query, decoded. A `+` stands for itself, as in phone numbers.
///
/// Nothing if one is not among `known`, stands there twice, has no `=`, is empty, or has a broken
/// escape.
[[nodiscard]] std::optional<QueryFields> parse_query(
    std::string_view query, std::span<std::string_view const> known
);

}  // namespace otp::mocks
