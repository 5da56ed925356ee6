#include "unit/mocks/played_vendor.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

namespace otp::mocks::test {

MockRequest json_request(
    std::string method, std::string path, MockHeaders headers, std::string body
) {
    headers.emplace_back("Content-Type", "application/json");
    return {std::move(method), std::move(path), {}, std::move(headers), std::move(body)};
}

MockHeaders bearer(std::string const& token) {
    return {{"Authorization", "Bearer " + token}};
}

std::string wrong_code(std::string code) {
    if (code.empty()) return "no code was sent";
    code.back() = code.back() == '9' ? '0' : static_cast<char>(code.back() + 1);
    return code;
}

std::string member(MockResponse const& response, std::string_view pointer) {
    boost::system::error_code error;
    auto const body = boost::json::parse(response.body, error);
    if (error) return {};
    auto const* found = body.find_pointer(pointer, error);
    return found == nullptr ? std::string() : boost::json::serialize(*found);
}

}  // namespace otp::mocks::test
