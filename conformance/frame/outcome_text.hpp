#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/result.hpp>
#include <otp/send_receipt.hpp>
#include <otp/verify_otp.hpp>

#include <string>

namespace otp::conformance {

// All that an adapter says, in one text: to compare, and never to print, as it has secrets.

[[nodiscard]] std::string text_of(HttpRequest const& request);
/// Why it is none, if it is refused.
[[nodiscard]] std::string text_of(Result<HttpRequest> const& request);
[[nodiscard]] std::string text_of(Result<SendReceipt> const& outcome);
[[nodiscard]] std::string text_of(Result<Verification> const& outcome);

}  // namespace otp::conformance
