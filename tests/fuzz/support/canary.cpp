#include "fuzz/support/canary.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace otp::fuzz {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string circled(std::string_view digits) {
    std::string spelled;
    for (char const c : digits) {
        if (c == '0') {
            spelled += "\u24ea";
        } else {
            spelled += {'\xe2', '\x91', static_cast<char>('\xa0' + (c - '1'))};
        }
    }
    return spelled;
}

std::string hexadecimal(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string spelled;
    for (char const c : text) {
        auto const octet = static_cast<unsigned char>(c);
        spelled += digits[octet >> 4U];
        spelled += digits[octet & 15U];
    }
    return spelled;
}

std::string base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string spelled;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        auto const octets = text.substr(at, 3);
        unsigned bits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            bits = bits << 8U | (i < octets.size() ? static_cast<unsigned char>(octets[i]) : 0U);
        }
        for (unsigned i = 0; i <= octets.size(); ++i) {
            spelled += digits[bits >> (18U - 6U * i) & 63U];
        }
    }
    return spelled;
}

// Characters that a reader does not see or takes for the ASCII one.
std::string as_a_reader_sees_it(std::string_view text) {
    std::string seen(text);
    for (char const* const invisible :
         {"\u200b",
          "\u200c",
          "\u200d",
          "\u200e",
          "\u200f",
          "\u202a",
          "\u202c",
          "\u2066",
          "\u2068",
          "\u2069",
          "\u2060",
          "\ufeff",
          "\u00ad",
          "\u0332",
          "\U0001bca0"}) {
        replace_all(seen, invisible, "");
    }
    constexpr std::array<std::pair<char const*, char const*>, 18> alike{{
        {"\uff20", "@"},
        {"\uff0e", "."},
        {"\uff0b", "+"},
        {"\u00a0", " "},
        {"\u2009", " "},
        {"&#64;", "@"},
        {"&#x40;", "@"},
        {"&#0000000064;", "@"},
        {"%40", "@"},
        {"%u0040", "@"},
        {"=40", "@"},
        {"\\u0040", "@"},
        {"\\u{40}", "@"},
        {"\\@", "@"},
        {"\\100", "@"},
        {" (at) ", "@"},
        {"<wbr>", ""},
        {"%2B", "+"},
    }};
    for (auto const& [from, to] : alike) replace_all(seen, from, to);
    for (char digit = '0'; digit <= '9'; ++digit) {
        replace_all(seen, circled(std::string(1, digit)), std::string(1, digit));
        std::string const full_width{'\xef', '\xbc', static_cast<char>(digit - '0' + '\x90')};
        replace_all(seen, full_width, std::string(1, digit));
    }
    seen.erase(
        std::remove_if(
            seen.begin(),
            seen.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
        ),
        seen.end()
    );
    return lower_case(seen);
}

bool separates_digits(char c) {
    return std::string_view(" -.,_/()*:").find(c) != std::string_view::npos;
}

// Whether the digits stand in the text with at most two separators between any two of them.
bool shows_digits(std::string_view text, std::string_view digits) {
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        std::size_t at = begin;
        std::size_t found = 0;
        int separators = 0;
        while (at < text.size() && found < digits.size()) {
            if (text[at] == digits[found]) {
                ++found;
                separators = 0;
            } else if (found == 0 || !separates_digits(text[at]) || ++separators > 2) {
                break;
            }
            ++at;
        }
        if (found == digits.size()) return true;
    }
    return false;
}

// Whether it stands there as a whole in one of the two.
bool shows_encoded(std::string_view text, std::string_view canary) {
    return lower_case(text).find(hexadecimal(canary)) != std::string::npos ||
           text.find(base64(canary)) != std::string_view::npos;
}

std::string joined(std::string_view text, std::string_view separator) {
    std::string spelled;
    for (char const c : text) {
        if (!spelled.empty()) spelled += separator;
        spelled += c;
    }
    return spelled;
}

std::string grouped(std::string_view digits, std::size_t group, char separator) {
    std::string spelled;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % group == 0) spelled += separator;
        spelled += digits[i];
    }
    return spelled;
}

std::string full_width(std::string_view digits) {
    std::string spelled;
    for (char const c : digits) {
        spelled += is_digit(c) ? std::string{'\xef', '\xbc', static_cast<char>(c - '0' + '\x90')}
                               : std::string(1, c);
    }
    return spelled;
}

std::string spell_digits(std::string_view digits, std::size_t spelling) {
    switch (spelling) {
        case 0:
            return '+' + std::string(digits);
        case 1:
            return "00" + std::string(digits);
        case 2:
            return grouped(digits, 3, ' ');
        case 3:
            return grouped(digits, 3, '-');
        case 4:
            return grouped(digits, 2, '.');
        case 5:
            return joined(digits, ",");
        case 6:
            return joined(digits, "_");
        case 7:
            return joined(digits, " ");
        case 8:
            return full_width(digits);
        case 9:
            return joined(digits, "\u200b");
        case 10:
            return '(' + grouped(digits, 3, ')');
        case 11:
            return "%2B" + std::string(digits);
        case 12:
            return joined(digits, "\u00a0");
        case 13:
            return "id" + std::string(digits) + "x";
        case 14:
            return "/" + std::string(digits) + "?q=1";
        case 15:
            return joined(digits, "\u0332");
        case 16:
            return joined(digits, "\U0001bca0");
        case 17:
            return circled(digits);
        case 18:
            return joined(digits, "<wbr>");
        case 19:
            return hexadecimal(digits);
        case 20:
            return base64(digits);
        default:
            return std::string(digits);
    }
}

std::string spell_address(std::string_view address, std::size_t spelling) {
    auto const at = std::min(address.find('@'), address.size() - 1);
    std::string const local(address.substr(0, at));
    std::string const domain(address.substr(at + 1));
    switch (spelling) {
        case 0:
            return local + "\uff20" + domain;
        case 1:
            return local + "&#64;" + domain;
        case 2:
            return local + "%40" + domain;
        case 3:
            return local + '\x01' + '@' + domain;
        case 4:
            return local + "@\u200b" + domain;
        case 5:
            return '<' + local + '@' + domain + '>';
        case 6:
            return "mailto:" + local + '@' + domain;
        case 7: {
            std::string upper = local + '@' + domain;
            for (auto& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            return upper;
        }
        case 8:
            return "\u2068" + local + '@' + domain + "\u2069";
        case 9:
            return local + "&#x40;" + domain;
        case 10:
            return "?email=" + local + "%40" + domain + "&x=1";
        case 11:
            return local + "&#0000000064;" + domain;
        case 12:
            return local + "=40" + domain;
        case 13:
            return local + "%u0040" + domain;
        case 14:
            return local + "\\\\u0040" + domain;
        case 15:
            return local + "\\u{40}" + domain;
        case 16:
            return local + "\\@" + domain;
        case 17:
            return local + "\\100" + domain;
        case 18:
            return local + " (at) " + domain;
        case 19:
            return hexadecimal(local + '@' + domain);
        case 20:
            return base64(local + '@' + domain);
        default:
            return local + '@' + domain;
    }
}

}  // namespace

Canary digits_canary(std::string_view number) {
    Canary canary{Canary::Kind::digits, {}};
    for (char const c : number) {
        if (is_digit(c)) canary.text += c;
    }
    return canary;
}

Canary address_canary(std::string_view address) {
    return {Canary::Kind::address, lower_case(address)};
}

Canary opaque_canary(std::string_view text) {
    return {Canary::Kind::opaque, std::string(text)};
}

bool is_distinct(Canary const& canary) noexcept {
    return canary.text.size() >= (canary.kind == Canary::Kind::digits ? 6U : 8U);
}

std::string spell(Canary const& canary, std::size_t spelling) {
    switch (canary.kind) {
        case Canary::Kind::digits:
            return spell_digits(canary.text, spelling);
        case Canary::Kind::address:
            return spell_address(canary.text, spelling);
        case Canary::Kind::opaque:
            return canary.text;
    }
    return {};
}

bool shows(std::string_view text, Canary const& canary) {
    if (canary.kind != Canary::Kind::opaque && shows_encoded(text, canary.text)) return true;
    switch (canary.kind) {
        case Canary::Kind::digits:
            return shows_digits(as_a_reader_sees_it(text), canary.text);
        case Canary::Kind::address:
            return as_a_reader_sees_it(text).find(canary.text) != std::string::npos;
        case Canary::Kind::opaque:
            return text.find(canary.text) != std::string_view::npos;
    }
    return false;
}

Canary const* shown_canary(std::string_view text, std::vector<Canary> const& canaries) {
    auto const found = std::find_if(canaries.begin(), canaries.end(), [&](Canary const& canary) {
        return shows(text, canary);
    });
    return found == canaries.end() ? nullptr : &*found;
}

}  // namespace otp::fuzz
