#pragma once

#include "wire/exchange.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <string_view>

namespace otp::mocks {

/// `detail` is required, `code` may be empty (https://docs.spherepay.co, ProblemDetailsDto).
[[nodiscard]] MockResponse spherepay_problem(
    int status, std::string const& detail, std::string const& code = {}
);

/// 422 with what is wrong with each field.
[[nodiscard]] MockResponse spherepay_validation_failed(
    std::string_view correlation_id, boost::json::array errors
);

/// Of answers that are the same each time.
inline constexpr std::string_view spherepay_correlation_id = "28c61e885c6e5eaa78c1a2183a9b883c";

}  // namespace otp::mocks
