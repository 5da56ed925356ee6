#pragma once

#include "delivery/roster/roster.hpp"

#include <otp/client.hpp>
#include <otp/result.hpp>

namespace otp {

/// The instances of `roster` that may serve `target`. Errors: `config_invalid` that names what
/// there is.
[[nodiscard]] Result<delivery::Candidates> candidates_for(
    delivery::Roster const& roster, SendTarget const& target
);

/// The one instance that made `handle`. Errors: `config_invalid` if it is gone.
[[nodiscard]] Result<delivery::Candidates> sender_of(
    delivery::Roster const& roster, VerificationHandle const& handle
);

}  // namespace otp
