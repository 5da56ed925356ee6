#pragma once

#include "eko/eko_mock.hpp"

#include <optional>

namespace otp::mocks {

/// What is wrong with the signature of a request, as far as it can be told; nothing if it is signed
/// as in https://developers.eko.in/docs/authentication, at most 5 minutes before or after the
/// client's time.
[[nodiscard]] std::optional<Explanation> explain_eko_signature(
    MockRequest const& request, EkoAccount const& account, MockTime client_now
);

}  // namespace otp::mocks
