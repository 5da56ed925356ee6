#include "wire/authorization.hpp"

#include "wire/base64.hpp"

#include <string_view>

namespace otp::mocks {
namespace {

std::optional<std::string> after_scheme(MockRequest const& request, std::string_view scheme) {
    auto const value = request.header("Authorization");
    if (!value || !value->starts_with(scheme) || value->size() == scheme.size()) {
        return std::nullopt;
    }
    auto rest = value->substr(scheme.size());
    if (rest.find(' ') != std::string::npos) return std::nullopt;
    return rest;
}

}  // namespace

std::optional<std::string> bearer_token(MockRequest const& request) {
    return after_scheme(request, "Bearer ");
}

std::optional<std::pair<std::string, std::string>> basic_credentials(MockRequest const& request) {
    auto const encoded = after_scheme(request, "Basic ");
    if (!encoded) return std::nullopt;
    auto const decoded = base64_decoded(*encoded);
    if (!decoded) return std::nullopt;
    auto const colon = decoded->find(':');
    if (colon == std::string::npos) return std::nullopt;
    return std::pair(decoded->substr(0, colon), decoded->substr(colon + 1));
}

}  // namespace otp::mocks
