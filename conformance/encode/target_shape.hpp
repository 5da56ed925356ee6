#pragma once

#include <otp/adapter/http_message.hpp>

#include <string>
#include <string_view>

namespace otp::conformance {

/// What is wrong with a request whose target was made with another text than the target of `usual`,
/// in words; empty: the text stands in its segment or parameter, or not in the target at all.
[[nodiscard]] std::string problem_of_target(
    HttpRequest const& request, HttpRequest const& usual, std::string_view text
);

/// What is wrong with its header lines; empty: nothing.
[[nodiscard]] std::string problem_of_headers(HttpRequest const& request);

/// What is wrong with its body, which must have the same members as that of `usual`; empty:
/// nothing.
[[nodiscard]] std::string problem_of_body(HttpRequest const& request, HttpRequest const& usual);

}  // namespace otp::conformance
