#include "eko/eko_errors.hpp"

#include <array>
#include <charconv>

namespace otp::eko {

namespace {

using adapter::ErrorRule;
using adapter::for_status;
using adapter::NeededBody;
using enum ErrorCategory;
using Outcome = Verification::Outcome;

// Eko's numbers are shared by all its services; those of wallets and bank transfers are listed,
// too, so that they are not taken for something else if they should ever answer a request for a
// code.
constexpr std::array status_table{
    // response_status_id: another transaction is in progress
    ErrorRule{"-2", unavailable},
    // user's wallet exists already
    ErrorRule{"17", recipient_conflict},
    // the agent cannot be registered
    ErrorRule{"31", permission_denied},
    // a field is missing: "Please provide the value of the field"
    ErrorRule{"97", invalid_request},
    // a name should have letters only
    ErrorRule{"132", invalid_request},
    // the transaction id does not exist
    ErrorRule{"168", invalid_request},
    // wrong OTP; as the answer to a send it makes no sense
    ErrorRule{"302", provider_error, {}, Outcome::wrong_code},
    // OTP expired
    ErrorRule{"303", provider_error, {}, Outcome::expired},
    // "Invalid Sender/Initiator": the initiator_id is not known
    ErrorRule{"319", config_invalid},
    // enrolled, verification pending: a code may be what it is pending for
    ErrorRule{"327", recipient_conflict, {}, {}, Delivery::unknown},
    // recipient exists already
    ErrorRule{"342", recipient_conflict},
    // user or agent not onboarded, or wrong user_code
    ErrorRule{"346", permission_denied},
    // insufficient balance
    ErrorRule{"347", quota_exhausted},
    // invalid channel
    ErrorRule{"460", invalid_request},
    // the documents' example of a validation error
    ErrorRule{"461", invalid_request},
    // user not found
    ErrorRule{"463", recipient_not_found},
    // the bank is not available
    ErrorRule{"544", unavailable},
    // the customer's identity is approved already
    ErrorRule{"585", recipient_conflict},
    // the person's monthly limit is used up; no other vendor should be asked instead
    ErrorRule{"945", recipient_throttled},
    // the identity proof exists already
    ErrorRule{"1237", recipient_conflict},
    // user or agent not onboarded
    ErrorRule{"1297", permission_denied},
};

constexpr std::array message_table{
    // The documents' cure is another URL (v1, v2), so the base URL is wrong.
    ErrorRule{"No mapping rule matched", config_invalid},
    // The service is not activated for the account.
    ErrorRule{"Agent not allowed", permission_denied},
    ErrorRule{"Customer not allowed", permission_denied},
    // A parameter is missing or its format is wrong.
    ErrorRule{"No Key for Response", invalid_request},
    // Credentials of the sandbox were used in production.
    ErrorRule{"Kindly use your production key", unauthenticated},
    ErrorRule{"Invalid Sender/Initiator", config_invalid},
    ErrorRule{"Insufficient balance", quota_exhausted},
    ErrorRule{"Wrong OTP", provider_error, {}, Outcome::wrong_code},
    ErrorRule{"OTP expired", provider_error, {}, Outcome::expired},
    // Observed for a used or unknown code; not documented.
    ErrorRule{"OTP not found", provider_error, {}, Outcome::expired},
    // The documented answer to a wrong and to an expired code alike.
    ErrorRule{"OTP verification failed", provider_error, {}, Outcome::rejected},
};

// The bodies of 401 and 403 are shown in several ways, without `status` among them, so that any
// JSON may be Eko's own there.
constexpr std::array http_table{
    // Observed for a wrong signature, where 403 is documented.
    for_status(401, unauthenticated, NeededBody::any_json),
    // "incorrect secret-key or timestamp"; also an address that is not on the allow-list
    for_status(403, unauthenticated, NeededBody::any_json),
    // "wrong request URL"
    for_status(404, config_invalid),
    // "incorrect HTTP method" and "wrong Content-Type header": this is no endpoint of ours
    for_status(405, config_invalid),
    for_status(415, config_invalid),
    // "connectivity or URL misconfiguration"
    for_status(500, provider_error),
};

}  // namespace

std::span<ErrorRule const> status_rules() noexcept {
    return status_table;
}
std::span<ErrorRule const> message_rules() noexcept {
    return message_table;
}
std::span<ErrorRule const> http_rules() noexcept {
    return http_table;
}

ErrorRule const* find_status_rule(std::int64_t status) noexcept {
    std::array<char, 24> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), status);
    static_cast<void>(error);  // 24 characters hold every 64-bit number
    return adapter::find_rule(status_table, std::string_view(digits.data(), end));
}

ErrorRule const* find_message_rule(std::string_view message) noexcept {
    return adapter::find_rule(message_table, message, adapter::CodeMatch::part);
}

}  // namespace otp::eko
