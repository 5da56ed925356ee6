#include "vendor/vendor_answer.hpp"

#include <utility>

namespace otp::mocks {

Refusal::Refusal(MockResponse given, Explanation explained)
    : response(std::move(given)), why(std::move(explained)) {}

VendorAnswer::VendorAnswer(MockResponse given) : response(std::move(given)) {}

VendorAnswer::VendorAnswer(MockResponse given, SentMessage reported)
    : response(std::move(given)), sent(std::move(reported)) {}

VendorAnswer::VendorAnswer(MockResponse given, std::optional<SettledCode> reported)
    : response(std::move(given)), settled(std::move(reported)) {}

VendorAnswer::VendorAnswer(Refusal given, std::optional<SettledCode> reported)
    : response(std::move(given.response)),
      settled(std::move(reported)),
      why(std::move(given.why)) {}

}  // namespace otp::mocks
