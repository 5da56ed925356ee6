#pragma once

#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <iosfwd>
#include <string_view>

namespace OTP_EXPORT otp {

/// A one-time code: 1 to 64 printable ASCII characters without spaces and dashes.
///
/// Vendors differ in length (4 to 10 have been seen), so only the adapter narrows it further.
/// Printing shows `***`; copies are made with `clone()`.
class OtpCode {
public:
    /// Reads what a person typed or pasted, as UTF-8: white space, dashes, middle dots and
    /// invisible characters (zero-width and direction marks) are dropped wherever they stand; the
    /// decimal digits of every script and the full-width forms of ASCII become ASCII. Of
    /// `"123.456".` the quotation marks, brackets and stops around are dropped, and the marks
    /// between digits; so is a label without digits that ends in a colon (`code: 123456`); all of
    /// it only where letters and digits alone are left. Letters stay, and so does their case:
    /// `G-123456` is `G123456`. Errors: `invalid_request`, without the text.
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
