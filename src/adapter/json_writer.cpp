#include <otp/adapter/json_writer.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace otp::adapter {

namespace {

constexpr std::string_view end_of_name = "\":";

constexpr bool needs_escape(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void append_escaped(std::string& text, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    // Those that RFC 8259 7 gives a letter.
    constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    if (auto const index = escaped.find(c); index != escaped.npos) {
        text.push_back('\\');
        text.push_back(letters[index]);
        return;
    }
    auto const code = static_cast<unsigned char>(c);
    text.append("\\u00");
    text.push_back(digits[code >> 4U]);
    text.push_back(digits[code & 0xFU]);
}

HttpRequest with_json(
    HttpRequest request, JsonWriter&& body, std::initializer_list<HttpHeader> headers
) {
    request.headers = headers;
    request.content_type = json_content_type;
    request.body = std::move(body).finish();
    return request;
}

}  // namespace

void JsonWriter::begin_member(std::string_view name, std::string_view behind_name) {
    text_.append(first_ ? "\"" : ",\"");
    first_ = false;
    text_.append(name);
    text_.append(behind_name);
}

void JsonWriter::add_text(std::string_view name, std::string_view value) {
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

void JsonWriter::add_integer(std::string_view name, std::int64_t value) {
    begin_member(name, end_of_name);
    std::array<char, 24> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    static_cast<void>(error);  // 24 characters hold every 64-bit number
    text_.append(digits.data(), end);
}

void JsonWriter::add_bool(std::string_view name, bool value) {
    add_json(name, value ? "true" : "false");
}

void JsonWriter::add_json(std::string_view name, std::string_view json) {
    begin_member(name, end_of_name);
    text_.append(json);
}

void JsonWriter::begin_object(std::string_view name) {
    begin_member(name, end_of_name);
    text_.push_back('{');
    first_ = true;
}

void JsonWriter::end_object() {
    text_.push_back('}');
    first_ = false;
}

std::string JsonWriter::finish() && {
    text_.push_back('}');
    return std::move(text_);
}

HttpRequest json_post(
    std::string_view route, JsonWriter&& body, std::initializer_list<HttpHeader> headers
) {
    return with_json(HttpRequest(HttpMethod::post, route), std::move(body), headers);
}

HttpRequest json_post(
    std::string target,
    std::string_view route,
    JsonWriter&& body,
    std::initializer_list<HttpHeader> headers
) {
    return with_json(
        HttpRequest(HttpMethod::post, std::move(target), route), std::move(body), headers
    );
}

}  // namespace otp::adapter
