#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/vendor_fields.hpp>
#include <otp/result.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace otp::delivery {

/// The request that an adapter made, unless the caller gave a field that its vendor does not have:
/// an adapter that reads only what it knows would drop it without a word. What the adapter refuses
/// itself stays as it is.
[[nodiscard]] inline Result<HttpRequest> refuse_unknown_fields(
    Result<HttpRequest>&& request,
    VendorFields const& fields,
    std::string_view vendor,
    std::vector<SettingDescription> const& known
) {
    if (!request) return std::move(request);
    auto unknown = unknown_vendor_fields(fields, vendor, known);
    if (unknown.empty()) return std::move(request);
    return field_errors(ErrorCategory::invalid_request, std::move(unknown));
}

}  // namespace otp::delivery
