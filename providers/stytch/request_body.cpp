#include "stytch/request_body.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace otp::stytch {

namespace {

constexpr std::string_view end_of_name = "\":";

constexpr bool needs_escape(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void append_escaped(std::string& text, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        text.push_back('\\');
        text.push_back(c);
        return;
    }
    auto const code = static_cast<unsigned char>(c);
    text.append("\\u00");
    text.push_back(digits[code >> 4U]);
    text.push_back(digits[code & 0xFU]);
}

}  // namespace

void RequestBody::begin_member(std::string_view name, std::string_view behind_name) {
    text_.append(first_ ? "\"" : ",\"");
    first_ = false;
    text_.append(name);
    text_.append(behind_name);
}

void RequestBody::add_text(std::string_view name, std::string_view value) {
    begin_member(name, "\":\"");
    std::size_t begin = 0;
    for (std::size_t index = 0; index < value.size(); ++index) {
        if (!needs_escape(value[index])) continue;
        text_.append(value.substr(begin, index - begin));
        append_escaped(text_, value[index]);
        begin = index + 1;
    }
    text_.append(value.substr(begin));
    text_.push_back('"');
}

void RequestBody::add_integer(std::string_view name, std::int64_t value) {
    begin_member(name, end_of_name);
    std::array<char, 24> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    static_cast<void>(error);  // 24 characters hold every 64-bit number
    text_.append(digits.data(), end);
}

void RequestBody::add_bool(std::string_view name, bool value) {
    add_json(name, value ? "true" : "false");
}

void RequestBody::add_json(std::string_view name, std::string_view json) {
    begin_member(name, end_of_name);
    text_.append(json);
}

void RequestBody::begin_object(std::string_view name) {
    begin_member(name, end_of_name);
    text_.push_back('{');
    first_ = true;
}

void RequestBody::end_object() {
    text_.push_back('}');
    first_ = false;
}

std::string RequestBody::finish() && {
    text_.push_back('}');
    return std::move(text_);
}

}  // namespace otp::stytch
