#pragma once

#include "model/folded_text.hpp"
#include "model/text_masks.hpp"

#include <cstddef>
#include <string_view>

namespace otp::model {

// What is personal or secret by its looks alone. Each takes time linear in the text.

/// Email addresses: a local part (RFC 5322 3.2.3, RFC 6531), `@`, a domain. White space by control
/// characters between two of their characters does not end them.
void mask_email_addresses(FoldedText const& text, TextMasks& masks);

/// Email addresses whose domain begins with a letter and has a dot: those of a text that may have
/// been decoded wrongly, where `status=400` has become `status@0`.
void mask_clear_email_addresses(FoldedText const& text, TextMasks& masks);

/// Numbers of `least_digits` or more, with up to three separators between any two digits.
void mask_numbers(FoldedText const& text, std::size_t least_digits, TextMasks& masks);

/// Numbers of `least_digits` or more, with up to three separators between any two digits, none of
/// which stands beside a letter: those are of an identifier. Nor are UUIDs (RFC 9562 4) numbers.
void mask_numbers_without_letters(FoldedText const& text, std::size_t least_digits, TextMasks&);

/// What may be an IP address that was written wrongly: hexadecimal digits with two or more colons
/// or three or more dots.
void mask_likely_ip_addresses(FoldedText const& text, TextMasks& masks);

/// Phone numbers that say so: `+`, then 7 or more digits with separators.
void mask_international_numbers(FoldedText const& text, TextMasks& masks);

/// Runs without a break that are more likely a key, token or code than a word, and the parts that a
/// `/` of Base64 joins to them; words and numbers of a path stay. `source` is what `text` was made
/// from, which has the capitals.
void mask_tokens(FoldedText const& text, std::string_view source, TextMasks& masks);

}  // namespace otp::model
