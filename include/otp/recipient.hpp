#pragma once

#include <otp/email_address.hpp>
#include <otp/export.hpp>
#include <otp/phone_number.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace OTP_EXPORT otp {

/// Who gets the code. Vendors need different parts: a phone number, an email address, or the id
/// under which the vendor knows the person. Fill in what is known; the instance takes what it
/// needs.
class Recipient {
public:
    Recipient() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): a phone number is a recipient,
    Recipient(PhoneNumber number) : phone(std::move(number)) {}
    // NOLINTNEXTLINE(google-explicit-constructor): and so is an email address.
    Recipient(EmailAddress address) : email(std::move(address)) {}

    std::optional<PhoneNumber> phone;
    std::optional<EmailAddress> email;
    /// The vendors' own ids, by vendor name: `{"spherepay", "customer_..."}`, `{"10npay", "2077"}`.
    std::map<std::string, std::string, std::less<>> user_ids;
};

}  // namespace otp
