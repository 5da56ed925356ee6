#include "model/ascii.hpp"
#include "model/unicode_classes.hpp"
#include "model/utf8.hpp"

#include <otp/secret_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace otp {

namespace {

using model::equal_ignoring_case;
using model::trim;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_line_break(char c) noexcept {
    return c == '\n' || c == '\r';
}

bool starts_with_ignoring_case(std::string_view text, std::string_view beginning) noexcept {
    return equal_ignoring_case(text.substr(0, beginning.size()), beginning);
}

/// What Windows' editors save as "Unicode", with its mark or without one.
bool is_utf16(std::string_view text) noexcept {
    bool const marked = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    bool const every_other_byte_is_zero =
        text.size() > 1 && (text[0] == '\0') != (text[1] == '\0') && text.find('\0') != text.npos;
    return marked || every_other_byte_is_zero;
}

/// Whether the predicate holds for one of the text's characters. `text` is UTF-8.
template <class Predicate>
bool any_character(std::string_view text, Predicate const& predicate) noexcept {
    while (!text.empty()) {
        auto const character = model::first_code_point(text);
        if (predicate(character.value)) return true;
        text.remove_prefix(character.size);
    }
    return false;
}

/// The text's last character. `text` is UTF-8 and not empty.
char32_t last_code_point(std::string_view text) noexcept {
    auto begin = text.size() - 1;
    while (begin > 0 && model::continues_character(text[begin])) --begin;
    return model::first_code_point(text.substr(begin)).value;
}

/// Whether the first and the last character are marks that belong together. Of the typographic
/// ones any two do, as each language has its own pairs.
bool is_quoted(char32_t first, char32_t last) noexcept {
    auto const is_mark = [](char32_t c) { return model::is_quotation_mark(c) || c == U'`'; };
    bool const ascii = first < 0x80 && last < 0x80;
    return is_mark(first) && is_mark(last) && (!ascii || first == last);
}

bool is_json(std::string_view text) noexcept {
    bool const object = text.starts_with('{') && text.ends_with('}');
    bool const array = text.starts_with('[') && text.ends_with(']');
    return (object || array) && text.find('"') != text.npos;
}

bool is_placeholder(std::string_view text) noexcept {
    struct Brackets {
        std::string_view opening;
        std::string_view closing;
    };
    constexpr std::array kinds{
        Brackets{"${", "}"}, Brackets{"$(", ")"}, Brackets{"{{", "}}"}, Brackets{"<", ">"}};
    return std::any_of(kinds.begin(), kinds.end(), [text](Brackets const& kind) {
        return text.size() > kind.opening.size() + kind.closing.size() &&
               text.starts_with(kind.opening) && text.ends_with(kind.closing);
    });
}

/// A name before `=`, or before `:` and a blank, as in files for the shell, Docker and YAML.
std::optional<std::string_view> assigned_name(std::string_view text) noexcept {
    auto const is_name_character = [](char c) {
        return model::is_alphanumeric(c) || c == '_' || c == '-' || c == '.';
    };
    auto const* const end = std::find_if_not(text.begin(), text.end(), is_name_character);
    auto const size = static_cast<std::size_t>(end - text.begin());
    auto const rest = text.substr(size);
    auto const sign = trim(rest);
    bool const assigned = sign.starts_with('=') || rest.starts_with(": ");
    // The end of Base64 is no assignment of nothing.
    bool const has_value = sign.find_first_not_of("=: ") != sign.npos;
    if (size == 0 || !assigned || !has_value) return std::nullopt;
    return text.substr(0, size);
}

/// `ACCESS_KEY`, `secret`: as variables and members are named, and hardly the beginning of a
/// secret.
bool is_variable_of_a_secret(std::string_view name) noexcept {
    constexpr auto words =
        std::to_array<std::string_view>({"KEY", "SECRET", "TOKEN", "PASSWORD", "PASSWD", "ID"});
    bool const is_word = std::any_of(words.begin(), words.end(), [name](std::string_view word) {
        return equal_ignoring_case(name, word);
    });
    bool const ends_with_word = std::any_of(words.begin(), words.end(), [name](std::string_view w) {
        return name.ends_with(w);
    });
    bool const upper_case = std::none_of(name.begin(), name.end(), model::is_small_letter);
    bool const has_letter = std::any_of(name.begin(), name.end(), model::is_letter);
    bool const is_variable = upper_case && has_letter && name.find('_') != name.npos;
    return is_word || is_variable || (upper_case && ends_with_word);
}

/// `access_key`, `access-key` or `eko.access_key` for the credential `access_key`.
bool names_credential(std::string_view name, std::string_view credential) noexcept {
    if (credential.empty() || name.size() < credential.size()) return false;
    auto const before = name.substr(0, name.size() - credential.size());
    bool const whole = before.empty() || !model::is_alphanumeric(before.back());
    auto const folded = [](char c) { return c == '-' ? '_' : model::to_lower(c); };
    return whole && std::equal(
                        credential.begin(),
                        credential.end(),
                        name.begin() + static_cast<std::ptrdiff_t>(before.size()),
                        [&folded](char a, char b) { return folded(a) == folded(b); }
                    );
}

bool is_assignment(std::string_view text, std::string_view credential) noexcept {
    constexpr std::string_view shell = "export ";
    if (text.starts_with(shell)) return true;
    auto const name = assigned_name(text);
    if (!name) return false;
    return is_variable_of_a_secret(*name) || names_credential(*name, credential);
}

/// What is wrong with characters that belong into no credential. `text` is UTF-8.
std::string_view problem_of_characters(std::string_view text) noexcept {
    // A key in PEM has lines (RFC 7468).
    bool const is_pem = text.starts_with("-----BEGIN ");
    if (!is_pem && std::any_of(text.begin(), text.end(), is_line_break)) {
        return "has several lines: there must be nothing but the secret";
    }
    bool const has_control = std::any_of(text.begin(), text.end(), [is_pem](char c) {
        return model::is_ascii_control(c) && !(is_pem && is_line_break(c));
    });
    if (has_control) return "has control characters: copy it anew";
    if (any_character(text, model::is_invisible)) {
        return "has characters that are not seen, such as a zero-width space: copy it anew";
    }
    return {};
}

/// What is wrong with the text's form, or with what stands around the secret. `text` is UTF-8.
std::string_view problem_of_form(std::string_view text, std::string_view name) noexcept {
    if (is_placeholder(text)) {
        return "is a placeholder that nothing has replaced: put the secret in its place";
    }
    if (is_assignment(text, name)) {
        return "is a whole line such as KEY=value: there must be nothing but the value";
    }
    if (starts_with_ignoring_case(text, "bearer ") || starts_with_ignoring_case(text, "basic ")) {
        return "begins with the name of a scheme (Bearer, Basic): there must be nothing but the "
               "secret";
    }
    return {};
}

/// What is wrong at the text's ends. `text` is UTF-8.
std::string_view problem_of_ends(std::string_view text) noexcept {
    auto const first = model::first_code_point(text);
    char32_t const last = last_code_point(text);
    if (model::is_unicode_white_space(first.value) || model::is_unicode_white_space(last)) {
        return "begins or ends with a blank: remove it";
    }
    bool const is_one_character = first.size == text.size();
    if (!is_one_character && is_quoted(first.value, last)) {
        return "is in quotation marks: remove them";
    }
    return is_json(text) ? "is JSON: there must be nothing but the secret" : "";
}

}  // namespace

std::string_view trim_secret_text(std::string_view text) noexcept {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    while (!text.empty() && is_line_break(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view secret_text_problem(std::string_view text, std::string_view name) noexcept {
    if (text.empty()) return "is empty";
    if (text.starts_with(byte_order_mark)) return "begins with a byte order mark: remove it";
    if (is_line_break(text.back())) return "ends with a line break: remove it";
    if (is_utf16(text)) return "is UTF-16: save it as UTF-8";
    if (!model::is_utf8(text)) return "is not UTF-8 text: save it as UTF-8";
    for (auto const problem : {problem_of_ends(text), problem_of_characters(text)}) {
        if (!problem.empty()) return problem;
    }
    return problem_of_form(text, name);
}

}  // namespace otp
