#pragma once

#include <otp/export.hpp>
#include <otp/result.hpp>

#include <iosfwd>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// A phone number in E.164 form: `+`, then 2 to 15 digits, the first of them not 0.
///
/// Printing shows a mask (`+9198******21`); `reveal()` is the only way to the whole number.
class PhoneNumber {
public:
    /// Reads what a person typed or pasted, as UTF-8: white space and invisible characters
    /// (zero-width and direction marks) at both ends are dropped, and a full-width plus and the
    /// decimal digits of every script become ASCII. Errors: `invalid_recipient`, without the
    /// refused text. Spaces and dashes inside and national forms are refused and not guessed at.
    [[nodiscard]] static Result<PhoneNumber> parse(std::string_view e164);

    /// The number as E.164 text, `+` included.
    [[nodiscard]] std::string_view reveal() const noexcept { return e164_; }

    /// The number with only the first four and the last two digits shown.
    [[nodiscard]] std::string masked() const;

    friend bool operator==(PhoneNumber const&, PhoneNumber const&) = default;

private:
    explicit PhoneNumber(std::string e164) : e164_(std::move(e164)) {}
    std::string e164_;
};

/// Prints `masked()`.
std::ostream& operator<<(std::ostream& out, PhoneNumber const& number);

}  // namespace otp
