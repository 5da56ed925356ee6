#include "http/wire/response_parser.hpp"

#include "http/wire/content_coding.hpp"
#include "model/ascii.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>
#include <system_error>
#include <utility>

namespace otp::http {
namespace {

namespace beast = boost::beast;

// Of what servers send as Keep-Alive: `timeout=5, max=100`.
std::optional<std::chrono::seconds> timeout_parameter(std::string_view value) {
    constexpr std::string_view name = "timeout=";
    auto const begin = value.find(name);
    if (begin == value.npos) return {};
    value.remove_prefix(begin + name.size());
    unsigned seconds{};
    auto const [end, ec] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (ec != std::errc{}) return {};
    return std::chrono::seconds(std::min(seconds, 86400U));
}

}  // namespace

ResponseParser::ResponseParser(HttpLimits const& limits) : limits_(limits) {
    eager(true);
    // The limits are kept here and where the pieces for this are found: Beast's depend on how the
    // bytes come, and differ from version to version.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(boost::none);
}

void ResponseParser::refuse(std::string reason, error_code& ec) {
    refusal = std::move(reason);
    ec = beast::http::error::bad_value;
}

void ResponseParser::refuse_too_large_body(error_code& ec) {
    refuse("its body is larger than " + std::to_string(limits_.max_body_bytes) + " bytes", ec);
}

void ResponseParser::
    on_request_impl(beast::http::verb, string_view, string_view, int, error_code&) {}

void ResponseParser::on_response_impl(int code, string_view, int http_version, error_code& ec) {
    if (code < 100 || code > 599) return refuse("its status is not between 100 and 599", ec);
    if (code == 101) return refuse("it switches protocols, which was not asked for", ec);
    if (http_version != 10 && http_version != 11) return refuse("it is not HTTP/1.x", ec);
    status = code;
    version = http_version;
    headers.reserve(12, 512);
}

void ResponseParser::on_field_impl(
    beast::http::field name, string_view name_text, string_view value, error_code& ec
) {
    using beast::http::field;
    // Trailers are read over.
    if (header_complete_) return;
    switch (name) {
        case field::content_length:
            if (length_seen_) return refuse("it has two Content-Length fields", ec);
            // RFC 9110 8.6 would allow a list of equal numbers; no vendor has a reason to send one.
            if (value.find(',') != value.npos) {
                return refuse("it has two Content-Length values", ec);
            }
            length_seen_ = true;
            break;
        case field::transfer_encoding:
            if (chunked_) return refuse("it has two Transfer-Encoding fields", ec);
            if (!model::equal_ignoring_case(value, "chunked")) {
                return refuse("its Transfer-Encoding is not chunked", ec);
            }
            chunked_ = true;
            break;
        case field::content_encoding:
            if (coding.empty()) coding = changing_coding({value.data(), value.size()});
            break;
        case field::keep_alive:
            keep_alive_timeout = timeout_parameter({value.data(), value.size()});
            break;
        default:
            break;
    }
    headers.append({name_text.data(), name_text.size()}, {value.data(), value.size()});
}

void ResponseParser::on_header_impl(error_code& ec) {
    header_complete_ = true;
    auto const length = content_length();
    bool const has_body = !is_done();
    if (has_body && length && *length > limits_.max_body_bytes) refuse_too_large_body(ec);
}

void ResponseParser::
    on_body_init_impl(boost::optional<std::uint64_t> const& content_length, error_code&) {
    if (content_length) body.reserve(static_cast<std::size_t>(*content_length));
}

std::size_t ResponseParser::on_body_impl(string_view bytes, error_code& ec) {
    if (bytes.size() > limits_.max_body_bytes - body.size()) {
        refuse_too_large_body(ec);
        return 0;
    }
    body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void ResponseParser::on_chunk_header_impl(std::uint64_t size, string_view, error_code& ec) {
    chunk_left = size;
    if (size > limits_.max_body_bytes - body.size()) refuse_too_large_body(ec);
}

std::size_t ResponseParser::on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&) {
    chunk_left -= bytes.size();
    body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void ResponseParser::on_finish_impl(error_code&) {}

}  // namespace otp::http
