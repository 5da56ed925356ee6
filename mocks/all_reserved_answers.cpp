#include "all_reserved_answers.hpp"

#include "10npay/ten_n_pay_reserved.hpp"
#include "eko/eko_reserved.hpp"
#include "loyaltydog/loyaltydog_reserved.hpp"
#include "spherepay/spherepay_reserved.hpp"
#include "stytch/stytch_reserved.hpp"

namespace otp::mocks {

std::array<ReservedAnswers const*, 5> all_reserved_answers() {
    return {
        &spherepay_reserved(),
        &loyaltydog_reserved(),
        &ten_n_pay_reserved(),
        &eko_reserved(),
        &stytch_reserved()};
}

}  // namespace otp::mocks
