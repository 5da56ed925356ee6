#pragma once

#include "model/folded_text.hpp"

namespace otp::model {

/// The text as a browser shows it: without the tags and comments of HTML or XML (`<wbr>`, `</b>`,
/// `<!-- -->`). Empty if there are none.
[[nodiscard]] FoldedText without_markup(FoldedText const& text);

}  // namespace otp::model
