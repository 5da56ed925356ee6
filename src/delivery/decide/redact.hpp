#pragma once

#include <otp/adapter/sent_texts.hpp>
#include <otp/error.hpp>
#include <otp/send_receipt.hpp>
#include <otp/verify_otp.hpp>

namespace otp::delivery {

// The last line of defence, for adapters that keep a text as the vendor wrote it: what the request
// took to the vendor is masked in everything that an application may log. Handles, user ids,
// session tokens and test codes are the application's data and stay as they are. What the SDK says
// itself (of connections, time and the machine) passes through none of these.

/// Of an answer: the message, the vendor's code, the ids, the URL and the violations.
void redact(Error& error, SentTexts const& sent);

/// Of a request that an adapter refuses to encode: the message and the violations, which the vendor
/// had no part in. Masked is only what stands there as it was to be sent, so that the limits that
/// they name stay (`SentTexts::mask_as_sent`).
void redact_refusal(Error& error, SentTexts const& sent);

/// The request id and the warnings.
void redact(SendReceipt& receipt, SentTexts const& sent);

/// The request id and the vendor's code.
void redact(Verification& verification, SentTexts const& sent);

}  // namespace otp::delivery
