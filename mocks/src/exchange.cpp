#include "exchange.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cctype>

namespace otp::mocks {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return result;
}

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<std::string> MockRequest::header(std::string_view name) const {
    std::optional<std::string> found;
    for (auto const& [key, value] : headers) {
        if (lower(key) != lower(name)) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

std::string MockRequest::media_type() const {
    auto const value = header("Content-Type");
    if (!value) return {};
    auto type = lower(std::string_view(*value).substr(0, value->find(';')));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    return type;
}

MockResponse json_response(int status, boost::json::value const& body) {
    MockResponse response;
    response.status = status;
    response.body = boost::json::serialize(body);
    return response;
}

MockResponse empty_response(int status) {
    MockResponse response;
    response.status = status;
    response.content_type.clear();
    return response;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            result += text[at];
            continue;
        }
        if (at + 2 >= text.size()) return std::nullopt;
        int const high = hex_value(text[at + 1]);
        int const low = hex_value(text[at + 2]);
        if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
        result += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return result;
}

}  // namespace otp::mocks
