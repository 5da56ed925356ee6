#pragma once

#include <string>
#include <string_view>

namespace otp::mocks {

/// JSON text with `"***"` as the value of each member that `is_secret_name` names, at any depth,
/// and otherwise byte for byte as it was. Null and the empty text tell nothing, and stay. Text that
/// is no JSON, or ends too early, is read as far as it looks like it.
[[nodiscard]] std::string masked_json(std::string_view text);

/// The same of the fields of `a=b&c=d`.
[[nodiscard]] std::string masked_form(std::string_view text);

/// The same of a header field's value. An `Authorization` keeps its scheme: `Bearer ***`.
[[nodiscard]] std::string masked_header(std::string_view name, std::string_view value);

}  // namespace otp::mocks
