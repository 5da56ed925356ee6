#include "vendor/vendor_document.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace otp::mocks {
namespace {

/// Whether a text may be repeated. What does not look like a name may be a
/// secret in a wrong place.
bool is_name(std::string_view text) {
    constexpr std::size_t longest = 64;
    bool const begins_as_name = !text.empty() && text.front() >= 'A' && text.size() <= longest;
    return begins_as_name && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '/';
           });
}

std::string with_name(std::string kind, std::string_view before, std::string_view name) {
    if (!is_name(name)) return kind;
    kind += before;
    kind += name;
    return kind;
}

std::string demand_of(CodeCheck result) {
    switch (result) {
        case CodeCheck::wrong:
            return "The code must be the one of the newest message.";
        case CodeCheck::expired:
            return "The code must be checked before it expires; then a new one must be "
                   "sent.";
        case CodeCheck::locked:
            return "After too many wrong tries a new code must be sent.";
        case CodeCheck::used:
            return "A code can be used once; then a new one must be sent.";
        case CodeCheck::unknown:
            return "A code must have been sent before it can be checked.";
        case CodeCheck::approved:
            break;
    }
    return {};
}

}  // namespace

Explanation VendorDocument::path(std::string demands) const {
    return broken("path", std::move(demands));
}

Explanation VendorDocument::method(std::string_view wanted) const {
    return broken("method", "The method of this call is " + std::string(wanted) + ".");
}

Explanation VendorDocument::query(MockRequest const& request) const {
    std::string_view const query = request.query;
    auto const first = query.substr(0, query.find('&'));
    auto const equals = first.find('=');
    // A parameter without `=` may be a value.
    auto const name =
        equals == std::string_view::npos ? std::string_view() : first.substr(0, equals);
    return broken(with_name("query", " ", name), "This call has no query parameters.");
}

Explanation VendorDocument::header(std::string_view name, std::string demands) const {
    return broken("header " + std::string(name), std::move(demands));
}

Explanation VendorDocument::media_type(std::string_view wanted) const {
    return header("content-type", "The body must be sent as " + std::string(wanted) + ".");
}

Explanation VendorDocument::body(std::string demands) const {
    return broken("body", std::move(demands));
}

Explanation VendorDocument::body(BodyProblem problem) const {
    if (problem == BodyProblem::media_type) return media_type("application/json");
    return body("The body must be a JSON object.");
}

Explanation VendorDocument::member(std::string_view name, std::string demands) const {
    return broken(with_name("body", " /", name), std::move(demands));
}

Explanation VendorDocument::member(FieldProblem const& problem) const {
    // A client's own name has to look like the name of one member.
    bool const is_one_name = problem.field.find('/') == std::string::npos;
    return member(is_one_name ? std::string_view(problem.field) : "", problem.demands);
}

Explanation VendorDocument::code(std::string_view name, CodeCheck result) const {
    return member(name, demand_of(result));
}

Explanation VendorDocument::nothing_broken(std::string demands) const {
    return broken({}, std::move(demands));
}

Explanation VendorDocument::broken(std::string broken_by, std::string demands) const {
    return {std::move(demands), std::move(broken_by), std::string(url_)};
}

}  // namespace otp::mocks
