#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>

#include <string>

namespace otp::adapter {

/// Whether the status sends the client elsewhere: 300 to 399, but for 304, which answers a question
/// that the SDK never asks.
[[nodiscard]] constexpr bool is_redirect(int http_status) noexcept {
    return http_status >= 300 && http_status < 400 && http_status != 304;
}

/// Says that the answer is a redirect, where it leads to, and what to do. Of the `Location` only
/// the origin is shown (scheme, host and port; path and query often hold what the request said),
/// and of that nothing that `sent` knows.
///
/// Precondition: `is_redirect(response.status)`.
[[nodiscard]] std::string redirect_message(HttpResponse const& response, SentTexts const& sent);

}  // namespace otp::adapter
