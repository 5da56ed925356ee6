#pragma once

#include "eko/eko_response.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/success_table.hpp>

#include <boost/json/object.hpp>

#include <string_view>

namespace otp::eko {

/// An answer beside whom the request or the handle names. Lives as long as what its members refer
/// to; a text that was not sent is empty.
struct Answer {
    HttpResponse const& response;
    boost::json::object const* body;
    EkoEnvelope const& envelope;
    /// Ten digits.
    std::string_view mobile;
    std::string_view client_ref_id;
    std::string_view otp_ref_id;
};

/// https://eps.eko.in/docs/mobile-otp-send
extern SuccessTable<Answer> const send_success;

/// https://eps.eko.in/docs/mobile-otp-verify
extern SuccessTable<Answer> const verify_success;

/// Whether `named` is `mobile`, ten digits: with or without the calling code, `+` and a trunk `0`.
[[nodiscard]] bool is_same_mobile(std::string_view named, std::string_view mobile) noexcept;

}  // namespace otp::eko
