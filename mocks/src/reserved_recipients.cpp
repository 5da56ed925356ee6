#include "eko_mock.hpp"
#include "loyaltydog_mock.hpp"
#include "script.hpp"
#include "spherepay_mock.hpp"
#include "stytch_mock.hpp"
#include "ten_n_pay_mock.hpp"

#include <otp/mocks/reserved_recipients.hpp>

namespace otp::mocks {
namespace {

std::vector<ReservedRecipient> collect() {
    std::vector<ReservedRecipient> all;
    for (Script const& script :
         {make_spherepay_script(),
          make_loyaltydog_script(),
          make_ten_n_pay_script(),
          make_eko_script(),
          make_stytch_script()}) {
        for (MockStep const step : {MockStep::send, MockStep::verify}) {
            for (ScriptedAnswer const& answer : script.answers()) {
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
