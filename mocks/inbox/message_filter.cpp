#include "inbox/message_filter.hpp"

#include <otp/email_address.hpp>
#include <otp/phone_number.hpp>

namespace otp::mocks {
namespace {

std::string canonical_recipient(std::string_view text) {
    if (auto const phone = PhoneNumber::parse(text)) return std::string(phone->reveal());
    if (auto const email = EmailAddress::parse(text)) return std::string(email->reveal());
    return std::string(text);
}

}  // namespace

MessageFilter::MessageFilter(std::string_view vendor, std::string_view to)
    : vendor_(vendor), to_(canonical_recipient(to)) {}

bool MessageFilter::takes(std::string_view vendor, std::string_view to) const {
    if (!vendor_.empty() && vendor != vendor_) return false;
    return to_.empty() || to == to_ || to == "+91" + to_;
}

}  // namespace otp::mocks
