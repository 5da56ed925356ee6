#include "wire/exchange.hpp"

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

}  // namespace otp::mocks
