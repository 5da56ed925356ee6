#pragma once

#include <otp/mocks/mock_credentials.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// Configuration text for the mock vendors at `origin`: an instance and a route for each vendor, by
/// its name, and the route `login` that uses all five. LoyaltyDog and 10nPay get the credentials
/// that need a token grant; Stytch creates unknown users.
///
/// `ca_file`: the PEM file that the instances trust instead of the system's roots, for `https`.
[[nodiscard]] std::string example_config(
    std::string_view origin,
    std::optional<std::filesystem::path> const& ca_file = {},
    MockCredentials const& credentials = {}
);

/// The same with a base URL for each vendor of `vendor_names`; throws `std::out_of_range` if one is
/// missing.
[[nodiscard]] std::string example_config(
    std::map<std::string, std::string> const& base_urls,
    std::optional<std::filesystem::path> const& ca_file = {},
    MockCredentials const& credentials = {}
);

}  // namespace otp::mocks
