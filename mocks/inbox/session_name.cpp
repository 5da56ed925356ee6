#include "inbox/session_name.hpp"

#include "inbox/api_answer.hpp"
#include "inbox/ascii_case.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::string_view prefix = "/session/";
constexpr std::string_view field = "x-mock-session";
constexpr std::size_t longest_name = 64;

bool is_name_character(char character) noexcept {
    bool const letter =
        (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    bool const digit = character >= '0' && character <= '9';
    return letter || digit || character == '.' || character == '_' || character == '-';
}

/// Takes the prefix away, and returns the name in it.
std::optional<std::string> take_prefix(std::string& path) {
    if (!path.starts_with(prefix)) return std::nullopt;
    auto const end = std::min(path.find('/', prefix.size()), path.size());
    auto name = path.substr(prefix.size(), end - prefix.size());
    path.erase(0, end);
    if (path.empty()) path = "/";
    return name;
}

/// All values of the header field.
std::vector<std::string> header_names(MockHeaders const& headers) {
    std::vector<std::string> names;
    for (auto const& [name, value] : headers) {
        bool const found = name.size() == field.size() && ascii_lower(name) == field;
        if (found) names.push_back(value);
    }
    return names;
}

}  // namespace

bool is_session_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= longest_name &&
           std::ranges::all_of(name, is_name_character);
}

void require_session_name(std::string_view name) {
    if (!name.empty() && !is_session_name(name)) {
        throw std::invalid_argument(std::string(what_a_session_name_is));
    }
}

std::variant<AddressedRequest, MockResponse> read_session(MockRequest request) {
    auto names = header_names(request.headers);
    if (auto name = take_prefix(request.path)) names.push_back(std::move(*name));
    if (!std::ranges::all_of(names, is_session_name)) return problem(400, what_a_session_name_is);
    if (std::ranges::adjacent_find(names, std::ranges::not_equal_to()) != names.end()) {
        return problem(400, "the request names two sessions");
    }
    AddressedRequest addressed{std::move(request), std::nullopt};
    if (!names.empty()) addressed.session = std::move(names.front());
    return addressed;
}

}  // namespace otp::mocks
