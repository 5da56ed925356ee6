#pragma once

#include <otp/config.hpp>
#include <otp/send_otp.hpp>

#include <string>
#include <vector>

namespace otp::bench {

/// How the benchmarks use one vendor: its instance, and the send that is repeated.
struct VendorSetup {
    InstanceConfig instance;
    SendOtp send;
};

/// The vendors that there is a setup for.
[[nodiscard]] std::vector<std::string> vendor_names();

/// `vendor` at the server `url`, with the recipient of its recording in `mocks/recordings`, which
/// is what that server answers with. Tokens are fetched from the server where the vendor grants
/// them. The name must be one of `vendor_names()`.
[[nodiscard]] VendorSetup set_up_vendor(std::string const& vendor, std::string const& url);

}  // namespace otp::bench
