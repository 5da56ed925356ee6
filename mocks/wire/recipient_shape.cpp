#include "wire/recipient_shape.hpp"

namespace otp::mocks {

bool is_digits(std::string_view text) noexcept {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_e164(std::string_view text) noexcept {
    return text.size() >= 3 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           is_digits(text.substr(1));
}

bool is_email(std::string_view text) noexcept {
    auto const at = text.find('@');
    return at != std::string_view::npos && at > 0 && at == text.rfind('@') &&
           text.find('.', at) != std::string_view::npos && text.find(' ') == std::string_view::npos;
}

}  // namespace otp::mocks
