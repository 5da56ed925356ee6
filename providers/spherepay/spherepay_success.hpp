#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/success_table.hpp>

#include <string_view>

namespace otp::spherepay {

/// An answer beside whom the request is about. Lives as long as what its members refer to.
struct Answer {
    HttpResponse const& response;
    adapter::JsonObject const* body;
    std::string_view customer_id;
    /// `phone` or `email`.
    std::string_view type;
};

/// https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code
extern SuccessTable<Answer> const send_success;

/// https://docs.spherepay.co/api-reference/enhanced-due-diligence/verify-verification-code
extern SuccessTable<Answer> const verify_success;

}  // namespace otp::spherepay
