#pragma once

#include <otp/result.hpp>

#include <iosfwd>
#include <string>
#include <string_view>

namespace otp {

/// A phone number in E.164 form: `+`, then 2 to 15 digits, the first of them not 0.
///
/// Printing shows a mask (`+9198******21`); `reveal()` is the only way to the whole number.
class PhoneNumber {
public:
    /// Errors: `invalid_recipient`, without the refused text. Spaces, dashes and national forms are
    /// refused and not guessed at.
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
