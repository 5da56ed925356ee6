#pragma once

#include "model/folded_text.hpp"

namespace otp::model {

/// Where `at` and `dot` are taken for the signs of an address.
enum class SpelledSigns {
    /// `jane (at) example [dot] com`: in brackets of any kind.
    in_brackets,
    /// `jane at example dot com`: wherever they are words.
    as_words,
};

/// The text with `@` and `.` for what is written for them, and for the white space and the brackets
/// around it. Empty if there is none.
[[nodiscard]] FoldedText with_signs(FoldedText const& text, SpelledSigns which);

}  // namespace otp::model
