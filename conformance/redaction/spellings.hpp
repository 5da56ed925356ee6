#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {

/// The ways in which a vendor may write a text that it was sent, the text itself first. `text` is
/// ASCII.
[[nodiscard]] std::vector<std::string> spellings_of(std::string_view text);

/// A printed text with all spellings undone: letters small, full-width forms and Arabic-Indic
/// digits as ASCII, encodings decoded, what stands between letters and digits left out. Where more
/// than four characters stand between, a `|` is left.
[[nodiscard]] std::string unspelled(std::string_view printed);

}  // namespace otp::conformance
