#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/success_table.hpp>

#include <string_view>

namespace otp::loyaltydog {

/// An answer beside the target that the request or the handle names. Lives as long as what its
/// members refer to.
struct Answer {
    HttpResponse const& response;
    adapter::JsonObject const* body;
    std::string_view target;
};

/// https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp
extern SuccessTable<Answer> const send_success;

/// https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp
extern SuccessTable<Answer> const verify_success;

/// Whether two targets are the same person: email addresses without regard to case, phone numbers
/// by their digits, any other text as it is.
[[nodiscard]] bool is_same_target(std::string_view left, std::string_view right);

}  // namespace otp::loyaltydog
