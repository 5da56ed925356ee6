#include "model/ascii.hpp"

#include <otp/otp_code.hpp>

#include <algorithm>
#include <ostream>

namespace otp {

Result<OtpCode> OtpCode::parse(std::string_view code) {
    constexpr std::size_t max_size = 64;

    auto const text = model::trim(code);
    bool const is_printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (text.empty() || text.size() > max_size || !is_printable) {
        return field_error(
            ErrorCategory::invalid_request,
            "/code",
            "must be 1 to 64 printable ASCII characters without spaces"
        );
    }
    return OtpCode(Secret(text));
}

std::ostream& operator<<(std::ostream& out, OtpCode const& /*code*/) {
    return out << "***";
}

}  // namespace otp
