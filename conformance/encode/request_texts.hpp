#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

namespace otp::conformance {

/// Puts texts that nobody should send (`../x`, `a/b`, `a?b`, `a#b`, `%2F`, line ends, quotes) into
/// every text of the requests that an application or a store of handles chooses: references, ids,
/// addresses, codes, the vendor's fields, hints. The adapter must refuse them, or write them so
/// that path, headers and body stay what they are.
void check_request_texts(AdapterUnderTest const& subject, Observations& observations);

}  // namespace otp::conformance
