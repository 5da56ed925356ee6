#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// `%XX` decoded; nothing if an escape is broken or decodes to a NUL.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace otp::mocks
