#pragma once

#include "vendor/issued_codes.hpp"
#include "vendor/recent_map.hpp"
#include "vendor/request_subject.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <optional>
#include <string>
#include <variant>

namespace otp::mocks {

/// Who may ask Eko, and how it answers them.
struct EkoAccount {
    std::string developer_key;
    std::string access_key;
    std::string initiator_id;
    /// A send is answered with `data.otp`.
    bool development_mode{false};
};

/// What Eko remembers between requests.
struct EkoState {
    /// What was sent, as far as verify has to repeat it.
    struct Reference {
        std::string client_ref_id;
        std::optional<std::string> otp_ref_id;
    };

    EkoAccount account;
    IssuedCodes codes{};
    RecentMap<Reference> sent_by_phone{};
    /// Each `client_ref_id` may be used once.
    RecentMap<std::monostate> used_references{};

    void forget() {
        codes.clear();
        sent_by_phone.clear();
        used_references.clear();
    }
};

/// `POST /tools/kyc/mobile/otp` and `PUT /tools/kyc/mobile/otp/verify`
/// (https://eps.eko.in/docs/mobile-otp-send, https://eps.eko.in/docs/mobile-otp-verify). Codes have
/// 4 digits and expire after 10 minutes here, as the documents name neither number.
[[nodiscard]] VendorAnswer answer_eko(
    MockRequest const& request, EkoState& state, VendorContext const& context
);

/// Names the phone number, +91 and the mobile, which is the key of its code, too.
[[nodiscard]] RequestSubject eko_subject(MockRequest const& request, EkoState const& state);

}  // namespace otp::mocks
