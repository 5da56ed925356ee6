// What a person typed: whatever is taken keeps its own rules, and is taken again as it is.
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"

#include <otp/email_address.hpp>
#include <otp/otp_code.hpp>
#include <otp/phone_number.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace {

using otp::fuzz::require;

bool is_graphic(char c) {
    return c > ' ' && c <= '~';
}

auto digits_in(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void check_code(std::string_view text) {
    auto const code = otp::OtpCode::parse(text);
    if (!code) {
        require(
            code.error().category == otp::ErrorCategory::invalid_request, "a code is the caller's"
        );
        return;
    }
    auto const kept = code->reveal();
    require(!kept.empty() && kept.size() <= 64, "a code has 1 to 64 characters");
    require(std::all_of(kept.begin(), kept.end(), is_graphic), "a code is printable ASCII", kept);
    require(digits_in(kept) >= digits_in(text), "no digit of a code is dropped", kept);
    auto const again = otp::OtpCode::parse(kept);
    require(again && again->reveal() == kept, "a code is taken as it was kept", kept);
}

void check_phone(std::string_view text) {
    auto const phone = otp::PhoneNumber::parse(text);
    if (!phone) {
        require(
            phone.error().category == otp::ErrorCategory::invalid_recipient,
            "a number is the recipient's"
        );
        return;
    }
    auto const kept = phone->reveal();
    require(
        kept.size() >= 3 && kept.size() <= 16 && kept[0] == '+' && kept[1] >= '1' &&
            kept[1] <= '9' && kept.find_first_not_of("0123456789", 1) == kept.npos,
        "a number is E.164",
        kept
    );
    auto const again = otp::PhoneNumber::parse(kept);
    require(again && again->reveal() == kept, "a number is taken as it was kept", kept);
    require(kept.size() < 9 || phone->masked() != kept, "a mask hides something");
}

void check_email(std::string_view text) {
    auto const email = otp::EmailAddress::parse(text);
    if (!email) {
        require(
            email.error().category == otp::ErrorCategory::invalid_recipient,
            "an address is the recipient's"
        );
        return;
    }
    auto const kept = email->reveal();
    auto const at = kept.find('@');
    require(
        at != kept.npos && at == kept.rfind('@') && at >= 1 && at <= 64 && kept.size() <= 254,
        "an address has a local part and a domain",
        kept
    );
    auto const domain = kept.substr(at + 1);
    require(
        domain.find('.') != domain.npos && domain.front() != '.' && domain.back() != '.' &&
            kept.find("..") == kept.npos,
        "a domain has two labels",
        kept
    );
    require(std::all_of(kept.begin(), kept.end(), is_graphic), "an address is ASCII", kept);
    auto const again = otp::EmailAddress::parse(kept);
    require(again && again->reveal() == kept, "an address is taken as it was kept", kept);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = otp::fuzz::as_text(data, size);
    check_code(text);
    check_phone(text);
    check_email(text);
    return 0;
}
