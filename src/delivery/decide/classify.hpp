#pragma once

#include <otp/delivery.hpp>
#include <otp/seam/transport.hpp>

namespace otp::delivery {

/// Whether a request that brought no complete response may have been acted upon.
///
/// Nothing left this machine: `not_sent`. The header of a refusal was read, though its body was
/// not: what its status proves (`delivery_of_refusal`). Everything else after the first byte:
/// `unknown` (RFC 9110 9.2.2). Precondition: the exchange failed.
[[nodiscard]] Delivery classify_failure(HttpExchange const& exchange);

/// What `delivery` is when the vendor's answer could be read and is an error: the adapter's word,
/// except that it can never be `accepted`.
[[nodiscard]] Delivery classify_refusal(Error const& error);

/// Whether a 401 may be answered with a fresh access token and the same request: the vendor itself
/// says that the token is refused (a gateway's page is `bad_response`), the token came from the
/// cache, and this operation has not renewed one yet. Safe, since a 401 precedes the vendor's
/// handler.
[[nodiscard]] bool may_renew_token(
    Error const& error, bool token_was_cached, bool renewed
) noexcept;

}  // namespace otp::delivery
