#pragma once

#include <otp/error.hpp>
#include <otp/send_receipt.hpp>
#include <otp/verify_otp.hpp>

#include <string>
#include <utility>
#include <vector>

namespace otp::fuzz {

/// What of an outcome may be printed and logged, by the name of its place.
using PrintableTexts = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] PrintableTexts printable_texts(Error const& error);
[[nodiscard]] PrintableTexts printable_texts(SendReceipt const& receipt);
/// Without the id of the person, which is exact.
[[nodiscard]] PrintableTexts printable_texts(Verification const& verification);

}  // namespace otp::fuzz
