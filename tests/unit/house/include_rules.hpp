#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

/// One `#include` line of a source.
struct IncludeLine {
    int line{0};
    /// As written, delimiters included: `<otp/error.hpp>`, `"http/wire/origin.hpp"`.
    std::string text;
};

/// The include lines of a source's text, in their order.
[[nodiscard]] std::vector<IncludeLine> include_lines(std::string_view source);

/// To which group of the table (include_rules.cpp) an include of `file` belongs: `standard`,
/// `public`, `boost.asio`, `src/model`, ...
[[nodiscard]] std::string group_of(std::string_view file, std::string_view include);

/// The folder of the table that `file` (relative to the project's root) is in; empty if none is.
[[nodiscard]] std::string_view folder_of(std::string_view file);

/// What is wrong with a source: one line each, `src/model/x.cpp:3: ... may not include ...`.
/// `file` is relative to the project's root.
[[nodiscard]] std::vector<std::string> violations_of(
    std::string_view file, std::string_view source
);

/// All folders of the table.
[[nodiscard]] std::vector<std::string_view> known_folders();

}  // namespace otp::test
