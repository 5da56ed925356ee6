#include "config/json_text.hpp"

#include "config/json_comments.hpp"
#include "config/repeated_names.hpp"
#include "config/syntax_mistake.hpp"
#include "config/text_place.hpp"

#include <boost/json/stream_parser.hpp>
#include <boost/system/error_code.hpp>

#include <string>
#include <utility>

namespace otp::config {

namespace {

constexpr std::size_t max_depth = 32;

// The parser knows that something is wrong, the other one what it probably is.
std::string describe_mistake(
    std::string_view text, std::size_t offset, boost::system::error_code const& error
) {
    if (auto mistake = find_syntax_mistake(text, max_depth)) return std::move(*mistake);
    return describe(place_of(text, offset)) + ": " + error.message();
}

}  // namespace

std::optional<boost::json::value> parse_json_text(std::string_view text, Violations& violations) {
    if (text.starts_with("\xef\xbb\xbf")) {  // a byte order mark, as some editors write it
        text.remove_prefix(3);
    }
    auto const json = blank_comments(text);
    boost::json::parse_options options;
    options.max_depth = max_depth;

    boost::json::stream_parser parser({}, options);
    boost::system::error_code error;
    auto offset = parser.write_some(json.data(), json.size(), error);
    if (!error && offset < json.size()) error = boost::json::error::extra_data;
    if (!error) {
        parser.finish(error);
        offset = json.size();
    }
    if (error) {
        violations.add("", describe_mistake(text, offset, error));
        return std::nullopt;
    }
    report_repeated_names(json, options, violations);
    return parser.release();
}

}  // namespace otp::config
