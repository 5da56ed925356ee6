#include "model/scrub.hpp"

#include <otp/error.hpp>

namespace otp {

std::string scrub_vendor_text(std::string_view text) {
    return model::scrub_text(text, {});
}

std::string vendor_identifier(std::string_view text) {
    return model::scrub_identifier(text, {});
}

}  // namespace otp
