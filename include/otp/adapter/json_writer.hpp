#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/export.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// Writes one JSON object (RFC 8259) straight into the text that is sent: the one writer of all
/// adapters. Sends are measured in instructions, and a document tree in between would double those
/// of encoding.
///
/// Names are plain literals; texts must be UTF-8. Members come in the order of the calls.
class JsonWriter {
public:
    explicit JsonWriter(std::size_t expected_bytes = 128) {
        text_.reserve(expected_bytes);
        text_.push_back('{');
    }

    void add_text(std::string_view name, std::string_view value);
    void add_integer(std::string_view name, std::int64_t value);
    void add_bool(std::string_view name, bool value);
    /// `json` is well-formed JSON text.
    void add_json(std::string_view name, std::string_view json);

    /// No member where there is no value.
    void add_text_if(std::string_view name, std::optional<std::string_view> value) {
        if (value) add_text(name, *value);
    }
    void add_integer_if(std::string_view name, std::optional<std::int64_t> value) {
        if (value) add_integer(name, *value);
    }

    /// Between the two calls, members go into the object `name`.
    void begin_object(std::string_view name);
    void end_object();

    /// The whole text; the object is used up.
    [[nodiscard]] std::string finish() &&;

private:
    void begin_member(std::string_view name, std::string_view behind_name);

    std::string text_;
    bool first_{true};
};

/// A POST of that JSON below the base URL; `route` is a literal without placeholders.
[[nodiscard]] HttpRequest json_post(
    std::string_view route, JsonWriter&& body, std::initializer_list<HttpHeader> headers = {}
);
/// The same where `route` has placeholders, and `target` what stands for them (`HttpRequest`).
[[nodiscard]] HttpRequest json_post(
    std::string target,
    std::string_view route,
    JsonWriter&& body,
    std::initializer_list<HttpHeader> headers = {}
);

}  // namespace adapter
}  // namespace otp
