#pragma once

#include "fuzz/support/json_tree.hpp"

#include <otp/adapter/http_message.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the oracles of all vendors look for in an answer.
namespace otp::fuzz {

/// The body, if it is a JSON object without repeated names.
[[nodiscard]] std::optional<JsonTree> object_body(HttpResponse const& response);

/// Whether the header consists of `Content-Type: application/json` and nothing else but, perhaps,
/// the body's length.
[[nodiscard]] bool is_plain_json(HttpResponse const& response);

/// What makes an answer that would be a success none.
struct Contradictions {
    /// Members that only errors have, beside the usual ones, in lower case.
    std::vector<std::string> error_names{};
    /// Members of the top level that are not looked into, and of which nothing is expected.
    std::vector<std::string> unread{};
    /// A verdict that is null is one that is missing, unless this is set.
    bool null_is_a_verdict{false};
};

/// The first contradiction at any depth, names compared without regard to case: an error member
/// that says something, a verdict that is not `true` (or 1), an HTTP status of an error. Nothing if
/// there is none.
[[nodiscard]] std::optional<std::string> contradiction(
    JsonTree const& object, Contradictions const& rules
);

/// The first no under a name that the vendor does not document, at any depth: false, or one of the
/// plainest words of refusal as a text of its own. Nothing if there is none.
///
/// `documented`: names of members of the top level that may say so, and are not looked into.
[[nodiscard]] std::optional<std::string> undocumented_no(
    JsonTree const& object, std::initializer_list<std::string_view> documented
);

/// Whether a member at any depth has a name with `error` in it, whatever its value.
[[nodiscard]] bool names_an_error(JsonTree const& value);

/// null, false, 0, an empty text, array or object.
[[nodiscard]] bool says_nothing(JsonTree const& value);

[[nodiscard]] std::string lower_case(std::string_view text);
[[nodiscard]] std::string digits_of(std::string_view text);
/// The value of a whole number, written as number or as text; nothing for anything else.
[[nodiscard]] std::optional<double> number_of(JsonTree const& value);
/// Whether an id could be kept by anyone: 1 to 128 printable ASCII characters without blanks.
[[nodiscard]] bool is_plain_id(std::string_view text);
/// `2026-03-09T20:46:31.305Z`, a date that every calendar has.
[[nodiscard]] bool is_plain_date(std::string_view text);
/// Whether the object has members of these names only.
[[nodiscard]] bool has_only(JsonTree const& object, std::initializer_list<std::string_view> names);
/// Whether the member is missing, null or a string.
[[nodiscard]] bool is_text_or_null(JsonTree const& object, std::string_view name);

}  // namespace otp::fuzz
