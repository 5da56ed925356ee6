#pragma once

#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <iosfwd>
#include <string_view>

namespace otp {

/// A one-time code as the person typed it: 1 to 64 printable ASCII characters without spaces.
///
/// Vendors differ in length (4 to 10 have been seen), so only the adapter narrows it further.
/// Printing shows `***`; copies are made with `clone()`.
class OtpCode {
public:
    /// Leading and trailing white space is dropped. Errors: `invalid_request`, without the text.
    [[nodiscard]] static Result<OtpCode> parse(std::string_view code);

    [[nodiscard]] OtpCode clone() const { return OtpCode(text_.clone()); }
    [[nodiscard]] std::string_view reveal() const noexcept { return text_.reveal(); }

private:
    explicit OtpCode(Secret text) : text_(std::move(text)) {}
    Secret text_;
};

/// Prints `***`.
std::ostream& operator<<(std::ostream& out, OtpCode const& code);

}  // namespace otp
