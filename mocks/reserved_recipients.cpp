#include "10npay/ten_n_pay_reserved.hpp"
#include "eko/eko_reserved.hpp"
#include "loyaltydog/loyaltydog_reserved.hpp"
#include "spherepay/spherepay_reserved.hpp"
#include "stytch/stytch_reserved.hpp"

#include <otp/mocks/reserved_recipients.hpp>

namespace otp::mocks {
namespace {

std::vector<ReservedRecipient> collect() {
    std::vector<ReservedRecipient> all;
    for (ReservedAnswers const* vendor :
         {&spherepay_reserved(),
          &loyaltydog_reserved(),
          &ten_n_pay_reserved(),
          &eko_reserved(),
          &stytch_reserved()}) {
        for (MockStep const step : {MockStep::send, MockStep::verify}) {
            for (ReservedAnswer const& answer : vendor->all()) {
                if (answer.listed.step == step) all.push_back(answer.listed);
            }
        }
    }
    return all;
}

}  // namespace

std::string_view to_string(MockStep step) noexcept {
    return step == MockStep::send ? "send" : "verify";
}

std::vector<ReservedRecipient> const& reserved_recipients() {
    static std::vector<ReservedRecipient> const all = collect();
    return all;
}

}  // namespace otp::mocks
