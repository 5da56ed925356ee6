#pragma once

#include "vendor/issued_codes.hpp"
#include "vendor/recent_map.hpp"
#include "vendor/request_subject.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <variant>

namespace otp::mocks {

/// Who may ask Stytch.
struct StytchAccount {
    std::string project_id;
    std::string secret;
};

/// What Stytch remembers between requests.
struct StytchState {
    /// A phone number or an email address, and what the last send to it said.
    struct Method {
        std::string recipient;
        std::string user_id;
        boost::json::object attributes;
    };

    StytchAccount account;
    IssuedCodes codes{};
    /// By method id.
    RecentMap<Method> methods{};
    RecentMap<std::string> method_id_by_recipient{};
    /// Recipients that belong to a user.
    RecentMap<std::monostate> known_recipients{};

    void forget() {
        codes.clear();
        methods.clear();
        method_id_by_recipient.clear();
        known_recipients.clear();
    }
};

/// `POST /v1/otps/{sms,whatsapp,email}/{send,login_or_create}` and `POST /v1/otps/authenticate`
/// (https://stytch.com/docs/api/send-otp-by-sms, https://stytch.com/docs/api/authenticate-otp).
///
/// `send` needs a known user: one that `login_or_create` made, a `user_id` or session in the
/// request, or one of the documents' example recipients. The sandbox values
/// (https://stytch.com/docs/guides/testing/sandbox-values) always take the code 000000.
[[nodiscard]] VendorAnswer answer_stytch(
    MockRequest const& request, StytchState& state, VendorContext const& context
);

/// Names the method as key, and who it belongs to; of a first send only the recipient.
[[nodiscard]] RequestSubject stytch_subject(MockRequest const& request, StytchState const& state);

}  // namespace otp::mocks
