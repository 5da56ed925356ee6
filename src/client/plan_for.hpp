#pragma once

#include "delivery/roster/roster.hpp"

#include <otp/client.hpp>
#include <otp/result.hpp>

namespace otp {

/// The instances of `roster` that may serve `target`, for this request, whose turn it is. Errors:
/// `config_invalid` that names what there is.
[[nodiscard]] Result<delivery::Plan> plan_for(
    delivery::Roster const& roster, SendTarget const& target, SendOtp const& request
);

/// The plan that the next such request will get. Errors: as of `plan_for`.
[[nodiscard]] Result<delivery::Plan> preview_for(
    delivery::Roster const& roster, SendTarget const& target, SendOtp const& request
);

/// The one instance that made `handle`. Errors: `config_invalid` if it is gone.
[[nodiscard]] Result<delivery::Plan> sender_of(
    delivery::Roster const& roster, VerificationHandle const& handle
);

}  // namespace otp
