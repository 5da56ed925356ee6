#pragma once

#include <otp/channel.hpp>
#include <otp/export.hpp>
#include <otp/named_texts.hpp>

#include <boost/json/value.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

class Error;  // which may hold a handle itself

/// What a later `verify` needs: which instance sent the code, and the vendor's own reference to it.
///
/// Keep it beside the login session: as an object, or as JSON across processes. Some vendors'
/// references are personal data (Eko: the phone number; LoyaltyDog: the target), so store it like
/// personal data. It is not printable.
class VerificationHandle {
public:
    /// The version of the JSON form that this SDK writes.
    static constexpr int json_version = 1;

    VerificationHandle(std::string instance, std::string vendor, Channel channel);

    [[nodiscard]] std::string const& instance() const noexcept { return instance_; }
    [[nodiscard]] std::string const& vendor() const noexcept { return vendor_; }
    [[nodiscard]] Channel channel() const noexcept { return channel_; }

    /// A vendor's reference by name, for adapters; empty if there is none.
    [[nodiscard]] std::string_view reference(std::string_view name) const noexcept;
    /// All references by name, valid until the handle is changed or destroyed.
    [[nodiscard]] NamedTexts references() const noexcept { return NamedTexts(references_); }
    /// Keeps a copy of `value` under `name`, in place of the one before.
    void set_reference(std::string_view name, std::string_view value);

    /// `{"version":1,"instance":…,"vendor":…,"channel":…,"references":{…}}`
    [[nodiscard]] boost::json::object to_json() const;

    /// Reads what `to_json` wrote. Errors: `invalid_request` with the JSON pointer of what is
    /// missing, of the wrong type, or of a newer version.
    [[nodiscard]] static boost::system::result<VerificationHandle, Error> from_json(
        boost::json::value const& json
    );

    friend bool operator==(VerificationHandle const&, VerificationHandle const&) = default;

private:
    std::string instance_;
    std::string vendor_;
    Channel channel_;
    /// All of them in one block.
    std::string references_;
};

}  // namespace otp

// Last, as an error may hold a handle: whoever reads one needs the whole of `Error`.
#include <otp/result.hpp>
