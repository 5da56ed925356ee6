#pragma once

#include "vendor/id_source.hpp"

#include <otp/mocks/mock_time.hpp>

namespace otp::mocks {

/// What a vendor is given for one exchange, beside the request and its own state.
struct VendorContext {
    /// The time by which codes, limits and tokens age.
    MockTime now;
    /// What a client's own clock should show. Not `now` where a test moved the vendors' time only.
    MockTime client_now;
    /// Where codes and ids come from. Vendors that share one draw from the same sequence.
    IdSource& ids;
};

}  // namespace otp::mocks
