#pragma once

#include "model/known_texts.hpp"

#include <string>
#include <string_view>

namespace otp::model {

// What is kept of a vendor's texts: known texts masked first, then what looks like one. Of a longer
// text only the first 8 KiB are looked at, and nothing of the rest is shown.

/// A text for people: `scrub_vendor_text`.
[[nodiscard]] std::string scrub_text(std::string_view text, KnownTexts const& known);

/// A name or id: `vendor_identifier`.
[[nodiscard]] std::string scrub_identifier(std::string_view text, KnownTexts const& known);

/// An error code: as an identifier, without numbers of 6 or more digits.
[[nodiscard]] std::string scrub_code(std::string_view text, KnownTexts const& known);

/// Masks the known texts in all of `text`, and changes nothing else.
void mask_known(std::string& text, KnownTexts const& known);

/// Masks numbers of 7 or more digits in an application's reference; digits beside letters, as those
/// of hexadecimal ids, and UUIDs stay.
void mask_numbers_of_reference(std::string& reference);

/// Masks what may be IP addresses in a text in which none can be read.
void mask_unread_ip_addresses(std::string& text);

}  // namespace otp::model
