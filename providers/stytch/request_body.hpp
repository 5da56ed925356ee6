#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace otp::stytch {

/// Writes one JSON object (RFC 8259) straight into the text that is sent. Sends are measured in
/// instructions, and a document tree in between would double those of encoding.
///
/// Names are plain literals; texts must be UTF-8. Members come in the order of the calls.
class RequestBody {
public:
    explicit RequestBody(std::size_t expected_bytes) {
        text_.reserve(expected_bytes);
        text_.push_back('{');
    }

    void add_text(std::string_view name, std::string_view value);
    void add_integer(std::string_view name, std::int64_t value);
    void add_bool(std::string_view name, bool value);
    /// `json` is well-formed JSON text.
    void add_json(std::string_view name, std::string_view json);

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

}  // namespace otp::stytch
