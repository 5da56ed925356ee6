#include "eko/eko_errors.hpp"

#include "common/text_check.hpp"

#include <algorithm>
#include <array>

namespace otp::eko {

namespace {

using enum ErrorCategory;
using Outcome = Verification::Outcome;

// Eko's numbers are shared by all its services; those of wallets and bank transfers are listed,
// too, so that they are not taken for something else if they should ever answer a request for a
// code.
constexpr std::array status_table{
    // response_status_id: another transaction is in progress
    EkoStatusRule{-2, unavailable},
    // user's wallet exists already
    EkoStatusRule{17, recipient_conflict},
    // the agent cannot be registered
    EkoStatusRule{31, permission_denied},
    // a field is missing: "Please provide the value of the field"
    EkoStatusRule{97, invalid_request},
    // a name should have letters only
    EkoStatusRule{132, invalid_request},
    // the transaction id does not exist
    EkoStatusRule{168, invalid_request},
    // wrong OTP; as the answer to a send it makes no sense
    EkoStatusRule{302, provider_error, Outcome::wrong_code},
    // OTP expired
    EkoStatusRule{303, provider_error, Outcome::expired},
    // "Invalid Sender/Initiator": the initiator_id is not known
    EkoStatusRule{319, config_invalid},
    // enrolled, verification pending: a code may be what it is pending for
    EkoStatusRule{327, recipient_conflict, std::nullopt, Delivery::unknown},
    // recipient exists already
    EkoStatusRule{342, recipient_conflict},
    // user or agent not onboarded, or wrong user_code
    EkoStatusRule{346, permission_denied},
    // insufficient balance
    EkoStatusRule{347, quota_exhausted},
    // invalid channel
    EkoStatusRule{460, invalid_request},
    // the documents' example of a validation error
    EkoStatusRule{461, invalid_request},
    // user not found
    EkoStatusRule{463, recipient_not_found},
    // the bank is not available
    EkoStatusRule{544, unavailable},
    // the customer's identity is approved already
    EkoStatusRule{585, recipient_conflict},
    // the person's monthly limit is used up; no other vendor should be asked instead
    EkoStatusRule{945, recipient_throttled},
    // the identity proof exists already
    EkoStatusRule{1237, recipient_conflict},
    // user or agent not onboarded
    EkoStatusRule{1297, permission_denied},
};

constexpr std::array message_table{
    // The documents' cure is another URL (v1, v2), so the base URL is wrong.
    EkoMessageRule{"No mapping rule matched", config_invalid},
    // The service is not activated for the account.
    EkoMessageRule{"Agent not allowed", permission_denied},
    EkoMessageRule{"Customer not allowed", permission_denied},
    // A parameter is missing or its format is wrong.
    EkoMessageRule{"No Key for Response", invalid_request},
    // Credentials of the sandbox were used in production.
    EkoMessageRule{"Kindly use your production key", unauthenticated},
    EkoMessageRule{"Invalid Sender/Initiator", config_invalid},
    EkoMessageRule{"Insufficient balance", quota_exhausted},
    EkoMessageRule{"Wrong OTP", provider_error, Outcome::wrong_code},
    EkoMessageRule{"OTP expired", provider_error, Outcome::expired},
    // Observed for a used or unknown code; not documented.
    EkoMessageRule{"OTP not found", provider_error, Outcome::expired},
    // The documented answer to a wrong and to an expired code alike.
    EkoMessageRule{"OTP verification failed", provider_error, Outcome::rejected},
};

// The bodies of 401 and 403 are shown in several ways, without `status` among them, so that any
// JSON may be Eko's own there.
constexpr std::array http_table{
    // Observed for a wrong signature, where 403 is documented.
    common::StatusRule{401, unauthenticated, common::NeededBody::any_json},
    // "incorrect secret-key or timestamp"; also an address that is not on the allow-list
    common::StatusRule{403, unauthenticated, common::NeededBody::any_json},
    // "wrong request URL"
    common::StatusRule{404, config_invalid},
    // "incorrect HTTP method" and "wrong Content-Type header": this is no endpoint of ours
    common::StatusRule{405, config_invalid},
    common::StatusRule{415, config_invalid},
    // "connectivity or URL misconfiguration"
    common::StatusRule{500, provider_error},
};

}  // namespace

std::span<EkoStatusRule const> status_rules() noexcept {
    return status_table;
}
std::span<EkoMessageRule const> message_rules() noexcept {
    return message_table;
}
std::span<common::StatusRule const> http_rules() noexcept {
    return http_table;
}

EkoStatusRule const* find_status_rule(std::int64_t status) noexcept {
    auto const* const row =
        std::find_if(status_table.begin(), status_table.end(), [status](auto const& rule) {
            return rule.status == status;
        });
    return row == status_table.end() ? nullptr : row;
}

EkoMessageRule const* find_message_rule(std::string_view message) noexcept {
    auto const* const row =
        std::find_if(message_table.begin(), message_table.end(), [message](auto const& rule) {
            return common::contains_word(message, rule.part);
        });
    return row == message_table.end() ? nullptr : row;
}

}  // namespace otp::eko
