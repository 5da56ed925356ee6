#include "model/json_exponents.hpp"

#include <otp/json_body.hpp>

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/value_stack.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

namespace otp {

namespace {

namespace json = boost::json;
using boost::system::error_code;

constexpr std::size_t max_depth = 32;
// Enough for the values of a usual vendor response (16 bytes each, 230 bytes of text), so that
// building the tree takes memory from the given storage alone.
constexpr std::size_t scratch_size = 4096;

/// Builds the tree as the plain parser does, and counts the member names that it saw.
class StrictHandler {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    // The scratch memory stays as it is: 4 KB of zeros for each response would be for nothing.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    explicit StrictHandler(json::storage_ptr storage)
        : stack_(json::storage_ptr(), scratch_.data(), scratch_.size()) {
        stack_.reset(std::move(storage));
    }

    json::value release() { return stack_.release(); }
    [[nodiscard]] std::size_t names() const noexcept { return names_; }

    // The names and results of these are what `basic_parser` asks for; false stops it.
    bool on_document_begin(error_code& /*error*/) noexcept { return true; }
    bool on_document_end(error_code& /*error*/) noexcept { return true; }
    bool on_object_begin(error_code& /*error*/) noexcept { return true; }
    bool on_object_end(std::size_t size, error_code& /*error*/) {
        names_ += size;
        stack_.push_object(size);
        return true;
    }
    bool on_array_begin(error_code& /*error*/) noexcept { return true; }
    bool on_array_end(std::size_t size, error_code& /*error*/) {
        stack_.push_array(size);
        return true;
    }
    bool on_key_part(json::string_view text, std::size_t /*size*/, error_code& /*error*/) {
        stack_.push_chars(text);
        return true;
    }
    bool on_key(json::string_view text, std::size_t /*size*/, error_code& /*error*/) {
        stack_.push_key(text);
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t /*size*/, error_code& /*error*/) {
        stack_.push_chars(text);
        return true;
    }
    bool on_string(json::string_view text, std::size_t /*size*/, error_code& /*error*/) {
        stack_.push_string(text);
        return true;
    }
    bool on_number_part(json::string_view /*text*/, error_code& /*error*/) noexcept { return true; }
    bool on_int64(std::int64_t number, json::string_view /*text*/, error_code& /*error*/) {
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view /*text*/, error_code& /*error*/) {
        stack_.push_uint64(number);
        return true;
    }
    bool on_double(double number, json::string_view /*text*/, error_code& error) {
        // Zero times a power of ten that is an infinity to the parser: still zero.
        if (std::isnan(number)) number = 0;
        // 1e400 would become an infinity, which JSON cannot even say.
        if (!std::isfinite(number)) {
            error = json::error::exponent_overflow;
            return false;
        }
        stack_.push_double(number);
        return true;
    }
    bool on_bool(bool truth, error_code& /*error*/) {
        stack_.push_bool(truth);
        return true;
    }
    bool on_null(error_code& /*error*/) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view /*text*/, error_code& /*error*/) noexcept {
        return true;
    }
    bool on_comment(json::string_view /*text*/, error_code& /*error*/) noexcept { return true; }

private:
    alignas(json::value) std::array<unsigned char, scratch_size> scratch_;
    json::value_stack stack_;
    std::size_t names_{0};
};

/// Members in the whole tree. Its depth is bounded by the parser.
std::size_t count_members(json::value const& value) noexcept {
    std::size_t count = 0;
    if (auto const* const object = value.if_object()) {
        count += object->size();
        for (auto const& member : *object) count += count_members(member.value());
    } else if (auto const* const array = value.if_array()) {
        for (auto const& element : *array) count += count_members(element);
    }
    return count;
}

Error not_json(std::string_view reason, std::optional<std::size_t> offset) {
    std::string message = "the body is not acceptable JSON: ";
    message += reason;
    if (offset) {
        message += " at byte ";
        message += std::to_string(*offset);
    }
    return Error(ErrorCategory::bad_response, std::move(message), Delivery::unknown);
}

/// What became of a text; without an error, the tree and the number of names seen.
struct Parsed {
    error_code error;
    std::size_t consumed{0};
    // Made and not assigned, so that it stays in its storage.
    std::optional<json::value> value;
    std::size_t names{0};
};

Parsed parse_text(std::string_view text, json::storage_ptr const& storage) {
    json::parse_options options;
    options.max_depth = max_depth;
    json::basic_parser<StrictHandler> parser(options, storage);
    Parsed parsed;
    parsed.consumed = parser.write_some(false, text.data(), text.size(), parsed.error);
    if (!parsed.error && parsed.consumed == text.size()) {
        parsed.names = parser.handler().names();
        parsed.value.emplace(parser.handler().release());
    }
    return parsed;
}

json::value const* find(json::object const& object, std::string_view name) noexcept {
    return object.if_contains(name);
}

}  // namespace

Result<json::value> parse_json_body(std::string_view body, json::storage_ptr storage) {
    // RFC 8259 8.1 lets a reader ignore a byte order mark, which some servers' libraries write.
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    auto const text =
        body.starts_with(byte_order_mark) ? body.substr(byte_order_mark.size()) : body;
    auto const skipped = body.size() - text.size();

    Parsed parsed = parse_text(text, storage);
    if (parsed.error == json::error::exponent_overflow) {
        std::string bounded(text);
        model::bound_exponents(bounded);
        parsed = parse_text(bounded, storage);
    }
    if (parsed.error) return not_json(parsed.error.message(), skipped + parsed.consumed);
    if (parsed.consumed != text.size()) {
        return not_json("more text after the value", skipped + parsed.consumed);
    }
    // Of members with the same name the tree keeps only the last (RFC 7493 2.3 forbids them: which
    // one counts would depend on the reader).
    if (count_members(*parsed.value) != parsed.names) {
        return not_json("a member name occurs twice in one object", std::nullopt);
    }
    return std::move(*parsed.value);
}

std::optional<std::string_view> string_member(
    json::object const& object, std::string_view name
) noexcept {
    auto const* const value = find(object, name);
    auto const* const text = value != nullptr ? value->if_string() : nullptr;
    if (text == nullptr || text->find('\0') != json::string::npos) return std::nullopt;
    return std::string_view(text->data(), text->size());
}

std::optional<std::string> text_member(json::object const& object, std::string_view name) {
    auto const* const value = find(object, name);
    if (value == nullptr) return std::nullopt;
    if (auto const* const number = value->if_int64()) return std::to_string(*number);
    if (auto const* const number = value->if_uint64()) return std::to_string(*number);
    auto const text = string_member(object, name);
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<std::int64_t> integer_member(
    json::object const& object, std::string_view name
) noexcept {
    auto const* const value = find(object, name);
    if (value == nullptr) return std::nullopt;
    // A number over the range of int64 is kept as uint64, so it does not fit.
    if (auto const* const number = value->if_int64()) return *number;
    auto const member = string_member(object, name);
    if (!member) return std::nullopt;
    auto text = *member;
    // std::from_chars knows '-' alone.
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    std::int64_t number = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<bool> bool_member(json::object const& object, std::string_view name) noexcept {
    auto const* const value = find(object, name);
    auto const* const truth = value != nullptr ? value->if_bool() : nullptr;
    return truth != nullptr ? std::optional<bool>(*truth) : std::nullopt;
}

json::object const* object_member(json::object const& object, std::string_view name) noexcept {
    auto const* const value = find(object, name);
    return value != nullptr ? value->if_object() : nullptr;
}

std::string append_json_pointer(std::string_view pointer, std::string_view token) {
    std::string result;
    result.reserve(pointer.size() + 1 + token.size());
    result = pointer;
    extend_json_pointer(result, token);
    return result;
}

void extend_json_pointer(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (char const c : token) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
}

}  // namespace otp
