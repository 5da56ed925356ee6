#pragma once

#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/export.hpp>
#include <otp/http_url.hpp>
#include <otp/secret.hpp>
#include <otp/vendor_description.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {
namespace adapter {

/// Reads an instance's configuration in an adapter's factory and collects every mistake, so that
/// all of them are reported at once.
///
/// Whether names and environment are those of `vendor`, and whether credentials are missing, has
/// been checked where the factory is called (`check_setting_names`), and is not checked here. The
/// constructor checks the credentials' values: that none is empty or has control characters, and
/// that none is given beside a way to authenticate that it is no part of. Both arguments must
/// outlive the object.
class InstanceSettings {
public:
    InstanceSettings(InstanceConfig const& instance, VendorDescription const& vendor);

    /// Index of the set among `VendorDescription::credentials` that is meant (`meant_credentials`).
    [[nodiscard]] std::size_t credential_set() const noexcept { return credential_set_; }

    /// A copy of the credential; empty if it is missing.
    [[nodiscard]] Secret credential(std::string_view name) const;

    /// The option as text of 1 to `max_length` characters without control characters.
    [[nodiscard]] std::optional<std::string> option_text(
        std::string_view name, std::size_t max_length = 255
    );
    /// The option as `true` or `false`.
    [[nodiscard]] std::optional<bool> option_bool(std::string_view name);
    /// The option as an integer from `lowest` to `highest`.
    [[nodiscard]] std::optional<std::int64_t> option_integer(
        std::string_view name, std::int64_t lowest, std::int64_t highest
    );
    /// The option as the address of a service (`HttpUrl::parse_endpoint`).
    [[nodiscard]] std::optional<HttpUrl> option_url(std::string_view name);

    /// The configured `base_url` without a final `/`, or else `documented_default`.
    [[nodiscard]] std::string base_url(std::string_view documented_default);

    /// Adds a mistake of the adapter's own finding; `pointer` is relative to the instance.
    void refuse(std::string_view pointer, std::string_view message);

    [[nodiscard]] bool ok() const noexcept { return violations_.empty(); }
    /// `config_invalid` with all violations.
    [[nodiscard]] Error error() const;

private:
    void check_credentials();
    [[nodiscard]] std::optional<std::string_view> find_option(std::string_view name) const;

    InstanceConfig const& instance_;
    VendorDescription const& vendor_;
    std::size_t credential_set_{0};
    std::vector<FieldViolation> violations_;
};

}  // namespace adapter
}  // namespace otp
