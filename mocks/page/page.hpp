#pragma once

#include "wire/exchange.hpp"

#include <string_view>

namespace otp::mocks {

/// Whether a path is of the inbox's page: `/` for reads, what is below `/page/`, or the API's own
/// description, `/api/openapi.json`. No vendor has such paths.
[[nodiscard]] bool is_page_path(MockRequest const& request);

/// The file at a path that `is_page_path`; 404 and 405 as the API's.
[[nodiscard]] MockResponse answer_page(MockRequest const& request);

/// The media type of a file by the end of its name; empty for one that is not served.
[[nodiscard]] std::string_view media_type_of(std::string_view name);

}  // namespace otp::mocks
