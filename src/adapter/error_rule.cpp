#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/text_check.hpp>

#include <algorithm>

namespace otp::adapter {
namespace {

bool matches(std::string_view code, std::string_view answered, CodeMatch match) noexcept {
    switch (match) {
        case CodeMatch::exact:
            return code == answered;
        case CodeMatch::loose:
            return equal_loosely(code, answered);
        case CodeMatch::part:
            return contains_word(answered, code);
    }
    return false;
}

}  // namespace

ErrorRule const* find_rule(
    std::span<ErrorRule const> rules, std::string_view answered, CodeMatch match
) noexcept {
    if (answered.empty()) return nullptr;
    auto const found = std::find_if(rules.begin(), rules.end(), [&](ErrorRule const& rule) {
        return !rule.code.empty() && matches(rule.code, answered, match);
    });
    return found == rules.end() ? nullptr : &*found;
}

ErrorCategory category_of_status(int http_status) noexcept {
    switch (http_status) {
        case 400:
        case 409:
        case 422:
            return ErrorCategory::invalid_request;
        case 401:
            return ErrorCategory::unauthenticated;
        case 403:
            return ErrorCategory::permission_denied;
        case 408:
        case 421:
        case 503:
            return ErrorCategory::unavailable;
        case 429:
            return ErrorCategory::rate_limited;
        default:
            return http_status >= 500 && http_status < 600 ? ErrorCategory::provider_error
                                                           : ErrorCategory::bad_response;
    }
}

}  // namespace otp::adapter
