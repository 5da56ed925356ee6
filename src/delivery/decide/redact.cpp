#include "delivery/decide/redact.hpp"

namespace otp::delivery {

void redact(Error& error, SentTexts const& sent) {
    sent.mask_known(error.message);
    sent.mask_known(error.vendor_code);
    sent.mask_known(error.request_id);
    sent.mask_known(error.documentation_url);
    for (auto& violation : error.violations) {
        sent.mask_known(violation.pointer);
        sent.mask_known(violation.message);
    }
}

void redact_refusal(Error& error, SentTexts const& sent) {
    sent.mask_as_sent(error.message);
    for (auto& violation : error.violations) {
        sent.mask_as_sent(violation.pointer);
        sent.mask_as_sent(violation.message);
    }
}

void redact(SendReceipt& receipt, SentTexts const& sent) {
    sent.mask_known(receipt.request_id);
    for (auto& warning : receipt.warnings) sent.mask_known(warning);
}

void redact(Verification& verification, SentTexts const& sent) {
    sent.mask_known(verification.request_id);
    sent.mask_known(verification.vendor_code);
}

}  // namespace otp::delivery
