#pragma once

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/error.hpp>
#include <otp/verify_otp.hpp>

#include <span>

namespace otp::ten_n_pay {

/// The two requests that make a code.
enum class SendKind { send_code, resend_code };

/// What 10nPay's texts in `errors.Error` mean. They are compared without regard to case, spaces
/// and the final full stop, which differ between versions of the documentation.
[[nodiscard]] std::span<adapter::ErrorRule const> error_rules() noexcept;

/// What names of refused fields in `errors` mean.
[[nodiscard]] std::span<adapter::ErrorRule const> field_rules() noexcept;

/// What statuses mean where no text is known.
[[nodiscard]] std::span<adapter::ErrorRule const> send_status_rules() noexcept;
[[nodiscard]] std::span<adapter::ErrorRule const> resend_status_rules() noexcept;

/// The text of a refused check: wrong and expired codes are not told apart.
inline constexpr std::string_view invalid_code = "InvalidCode";

/// Reads an answer with a status other than 2xx: ASP.NET problem details, any member of which may
/// be null, or an empty body.
[[nodiscard]] Error read_send_error(
    HttpResponse const& response, SendKind kind, AttemptContext const& context
);

/// What the answer to a check says: an outcome, or an error that is not about the code.
[[nodiscard]] Result<Verification> read_verify_error(
    HttpResponse const& response, AttemptContext const& context
);

/// A refused question for the user's status. The check before it was answered and counts, so that
/// the delivery is `unknown`.
[[nodiscard]] Error read_status_error(HttpResponse const& response, AttemptContext const& context);

}  // namespace otp::ten_n_pay
