#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::fuzz {

/// A JSON value that keeps repeated names, read by a library that the SDK does not use.
struct JsonTree {
    enum class Kind { null, boolean, number, string, array, object };

    Kind kind{Kind::null};
    /// As a member of an object.
    std::string name{};
    /// A string's content; a number, `true` or `false` as it is written.
    std::string text{};
    /// Of an array or an object.
    std::vector<JsonTree> items{};

    [[nodiscard]] bool is(Kind wanted) const noexcept { return kind == wanted; }
    /// The member of that name; null if there is none.
    [[nodiscard]] JsonTree const* find(std::string_view member) const noexcept;
    /// The content, if the member is a string.
    [[nodiscard]] std::optional<std::string> string_at(std::string_view member) const;
};

struct JsonReading {
    JsonTree tree;
    /// Some object has two members of one name.
    bool repeated_names{false};
};

/// Nothing if the text is not JSON (RFC 8259) or nested more than 64 deep.
[[nodiscard]] std::optional<JsonReading> read_json(std::string_view text);

/// Without white space; bytes that are not UTF-8 are written as they are.
[[nodiscard]] std::string write_json(JsonTree const& tree);

[[nodiscard]] JsonTree json_string(std::string text);
/// `null`, `true`, `false` or a number.
[[nodiscard]] JsonTree json_literal(std::string text);

}  // namespace otp::fuzz
