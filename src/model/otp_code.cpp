#include "model/typed_code.hpp"

#include <otp/otp_code.hpp>

#include <ostream>

namespace otp {

Result<OtpCode> OtpCode::parse(std::string_view code) {
    model::TypedCode typed;
    if (!typed.read(code)) {
        return field_error(
            ErrorCategory::invalid_request,
            "/code",
            "must be 1 to 64 digits, letters or other printable ASCII characters"
        );
    }
    return OtpCode(Secret(typed.text()));
}

std::ostream& operator<<(std::ostream& out, OtpCode const& /*code*/) {
    return out << "***";
}

}  // namespace otp
