#pragma once

#include <string>

namespace otp::mocks {

/// What the mock vendors accept. All of it is fake.
struct MockCredentials {
    std::string spherepay_api_key{"mock-spherepay-api-key"};
    /// For `POST /v2/token`. The username `mfa-pending@example.com` is asked for a second factor.
    std::string loyaltydog_username{"mock-merchant@example.com"};
    std::string loyaltydog_password{"mock-loyaltydog-password"};
    /// A token that is accepted without a grant.
    std::string loyaltydog_token{"mock-loyaltydog-token"};
    /// For `POST /connect/token`.
    std::string ten_n_pay_client_id{"mock-10npay-client"};
    std::string ten_n_pay_client_secret{"mock-10npay-client-secret"};
    /// A token that is accepted without a grant.
    std::string ten_n_pay_access_token{"mock-10npay-access-token"};
    std::string eko_developer_key{"mock-eko-developer-key"};
    std::string eko_access_key{"mock-eko-access-key"};
    std::string eko_initiator_id{"9962981729"};
    std::string stytch_project_id{"project-test-00000000-0000-0000-0000-000000000000"};
    std::string stytch_secret{"mock-stytch-secret"};
};

}  // namespace otp::mocks
