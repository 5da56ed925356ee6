#include "model/ascii.hpp"
#include "model/typed_text.hpp"

#include <otp/email_address.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace otp {

namespace {

using model::is_alphanumeric;
using model::is_digit;

constexpr std::size_t max_address = 254;
constexpr std::size_t max_local_part = 64;
constexpr std::size_t max_label = 63;

/// Calls `is_good` for each part of `text` between the dots; true if all are good.
template <class Predicate>
bool all_parts(std::string_view text, Predicate is_good) {
    while (true) {
        auto const dot = text.find('.');
        if (!is_good(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

/// RFC 5322 3.2.3.
bool is_atom(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
    });
}

/// RFC 1123 2.1.
bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= max_label && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_alphanumeric(c) || c == '-';
           });
}

bool is_domain(std::string_view text) {
    auto const last_dot = text.rfind('.');
    if (last_dot == std::string_view::npos || !all_parts(text, is_label)) return false;
    // A last label of digits alone would be an IPv4 address, and no top-level domain.
    auto const top = text.substr(last_dot + 1);
    return !std::all_of(top.begin(), top.end(), is_digit);
}

bool is_address(std::string_view text) {
    auto const at = text.rfind('@');
    return text.size() <= max_address && at != std::string_view::npos && at <= max_local_part &&
           all_parts(text.substr(0, at), is_atom) && is_domain(text.substr(at + 1));
}

/// Makes ASCII of the full stops behind the `@` that stand for a domain's dot: U+3002 and U+FF61
/// (UTS 46 2.3; U+FF0E is a full-width form).
void normalize_domain_dots(std::string& address) {
    auto const at = address.rfind('@');
    if (at == std::string::npos) return;
    for (std::string_view const dot : {"\xE3\x80\x82", "\xEF\xBD\xA1"}) {
        for (auto found = address.find(dot, at); found != std::string::npos;
             found = address.find(dot, found)) {
            address.replace(found, dot.size(), 1, '.');
        }
    }
}

}  // namespace

Result<EmailAddress> EmailAddress::parse(std::string_view address) {
    auto typed = model::typed_text(address, model::ascii_of_full_width);
    normalize_domain_dots(typed);
    if (!is_address(typed)) {
        return field_error(
            ErrorCategory::invalid_recipient,
            "/to/email",
            "must be an email address of the form name@example.com, at most 254 ASCII characters"
        );
    }
    return EmailAddress(std::move(typed));
}

std::string EmailAddress::masked() const {
    auto result = address_.substr(0, 1);
    result += "***";
    result += std::string_view(address_).substr(address_.rfind('@'));
    return result;
}

std::ostream& operator<<(std::ostream& out, EmailAddress const& address) {
    return out << address.masked();
}

}  // namespace otp
