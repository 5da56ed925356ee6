#pragma once

#include <otp/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace otp::http {

/// All that a `ResponseReader` makes of bytes that come in these pieces, as one text: its verdict,
/// how many bytes it took, status, header, body and what becomes of the connection. Where it would
/// read on, also what it makes of the end of the connection.
[[nodiscard]] std::string reading_of(
    std::vector<std::string_view> const& pieces, HttpLimits const& limits = {}
);

/// A response of the suite.
struct SampleResponse {
    char const* name;
    std::string bytes;
    /// Part of the error; empty where any will do. Null if it is none of those that are refused.
    char const* says;
    /// What is made of one that is read.
    int status{200};
    std::string body{};
};

/// Responses that are refused.
[[nodiscard]] std::vector<SampleResponse> hostile_responses();

/// Responses that are read, one for each way in which a body may end, with their oddities.
[[nodiscard]] std::vector<SampleResponse> good_responses();

}  // namespace otp::http
