#pragma once

#include "eko/eko_mock.hpp"

namespace otp::mocks {

/// Whether a request is signed as in https://developers.eko.in/docs/authentication, at most 5
/// minutes before or after the client's time.
[[nodiscard]] bool is_signed_for_eko(
    MockRequest const& request, EkoAccount const& account, MockTime client_now
);

}  // namespace otp::mocks
