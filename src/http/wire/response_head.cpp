#include "http/wire/response_head.hpp"

#include "model/ascii.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

namespace otp::http {
namespace {

namespace beast = boost::beast;

constexpr std::string_view version_begin = "HTTP/1.";
constexpr std::string_view blanks = " \t";
constexpr std::string_view line_end = "\r\n";

std::string_view without_leading_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

std::string_view without_trailing_blanks(std::string_view text) {
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

bool begins_with_blank(std::string_view text) {
    return !text.empty() && blanks.find(text.front()) != blanks.npos;
}

/// Nothing if the line is as it should be, or not understood.
std::optional<std::string> better_status_line(std::string_view line) {
    constexpr std::size_t version_size = version_begin.size() + 1;
    constexpr std::size_t digits = 3;
    if (line.size() < version_size || !begins_with_blank(line.substr(version_size))) return {};
    auto const rest = without_leading_blanks(line.substr(version_size));
    auto const status = rest.substr(0, digits);
    if (status.size() != digits || !std::all_of(status.begin(), status.end(), model::is_digit)) {
        return {};
    }
    auto const phrase = rest.substr(digits);
    if (!phrase.empty() && !begins_with_blank(phrase)) return {};

    std::string better(line.substr(0, version_size));
    better += ' ';
    better += status;
    better += ' ';
    better += without_leading_blanks(phrase);
    if (better == line) return {};
    return better;
}

bool ends_message(std::string_view field_name) {
    return model::equal_ignoring_case(field_name, "Content-Length") ||
           model::equal_ignoring_case(field_name, "Transfer-Encoding");
}

bool is_connection(std::string_view field_name) {
    return model::equal_ignoring_case(field_name, "Connection") ||
           model::equal_ignoring_case(field_name, "Proxy-Connection");
}

bool is_token_list(std::string_view value) {
    return beast::http::validate_list(beast::http::opt_token_list({value.data(), value.size()}));
}

/// Nothing if the line is as it should be, or not understood.
std::optional<std::string> better_field(std::string_view line) {
    auto const colon = line.find(':');
    if (colon == line.npos) return {};
    auto const name = without_trailing_blanks(line.substr(0, colon));
    auto const value = line.substr(colon + 1);
    if (name.empty() || ends_message(name)) return {};
    bool const unclear = is_connection(name) && !is_token_list(value);
    if (name.size() == colon && !unclear) return {};
    return std::string(name) + ':' + (unclear ? " close" : std::string(value));
}

}  // namespace

bool may_be_response(std::string_view bytes) noexcept {
    auto const size = std::min(bytes.size(), version_begin.size());
    return bytes.substr(0, size) == version_begin.substr(0, size);
}

std::string_view put_right(std::string_view head, std::string& storage) {
    storage.clear();
    bool changed = false;
    std::size_t begin = 0;
    while (begin < head.size()) {
        auto const end = head.find(line_end, begin);
        auto const line = head.substr(begin, end - begin);
        auto const better = begin == 0 ? better_status_line(line) : better_field(line);
        if (better && !changed) {
            changed = true;
            storage = head.substr(0, begin);
        }
        if (changed) {
            storage += better ? std::string_view(*better) : line;
            storage += line_end;
        }
        if (end == head.npos) break;
        begin = end + line_end.size();
    }
    return changed ? std::string_view(storage) : head;
}

}  // namespace otp::http
