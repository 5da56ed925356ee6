#pragma once

#include "vendor/vendor_answer.hpp"
#include "wire/exchange.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What can befall an exchange with any vendor.
struct Trouble {
    /// Lower case and `_`.
    std::string_view name;
    MockResponse response;
    /// The request is obeyed and its own answer sent; of `response` only
    /// `transfer` counts.
    bool obeyed{false};
    std::string_view marker;
    std::string_view provokes;
    /// Of one that is not obeyed.
    std::optional<Explanation> why{};
};

[[nodiscard]] std::vector<Trouble> const& troubles();

}  // namespace otp::mocks
