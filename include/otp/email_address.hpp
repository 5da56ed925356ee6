#pragma once

#include <otp/export.hpp>
#include <otp/result.hpp>

#include <iosfwd>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// An email address of the form that mail services take: a dot-atom local part (RFC 5321 4.1.2, at
/// most 64 characters), `@`, a domain of at least two labels; at most 254 characters, ASCII.
///
/// Printing shows a mask (`a***@example.com`); `reveal()` is the only way to the whole address.
class EmailAddress {
public:
    /// Reads what a person typed or pasted, as UTF-8: white space and invisible characters
    /// (zero-width and direction marks) at both ends are dropped, and the full-width forms of ASCII
    /// (`＠`, `１`) become ASCII, and so do the dots of East Asian keyboards behind the `@` (UTS 46
    /// 2.3). Errors: `invalid_recipient`, without the refused text.
    [[nodiscard]] static Result<EmailAddress> parse(std::string_view address);

    [[nodiscard]] std::string_view reveal() const noexcept { return address_; }
    [[nodiscard]] std::string masked() const;

    friend bool operator==(EmailAddress const&, EmailAddress const&) = default;

private:
    explicit EmailAddress(std::string address) : address_(std::move(address)) {}
    std::string address_;
};

/// Prints `masked()`.
std::ostream& operator<<(std::ostream& out, EmailAddress const& address);

}  // namespace otp
