#pragma once

#include <otp/config.hpp>
#include <otp/secret.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace otp::testing {

/// What must not stand in a file: secrets, codes, numbers, addresses, ids. Wiped at the end.
///
/// Found are texts of at least 4 letters and digits: as they are in any case of letters, with
/// separators in them, percent-encoded, with HTML character references, with the escapes of JSON,
/// in Base64 of either alphabet (also as a part of what was encoded) and in
/// hexadecimal; of a number of 10 or more digits also any 7 of them in a row. What has less than 6
/// letters and digits is found as a whole word only, as it stands in others by chance.
class KnownValues {
public:
    KnownValues() = default;

    /// The credentials, the proxy's password, and of the options those that are numbers.
    void add_secrets_of(InstanceConfig const& instance);
    /// A secret: whatever it looks like.
    void add_secret(std::string_view value);
    /// What stood at a sensitive place. One that may be a common word (`verified`) or was made up
    /// is left out: without a digit, an `@` or 16 letters nobody could be found by it.
    void add(std::string_view value);
    void add_all(KnownValues const& others);

    /// Masks the known values in a text, and the words that look like the address of an email or a
    /// phone number. The rest stays.
    void mask_in(std::string& text) const;

    /// Whether a known value, or what looks like an address or a phone number, stands in a text.
    [[nodiscard]] bool are_in(std::string_view text) const;

private:
    std::vector<Secret> values_;
};

}  // namespace otp::testing
