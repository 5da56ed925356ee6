#pragma once

#include <otp/error.hpp>
#include <otp/export.hpp>
#include <otp/send_otp.hpp>
#include <otp/vendor_description.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {
namespace adapter {

/// Reads one vendor's `vendor_fields` of a send or verify and collects every mistake as an
/// `invalid_request` with pointers such as `/vendor_fields/eko/csp_id`. Allocates nothing if the
/// request has no field for the vendor.
///
/// The arguments must outlive the object; so must `fields` the returned views.
class VendorFieldReader {
public:
    /// Refuses names that are not in `known`, and values with control characters or that are not
    /// UTF-8.
    VendorFieldReader(
        VendorFields const& fields,
        std::string_view vendor,
        std::vector<SettingDescription> const& known
    );

    /// The field, 1 to `max_length` code points; nothing if it is missing or refused.
    [[nodiscard]] std::optional<std::string_view> text(
        std::string_view key, std::size_t max_length = 255
    ) {
        return has_fields() ? given_text(key, max_length) : std::nullopt;
    }
    [[nodiscard]] std::optional<bool> boolean(std::string_view key) {
        return has_fields() ? given_boolean(key) : std::nullopt;
    }
    [[nodiscard]] std::optional<std::int64_t> integer(
        std::string_view key, std::int64_t lowest, std::int64_t highest
    );

    /// Adds a mistake of the adapter's own finding about field `key`.
    void refuse(std::string_view key, std::string_view message);
    /// Adds a mistake about any place of the request, for example `/code`.
    void refuse_at(std::string_view pointer, std::string_view message);

    [[nodiscard]] bool ok() const noexcept { return violations_.empty(); }
    /// `invalid_request` with all violations, of which there is one at least.
    [[nodiscard]] Error error() const;

private:
    using Fields = std::map<std::string, std::string, std::less<>>;
    /// Asked in each accessor itself: most requests have none.
    [[nodiscard]] bool has_fields() const noexcept { return fields_ != nullptr; }
    [[nodiscard]] std::optional<std::string_view> given_text(
        std::string_view key, std::size_t max_length
    );
    [[nodiscard]] std::optional<bool> given_boolean(std::string_view key);
    [[nodiscard]] std::string const* find(std::string_view key) const noexcept;

    std::string_view vendor_;
    Fields const* fields_;
    std::vector<FieldViolation> violations_;
};

}  // namespace adapter
}  // namespace otp
