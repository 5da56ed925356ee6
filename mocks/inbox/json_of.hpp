#pragma once

#include "inbox/fault_rules.hpp"
#include "inbox/mock_clock.hpp"
#include "script/known_faults.hpp"

#include <otp/mocks/mock_exchange.hpp>
#include <otp/mocks/mock_message.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

namespace otp::mocks {

// What the API and its events show, as docs/inbox-api.md has it.

[[nodiscard]] boost::json::object json_of(MockMessage const& message);
/// Without request and answer.
[[nodiscard]] boost::json::object json_of(MockExchange const& exchange);
/// With them.
[[nodiscard]] boost::json::object full_json_of(MockExchange const& exchange);
[[nodiscard]] boost::json::object json_of(ActiveFault const& fault);
[[nodiscard]] boost::json::array json_of(std::vector<ActiveFault> const& faults);
[[nodiscard]] boost::json::object json_of(KnownFault const& fault);

}  // namespace otp::mocks
