#pragma once

#include <otp/adapter/http_message.hpp>

namespace otp::testing {

/// `response` as a server sends it: with a `Content-Length`, unless its headers say already how
/// long it is, or its status has no body (RFC 9110 8.6).
[[nodiscard]] HttpResponse with_length(HttpResponse response);

}  // namespace otp::testing
