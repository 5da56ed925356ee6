#pragma once

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>

#include <string>

namespace otp::adapter {

/// Says of a body that is not the vendor's what it is, and who may have answered.
[[nodiscard]] std::string foreign_body_message(BodySource source, HttpResponse const& response);

}  // namespace otp::adapter
