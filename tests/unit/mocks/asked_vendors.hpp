#pragma once

#include "unit/mocks/played_vendor.hpp"
#include "vendor/vendor.hpp"

#include <otp/mocks/mock_options.hpp>
#include <otp/mocks/reserved_recipients.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace otp::mocks::test {

/// All five vendors with the documented requests to each, and without a server. The time stands
/// until a test moves it.
class AskedVendors {
public:
    AskedVendors();

    /// A good send. `recipient`: as in `ReservedRecipient`; empty: a good one.
    [[nodiscard]] MockRequest send_request(
        std::string const& vendor, std::string const& recipient = {}
    ) const;
    /// A good check of a code that was sent to the recipient before.
    [[nodiscard]] MockRequest verify_request(
        std::string const& vendor, std::string const& code, std::string const& recipient = {}
    ) const;
    /// A good check of the code that was sent last.
    [[nodiscard]] MockRequest verify_request(std::string const& vendor) const {
        return verify_request(vendor, last_code_);
    }

    VendorAnswer ask(std::string const& vendor, MockRequest const& request);
    VendorAnswer send(std::string const& vendor, std::string const& recipient = {}) {
        return ask(vendor, send_request(vendor, recipient));
    }
    VendorAnswer verify(std::string const& vendor, std::string const& code) {
        return ask(vendor, verify_request(vendor, code));
    }
    [[nodiscard]] RequestSubject subject(std::string const& vendor, MockRequest const& request)
        const {
        return vendors_.at(vendor)->subject(request);
    }

    /// Of the newest message of any vendor.
    [[nodiscard]] std::string const& last_code() const noexcept { return last_code_; }

    MockTime now{first_moment};

private:
    MockOptions options_;
    IdSource ids_{7};
    std::map<std::string, std::unique_ptr<Vendor>> vendors_;
    std::string last_code_;
    std::string last_key_;
};

/// Whether a vendor did what it was asked.
[[nodiscard]] bool is_obeyed(VendorAnswer const& answer);

/// Expects a refusal that is explained as people may see it: a sentence, a place in one of the
/// documented forms, and a URL or nothing.
void expect_explained(VendorAnswer const& answer);

/// The same request with the members of `changes`, a JSON object; null takes a member out.
[[nodiscard]] MockRequest with_members(MockRequest request, std::string_view changes);
/// The same request with another value of a header field; empty: without the field.
[[nodiscard]] MockRequest with_header(
    MockRequest request, std::string_view name, std::string const& value
);

}  // namespace otp::mocks::test
