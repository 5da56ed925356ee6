#pragma once

#include <string>
#include <string_view>

namespace otp::mocks {

/// Which messages are meant.
class MessageFilter {
public:
    /// An empty text matches everything. `to` is a recipient as a person may spell it for the SDK:
    /// what `PhoneNumber` or `EmailAddress` makes of it; a text that is neither, such as a customer
    /// id, has to be exact. The 10 digits of an Indian number, as Eko takes them, find it, too.
    explicit MessageFilter(std::string_view vendor = {}, std::string_view to = {});

    [[nodiscard]] bool takes(std::string_view vendor, std::string_view to) const;

private:
    std::string vendor_;
    std::string to_;
};

}  // namespace otp::mocks
