#pragma once

#include "vendor/vendor.hpp"

#include <otp/mocks/mock_options.hpp>

#include <memory>
#include <vector>

namespace otp::mocks {

/// The five vendors, in the order of `vendor_names`, with the accounts that `options` name.
[[nodiscard]] std::vector<std::unique_ptr<Vendor>> all_vendors(MockOptions const& options);

}  // namespace otp::mocks
