#include "program_vendors.hpp"

#include <otp/testing/simulator.hpp>

namespace otp::cli {

VendorRegistry const& program_vendors() {
    static VendorRegistry const vendors = testing::registry_with_simulator();
    return vendors;
}

}  // namespace otp::cli
