#pragma once

#include "inbox/vendor_set.hpp"
#include "wire/exchange.hpp"

#include <cstddef>
#include <string_view>

namespace otp::mocks {

/// Whether a path belongs to the JSON API and not to a vendor: `/api` and what is below it. No
/// vendor has such paths.
[[nodiscard]] bool is_control_path(std::string_view path);

/// The JSON API (docs/testing-offline.md). At most `most_waiting` of its requests wait for messages
/// at once; each takes a thread of the server.
[[nodiscard]] MockResponse answer_control(
    MockRequest const& request, VendorSet& vendors, std::size_t most_waiting
);

/// The answer to a path that is neither the API's nor a vendor's.
[[nodiscard]] MockResponse unknown_path();

}  // namespace otp::mocks
