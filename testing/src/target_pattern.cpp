#include "target_pattern.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace otp::testing {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (true) {
        auto const end = path.find('/');
        segments.push_back(path.substr(0, end));
        if (end == std::string_view::npos) return segments;
        path.remove_prefix(end + 1);
    }
}

bool is_placeholder(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}' &&
           segment.find_first_of("{}", 1) == segment.size() - 1;
}

}  // namespace

std::vector<std::string> placeholders_of(std::string_view pattern) {
    std::vector<std::string> names;
    for (auto const segment : segments_of(pattern)) {
        if (is_placeholder(segment)) names.emplace_back(segment);
    }
    return names;
}

std::optional<TargetParts> match_target(std::string_view pattern, std::string_view target) {
    auto const expected = segments_of(pattern);
    auto const given = segments_of(target);
    if (expected.size() != given.size()) return std::nullopt;
    TargetParts parts;
    for (std::size_t index = 0; index < expected.size(); ++index) {
        if (!is_placeholder(expected[index])) {
            if (expected[index] != given[index]) return std::nullopt;
        } else if (given[index].empty() || given[index].find('?') != std::string_view::npos) {
            return std::nullopt;
        } else {
            parts.emplace_back(expected[index], decode_segment(given[index]));
        }
    }
    return parts;
}

std::optional<std::string> target_with_placeholders(
    std::string_view target, std::string_view route, std::vector<std::string> const& names
) {
    // A token endpoint has the path that it was configured with.
    if (placeholders_of(route).empty()) return std::string(target);
    auto const given = segments_of(target);
    auto const of_route = segments_of(route);
    if (given.size() != of_route.size()) return std::nullopt;
    std::string result;
    for (std::size_t index = 0; index < given.size(); ++index) {
        if (index > 0) result += '/';
        auto const segment = of_route[index];
        bool const is_listed =
            is_placeholder(segment) &&
            std::find(names.begin(), names.end(), segment.substr(1, segment.size() - 2)) !=
                names.end();
        if (!is_placeholder(segment) && segment != given[index]) return std::nullopt;
        result += is_listed ? segment : given[index];
    }
    return result;
}

std::string decode_segment(std::string_view segment) {
    std::string decoded;
    while (!segment.empty()) {
        unsigned octet = 0;
        bool is_encoded = false;
        if (segment.front() == '%' && segment.size() >= 3) {
            auto const [end, failure] =
                std::from_chars(segment.data() + 1, segment.data() + 3, octet, 16);
            is_encoded = failure == std::errc() && end == segment.data() + 3;
        }
        decoded += is_encoded ? static_cast<char>(octet) : segment.front();
        segment.remove_prefix(is_encoded ? 3 : 1);
    }
    return decoded;
}

}  // namespace otp::testing
