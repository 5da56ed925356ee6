#include "encode/target_shape.hpp"

#include "frame/spoilt_bodies.hpp"

#include <otp/json_body.hpp>
#include <otp/testing/recording.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <vector>

namespace otp::conformance {
namespace {

bool is_control(char c) noexcept {
    auto const octet = static_cast<unsigned char>(c);
    return octet < ' ' || octet == 0x7F;
}

/// `text` with its percent-encoding undone; what is no encoding stays.
std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned octet = 0;
        auto const digits = text.substr(std::min(at + 1, text.size()), 2);
        auto const [end, failure] =
            std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16);
        bool const is_encoding = text[at] == '%' && digits.size() == 2 && failure == std::errc() &&
                                 end == digits.data() + digits.size();
        result += is_encoding ? static_cast<char>(octet) : text[at];
        if (is_encoding) at += 2;
    }
    return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        auto const end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// What a server may make of one segment that it decodes.
std::string problem_of_segment(std::string_view segment) {
    auto const text = decoded(segment);
    if (text == "." || text == "..") return "a segment is " + text;
    if (text.find_first_of("/\\") != text.npos) return "a segment holds a slash";
    if (std::any_of(text.begin(), text.end(), is_control)) return "a segment holds a line end";
    return {};
}

std::string problem_of_path(std::string_view path, std::string_view usual) {
    auto const segments = split(path, '/');
    auto const usual_segments = split(usual, '/');
    if (segments.size() != usual_segments.size()) return "it has another number of segments";
    for (std::size_t index = 0; index < segments.size(); ++index) {
        if (segments[index] == usual_segments[index]) continue;
        auto problem = problem_of_segment(segments[index]);
        if (!problem.empty()) return problem;
    }
    return {};
}

bool is_visible_ascii(char c) noexcept {
    return c > ' ' && c <= '~';
}

std::ptrdiff_t count(std::string_view text, char wanted) {
    return std::count(text.begin(), text.end(), wanted);
}

std::vector<std::string> names_of(testing::FormFields const& fields) {
    std::vector<std::string> names;
    for (auto const& field : fields) names.push_back(field.first);
    return names;
}

}  // namespace

std::string problem_of_target(
    HttpRequest const& request, HttpRequest const& usual, std::string_view text
) {
    auto const target = request.target();
    auto const usual_target = usual.target();
    if (target == usual_target) return {};
    if (!std::all_of(target.begin(), target.end(), is_visible_ascii)) {
        return "it holds a blank, a line end or what is not ASCII";
    }
    if (count(target, '#') != 0) return "it has a fragment";
    auto const parts = split(target, '?');
    auto const usual_parts = split(usual_target, '?');
    if (parts.size() != usual_parts.size()) return "it has another query";
    if (text.find('%') != text.npos && target.find(text) != target.npos) {
        return "a % is not encoded";
    }
    auto problem = problem_of_path(parts.front(), usual_parts.front());
    if (!problem.empty() || parts.size() == 1) return problem;
    bool const same = count(parts[1], '&') == count(usual_parts[1], '&') &&
                      count(parts[1], '=') == count(usual_parts[1], '=');
    return same ? std::string() : "it has other parameters";
}

std::string problem_of_headers(HttpRequest const& request) {
    for (auto const& header : request.headers) {
        if (std::any_of(header.value.begin(), header.value.end(), is_control)) return header.name;
    }
    return {};
}

std::string problem_of_body(HttpRequest const& request, HttpRequest const& usual) {
    if (request.body == usual.body) return {};
    if (request.content_type == form_content_type) {
        auto const fields = testing::parse_form(request.body);
        auto const usual_fields = testing::parse_form(usual.body);
        if (!fields || !usual_fields) return "it is no form";
        return names_of(*fields) == names_of(*usual_fields) ? std::string() : "it has other fields";
    }
    auto const body = parse_json_body(request.body);
    auto const usual_body = parse_json_body(usual.body);
    // What is no JSON with a usual text either is another format.
    if (!usual_body) return {};
    if (!body) return "it is no JSON, or has a member twice";
    return all_pointers(*body) == all_pointers(*usual_body) ? std::string()
                                                            : "it has other members";
}

}  // namespace otp::conformance
