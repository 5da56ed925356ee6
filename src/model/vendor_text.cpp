#include "model/ascii.hpp"

#include <otp/error.hpp>
#include <otp/printable_ascii.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace otp {

namespace {

using model::is_alphanumeric;
using model::is_digit;
using model::is_letter;

constexpr std::string_view mask = "***";
constexpr std::size_t max_identifier = 128;

/// One UTF-8 sequence at the beginning of a text. `size` is 1 for a byte that begins none.
struct CodePoint {
    std::uint32_t value;
    std::size_t size;
    bool valid;
};

CodePoint first_code_point(std::string_view text) noexcept {
    constexpr CodePoint invalid{0, 1, false};
    auto const byte = [&](std::size_t index) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[index]));
    };
    auto const lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1, true};
    }
    std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) {
        return invalid;
    }
    auto value = lead & (0x7FU >> size);
    for (std::size_t index = 1; index < size; ++index) {
        if ((byte(index) & 0xC0U) != 0x80) {
            return invalid;
        }
        value = value << 6U | (byte(index) & 0x3FU);
    }
    // Over-long forms, surrogates, and what is beyond Unicode.
    bool const over_long = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (over_long || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
        return invalid;
    }
    return {value, size, true};
}

/// Whether a terminal, a log or a page shows it as a character, and only as that: no controls, line
/// separators, or marks that change the direction of the text around them.
bool is_displayable(std::uint32_t c) noexcept {
    bool const control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    bool const separator = c == 0x2028 || c == 0x2029;
    bool const direction =
        c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !control && !separator && !direction && c != 0xFEFF;
}

bool is_beyond_ascii(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x80;
}

/// RFC 5322 3.2.3 and the dot, and bytes beyond ASCII (RFC 6531).
bool is_local_part(char c) noexcept {
    return is_alphanumeric(c) || is_beyond_ascii(c) ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}

bool is_domain(char c) noexcept {
    return is_alphanumeric(c) || is_beyond_ascii(c) || c == '.' || c == '-';
}

/// Base64, base64url, hexadecimal, UUIDs and vendors' prefixes.
bool is_token(char c) noexcept {
    return is_alphanumeric(c) || c == '_' || c == '-' || c == '+' || c == '~';
}

template <class Predicate>
std::size_t run_length(std::string_view text, Predicate is_member) noexcept {
    auto const end = std::find_if_not(text.begin(), text.end(), is_member);
    return static_cast<std::size_t>(end - text.begin());
}

/// Bytes of the email address at the beginning of `text`; 0 if there is none.
std::size_t email_length(std::string_view text) noexcept {
    auto const local = run_length(text, is_local_part);
    // Percent-encoded, as in a URL.
    if (auto const encoded_at = text.substr(0, local).find("%40");
        encoded_at != std::string_view::npos && encoded_at > 0) {
        return local;
    }
    if (local == 0 || local == text.size() || text[local] != '@') {
        return 0;
    }
    auto const domain = run_length(text.substr(local + 1), is_domain);
    return domain == 0 ? 0 : local + 1 + domain;
}

/// What stands between the groups of a number; beyond ASCII there are further spaces and dashes.
bool is_separator(char c) noexcept {
    return is_beyond_ascii(c) || std::string_view(" -.()/+").find(c) != std::string_view::npos;
}

/// Bytes of the phone number or code at the beginning of `text`: 4 or more digits, up to three
/// bytes of separators between any two of them; 0 if there is none.
std::size_t number_length(std::string_view text) noexcept {
    constexpr std::size_t least_digits = 4;
    constexpr std::size_t max_gap = 3;

    std::size_t digits = 0;
    std::size_t end = 0;
    for (std::size_t index = 0; index < text.size() && index <= end + max_gap; ++index) {
        char const c = text[index];
        if (is_digit(c)) {
            ++digits;
            end = index + 1;
        } else if (!is_separator(c)) {
            break;
        }
    }
    return digits >= least_digits ? end : 0;
}

/// Whether a run without a break is more likely a key, token or code than a word. Words of error
/// messages are shorter than 20 letters, and names joined by `_` or `-` have few digits.
bool looks_like_secret(std::string_view run) noexcept {
    constexpr std::size_t long_word = 20;
    constexpr std::size_t long_run = 40;

    auto const digits = std::count_if(run.begin(), run.end(), is_digit);
    bool const mixed = digits > 0 && std::any_of(run.begin(), run.end(), is_letter);
    if (run.size() >= long_run || (run.size() >= 16 && mixed && digits >= 2)) {
        return true;
    }
    std::size_t word = 0;
    std::size_t word_digits = 0;
    for (char const c : run) {
        bool const in_word = is_alphanumeric(c);
        word = in_word ? word + 1 : 0;
        word_digits = in_word ? word_digits + (is_digit(c) ? 1U : 0U) : 0;
        // A short code of letters and digits has many of the latter: `7K2M9Q`.
        bool const code = mixed && word >= 6 && word_digits >= 3;
        bool const encoded = mixed && word >= 12 && word_digits >= 1;
        if (word >= long_word || code || encoded) {
            return true;
        }
    }
    return false;
}

/// Scrubs from left to right, until the text or the room for it ends.
class Scrubber {
public:
    explicit Scrubber(std::string_view text) noexcept : text_(text) {}

    std::string run() {
        while (at_ < text_.size() && out_.size() < max_vendor_text) {
            step();
        }
        cut();
        return std::move(out_);
    }

private:
    void step() {
        auto const rest = text_.substr(at_);
        if (at_ >= word_end_) {
            if (auto const length = email_length(rest); length != 0) {
                return skip_masked(length);
            }
            word_end_ = at_ + run_length(rest, is_local_part);
        }
        if (at_ >= token_end_) {
            auto const length = run_length(rest, is_token);
            if (looks_like_secret(rest.substr(0, length))) {
                return skip_masked(length);
            }
            token_end_ = at_ + length;
        }
        if (is_digit(rest[0])) {
            if (auto const length = number_length(rest); length != 0) {
                return skip_masked(length);
            }
            // What is too short for a number stays so at its further digits.
            return copy(run_length(rest, is_digit));
        }
        auto const [value, size, valid] = first_code_point(rest);
        if (valid && is_displayable(value)) {
            copy(size);
        } else {
            out_ += valid ? ' ' : '?';
            at_ += size;
        }
    }

    void copy(std::size_t size) {
        out_ += text_.substr(at_, size);
        at_ += size;
    }

    void skip_masked(std::size_t size) {
        out_ += mask;
        at_ += size;
    }

    /// The last step may have written beyond the end; a character is kept whole or not at all.
    void cut() {
        if (out_.size() <= max_vendor_text) {
            return;
        }
        auto size = max_vendor_text;
        while (size > 0 && (static_cast<unsigned char>(out_[size]) & 0xC0U) == 0x80) {
            --size;
        }
        out_.resize(size);
    }

    std::string_view text_;
    std::string out_;
    std::size_t at_{0};
    /// Up to here no email address begins, or no token: runs are looked at once, so the time is
    /// linear.
    std::size_t word_end_{0};
    std::size_t token_end_{0};
};

}  // namespace

std::string scrub_vendor_text(std::string_view text) {
    return Scrubber(text).run();
}

std::string vendor_identifier(std::string_view text) {
    text = text.substr(0, max_identifier);
    if (is_printable_ascii(text)) {
        return std::string(text);
    }
    std::string result(text);
    std::replace_if(
        result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?'
    );
    return result;
}

}  // namespace otp
