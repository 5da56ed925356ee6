#pragma once

#include <otp/error.hpp>
#include <otp/send_receipt.hpp>
#include <otp/sent_texts.hpp>
#include <otp/verify_otp.hpp>

namespace otp::delivery {

// The last line of defence, for adapters that keep a text as the vendor wrote it: what the request
// took to the vendor is masked in everything that an application may log. Handles, user ids,
// session tokens and test codes are the application's data and stay as they are.

/// The message, the vendor's code, the ids, the URL and the violations.
void redact(Error& error, SentTexts const& sent);

/// The request id and the warnings.
void redact(SendReceipt& receipt, SentTexts const& sent);

/// The request id and the vendor's code.
void redact(Verification& verification, SentTexts const& sent);

}  // namespace otp::delivery
