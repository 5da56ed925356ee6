#pragma once

#include "known_values.hpp"
#include "made_up_values.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/result.hpp>
#include <otp/testing/recording.hpp>
#include <otp/vendor_description.hpp>

namespace otp::testing {

/// An exchange as a recording (without a name) in which nothing secret or personal stands that
/// could be recognized: what stands at the vendor's sensitive places and in headers that may hold
/// credentials is masked, of the answer also what repeats it elsewhere.
///
/// Errors: `internal`, with why the exchange cannot be recorded: something known is still there, or
/// it does not fit into a recording. No value is told.
[[nodiscard]] Result<Recording> mask_exchange(
    HttpRequest const& request,
    HttpResponse const& response,
    SensitivePlaces const& places,
    KnownValues const& secrets,
    MadeUpValues& made_up
);

}  // namespace otp::testing
