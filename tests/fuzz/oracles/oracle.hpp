#pragma once

#include "fuzz/oracles/judgement.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/send_otp.hpp>
#include <otp/verify_otp.hpp>

#include <string_view>

namespace otp::fuzz {

/// Judges answers by a vendor's documents alone: written without a look at its adapter, on another
/// JSON library.
struct Oracle {
    std::string_view vendor;
    Judgement (*judge_send)(SendOtp const& send, HttpResponse const& response);
    Judgement (*judge_verify)(VerifyOtp const& verify, HttpResponse const& response);
    /// Null where the vendor documents no question that settles an approval.
    Judgement (*judge_confirmation)(VerifyOtp const& verify, HttpResponse const& response){nullptr};
};

[[nodiscard]] Oracle spherepay_oracle();
[[nodiscard]] Oracle loyaltydog_oracle();
[[nodiscard]] Oracle ten_n_pay_oracle();
[[nodiscard]] Oracle eko_oracle();
[[nodiscard]] Oracle stytch_oracle();

}  // namespace otp::fuzz
