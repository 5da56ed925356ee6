#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

/// What breaks the rule for braces in `source`, which clang-format has laid out: `file:line: why`.
///
/// A statement that fits on the line of its `if`, `for` or `while` stands there, without braces.
/// Everything else has braces.
[[nodiscard]] std::vector<std::string> brace_violations(
    std::string_view file, std::string_view source
);

}  // namespace otp::test
