#include "vendor/vendor_answer.hpp"

#include <utility>

namespace otp::mocks {

VendorAnswer::VendorAnswer(MockResponse given) : response(std::move(given)) {}

VendorAnswer::VendorAnswer(MockResponse given, SentMessage reported)
    : response(std::move(given)), sent(std::move(reported)) {}

VendorAnswer::VendorAnswer(MockResponse given, std::optional<SettledCode> reported)
    : response(std::move(given)), settled(std::move(reported)) {}

}  // namespace otp::mocks
