#include "inbox/masked_text.hpp"

#include "inbox/ascii_case.hpp"
#include "inbox/secret_names.hpp"
#include "wire/percent_decoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace otp::mocks {
namespace {

namespace json = boost::json;

/// What a member's name says once its escapes are read; as it stands there if they are broken.
std::string name_in(std::string_view quoted) {
    boost::system::error_code error;
    auto const value = json::parse(quoted, error);
    if (!error && value.is_string()) return std::string(value.get_string());
    return std::string(quoted.substr(std::min<std::size_t>(1, quoted.size())));
}

/// Reads from the front, and does not fail: it is not here to judge the text.
class JsonMasker {
public:
    explicit JsonMasker(std::string_view text) : rest_(text) { masked_.reserve(text.size()); }

    std::string run() {
        while (!rest_.empty()) {
            if (rest_.front() != '"') {
                copy(1);
                continue;
            }
            auto const text = quoted();
            copy(text.size());
            copy_space();
            if (!rest_.starts_with(':')) continue;
            copy(1);
            copy_space();
            if (is_secret_name(name_in(text))) mask_value();
        }
        return std::move(masked_);
    }

private:
    void copy(std::size_t count) {
        masked_ += rest_.substr(0, count);
        rest_.remove_prefix(count);
    }

    void copy_space() { copy(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

    /// The text in quotation marks that stands here, up to the end if it has none.
    [[nodiscard]] std::string_view quoted() const {
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] != '"') at += rest_[at] == '\\' ? 2 : 1;
        return rest_.substr(0, std::min(at + 1, rest_.size()));
    }

    /// Length of the object or array that stands here, up to the end if it has none.
    [[nodiscard]] std::size_t compound_length() const {
        JsonMasker inside(rest_);
        std::size_t depth = 0;
        while (!inside.rest_.empty()) {
            char const here = inside.rest_.front();
            if (here == '{' || here == '[') ++depth;
            if (here == '}' || here == ']') --depth;
            inside.rest_.remove_prefix(here == '"' ? inside.quoted().size() : 1);
            if (depth == 0) break;
        }
        return rest_.size() - inside.rest_.size();
    }

    [[nodiscard]] std::size_t value_length() const {
        if (rest_.empty()) return 0;
        if (rest_.front() == '"') return quoted().size();
        if (rest_.front() == '{' || rest_.front() == '[') return compound_length();
        return std::min(rest_.find_first_of(",]} \t\r\n"), rest_.size());
    }

    void mask_value() {
        auto const value = rest_.substr(0, value_length());
        if (value.empty() || value == "null" || value == "\"\"") return;
        masked_ += "\"" + std::string(mask) + "\"";
        rest_.remove_prefix(value.size());
    }

    std::string_view rest_;
    std::string masked_;
};

bool is_secret_field(std::string_view name) {
    std::string spaced(name);
    std::ranges::replace(spaced, '+', ' ');
    return is_secret_name(percent_decoded(spaced).value_or(spaced));
}

/// One `name=value`.
std::string masked_field(std::string_view field) {
    auto const equals = field.find('=');
    bool const tells = equals != std::string_view::npos && equals + 1 < field.size();
    if (!tells || !is_secret_field(field.substr(0, equals))) return std::string(field);
    return std::string(field.substr(0, equals + 1)) + std::string(mask);
}

}  // namespace

std::string masked_json(std::string_view text) {
    return JsonMasker(text).run();
}

std::string masked_form(std::string_view text) {
    std::string masked;
    while (!text.empty()) {
        // White space and `;` end no field of a form, but one of a text that is none.
        auto const end = std::min(text.find_first_of("&; \t\r\n"), text.size());
        masked += masked_field(text.substr(0, end));
        if (end < text.size()) masked += text[end];
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return masked;
}

std::string masked_header(std::string_view name, std::string_view value) {
    if (value.empty() || !is_secret_name(name)) return std::string(value);
    constexpr std::array<std::string_view, 2> schemes{"basic", "bearer"};
    auto const scheme = value.substr(0, value.find(' '));
    bool const known = scheme.size() < value.size() &&
                       std::ranges::find(schemes, ascii_lower(scheme)) != schemes.end();
    return known ? std::string(scheme) + " " + std::string(mask) : std::string(mask);
}

}  // namespace otp::mocks
