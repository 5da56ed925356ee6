#include "message_length.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/testing/recording.hpp>

#include <boost/json/serialize.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace otp::testing {
namespace {

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decode_component(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            decoded += ' ';
        } else if (text[at] != '%') {
            decoded += text[at];
        } else {
            if (at + 2 >= text.size()) return std::nullopt;
            auto const high = hex_digit(text[at + 1]);
            auto const low = hex_digit(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    return decoded;
}

}  // namespace

std::optional<FormFields> parse_form(std::string_view body) {
    FormFields fields;
    while (!body.empty()) {
        auto const end = body.find('&');
        auto const pair = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view{} : body.substr(end + 1);
        auto const equals = pair.find('=');
        auto name = decode_component(pair.substr(0, equals));
        auto value = decode_component(
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1)
        );
        if (!name || !value) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::string to_bytes(RecordedBody const& body) {
    if (auto const* const json = std::get_if<boost::json::value>(&body)) {
        return boost::json::serialize(*json);
    }
    if (auto const* const form = std::get_if<FormFields>(&body)) {
        std::string bytes;
        for (auto const& [name, value] : *form) {
            if (!bytes.empty()) bytes += '&';
            bytes += encode_form({{name, value}});
        }
        return bytes;
    }
    if (auto const* const text = std::get_if<std::string>(&body)) return *text;
    return {};
}

HttpResponse RecordedResponse::to_response() const {
    HttpHeaders lines;
    for (auto const& [name, value] : headers) lines.append(name, value);
    return with_length(HttpResponse(status, std::move(lines), to_bytes(body)));
}

}  // namespace otp::testing
