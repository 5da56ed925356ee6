#include "all_vendors.hpp"

#include "10npay/ten_n_pay_mock.hpp"
#include "eko/eko_mock.hpp"
#include "loyaltydog/loyaltydog_mock.hpp"
#include "spherepay/spherepay_mock.hpp"
#include "stytch/stytch_mock.hpp"

namespace otp::mocks {

std::vector<std::unique_ptr<Vendor>> all_vendors(MockOptions const& options) {
    auto const& known = options.credentials;
    bool const development = options.development_mode;
    SpherePayState spherepay{known.spherepay_api_key};
    LoyaltyDogState loyaltydog{
        {known.loyaltydog_username,
         known.loyaltydog_password,
         known.loyaltydog_token,
         development}};
    TenNPayState ten_n_pay{
        {known.ten_n_pay_client_id, known.ten_n_pay_client_secret, known.ten_n_pay_access_token}};
    EkoState eko{
        {known.eko_developer_key, known.eko_access_key, known.eko_initiator_id, development}};
    StytchState stytch{{known.stytch_project_id, known.stytch_secret}};

    std::vector<std::unique_ptr<Vendor>> all;
    all.push_back(
        make_vendor("spherepay", std::move(spherepay), answer_spherepay, spherepay_subject)
    );
    all.push_back(
        make_vendor("loyaltydog", std::move(loyaltydog), answer_loyaltydog, loyaltydog_subject)
    );
    all.push_back(make_vendor("10npay", std::move(ten_n_pay), answer_ten_n_pay, ten_n_pay_subject));
    all.push_back(make_vendor("eko", std::move(eko), answer_eko, eko_subject));
    all.push_back(make_vendor("stytch", std::move(stytch), answer_stytch, stytch_subject));
    return all;
}

}  // namespace otp::mocks
