#pragma once

#include "vendor/vendor.hpp"

#include <otp/adapter/http_message.hpp>

#include <memory>
#include <string_view>

namespace otp::simulation {

/// A fresh mock vendor of that name.
[[nodiscard]] std::unique_ptr<mocks::Vendor> make_mock_vendor(std::string_view name);

/// As the vendor's server would see the request, and the client its answer.
[[nodiscard]] mocks::MockRequest as_mock_request(HttpRequest const& request);
[[nodiscard]] HttpResponse as_response(mocks::MockResponse const& mock);

}  // namespace otp::simulation
