#pragma once

#include <otp/email_address.hpp>
#include <otp/phone_number.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace otp {

/// Who gets the code. Vendors need different parts: a phone number, an email address, or the id
/// under which the vendor knows the person. Fill in what is known; the instance takes what it
/// needs.
class Recipient {
public:
    Recipient() = default;
    Recipient(PhoneNumber number)
        : phone(std::move(number)) {}  // NOLINT(google-explicit-constructor)
    Recipient(EmailAddress address)
        : email(std::move(address)) {}  // NOLINT(google-explicit-constructor)

    std::optional<PhoneNumber> phone;
    std::optional<EmailAddress> email;
    /// The vendors' own ids, by vendor name: `{"spherepay", "customer_..."}`, `{"10npay", "2077"}`.
    std::map<std::string, std::string, std::less<>> user_ids;
};

}  // namespace otp
