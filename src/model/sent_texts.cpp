#include <otp/error.hpp>
#include <otp/sent_texts.hpp>

namespace otp {

std::string SentTexts::scrub_text(std::string_view text) const {
    return scrub_vendor_text(text);
}

std::string SentTexts::scrub_identifier(std::string_view text) const {
    return vendor_identifier(text);
}

}  // namespace otp
