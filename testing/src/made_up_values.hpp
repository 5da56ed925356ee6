#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace otp::testing {

/// Values that stand in recordings for those that may not be kept: of the same type and shape, so
/// that an adapter reads them as it read the vendor's, and counted, so that equal values stay equal
/// and others stay others. `user-test-7fd2…` becomes `user-test-0000…1`, a number of a phone
/// `+10000000001`, an address `user1@example.com`.
///
/// A made-up value stands for itself, so that a recording of a replay is the recording. So do what
/// says nothing of anybody: a date with a time, and a word of those that ids begin with.
class MadeUpValues {
public:
    /// The same for the same text.
    [[nodiscard]] std::string text(std::string_view value);
    /// A string, or an integer of as many digits; everything else as it is, as a fraction, `true`
    /// and null say nothing of anybody.
    [[nodiscard]] boost::json::value value(boost::json::value const& original);

    /// Whether the text could have been made up, or says nothing of anybody.
    [[nodiscard]] static bool is_harmless(std::string_view value);
    [[nodiscard]] static bool is_harmless(std::int64_t value);

private:
    std::map<std::string, std::string, std::less<>> made_;
    std::uint64_t last_{0};
};

}  // namespace otp::testing
