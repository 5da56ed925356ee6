#include "config/json_text.hpp"

#include "config/repeated_names.hpp"

#include <boost/json/stream_parser.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <string>

namespace otp::config {

namespace {

constexpr std::size_t max_depth = 32;

// Line and column of the byte at `offset`, as an editor counts them.
std::string place_of(std::string_view text, std::size_t offset) {
    auto const before = text.substr(0, std::min(offset, text.size()));
    auto const line = std::count(before.begin(), before.end(), '\n') + 1;
    auto const line_begin = before.rfind('\n');
    auto const column_text =
        line_begin == std::string_view::npos ? before : before.substr(line_begin + 1);
    auto const column = std::count_if(
                            column_text.begin(),
                            column_text.end(),
                            [](char c) {
                                return (static_cast<unsigned char>(c) & 0xc0U) !=
                                       0x80U;  // not inside a UTF-8 sequence
                            }
                        ) +
                        1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

std::optional<boost::json::value> parse_json_text(std::string_view text, Violations& violations) {
    if (text.starts_with("\xef\xbb\xbf")) {  // a byte order mark, as some editors write it
        text.remove_prefix(3);
    }
    boost::json::parse_options options;
    options.allow_comments = true;
    options.max_depth = max_depth;

    boost::json::stream_parser parser({}, options);
    boost::system::error_code error;
    auto offset = parser.write_some(text.data(), text.size(), error);
    if (!error && offset < text.size()) {
        error = boost::json::error::extra_data;
    }
    if (!error) {
        parser.finish(error);
        offset = text.size();
    }
    if (error) {
        violations.add("", place_of(text, offset) + ": " + error.message());
        return std::nullopt;
    }
    report_repeated_names(text, options, violations);
    return parser.release();
}

}  // namespace otp::config
