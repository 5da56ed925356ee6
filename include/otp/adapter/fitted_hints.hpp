#pragma once

#include <otp/adapter/hints.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/export.hpp>
#include <otp/vendor_description.hpp>

#include <type_traits>
#include <utility>

namespace OTP_EXPORT otp {
namespace adapter {

/// A copy to change. The code of a verify is copied on purpose, too.
[[nodiscard]] inline SendOtp copy_of(SendOtp const& send) {
    return send;
}
[[nodiscard]] inline VerifyOtp copy_of(VerifyOtp const& verify) {
    VerifyOtp copy(verify.handle, verify.code.clone());
    copy.client = verify.client;
    copy.vendor_fields = verify.vendor_fields;
    copy.deadline = verify.deadline;
    return copy;
}

/// Calls `use` with `request` after its hints have been fitted to `vendor`, for adapters that are
/// called without a client. A request without hints, and one whose hints the client has fitted, is
/// passed on as it is. Gives the refusal of hints that cannot be meant, or else the call's result,
/// a `Result`.
template <class Request, class Use>
auto with_fitted_hints(
    Request const& request, VendorDescription const& vendor, AttemptContext const& context, Use use
) -> std::invoke_result_t<Use, Request const&> {
    if (context.hints_are_fitted || !has_hints(request)) return use(request);
    FittedHints hints = fit_hints(request, vendor);
    if (hints.refusal) return std::move(*hints.refusal);
    Request fitted = copy_of(request);
    set_hints(fitted, std::move(hints.used));
    return use(std::as_const(fitted));
}

}  // namespace adapter
}  // namespace otp
