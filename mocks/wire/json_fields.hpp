#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// What a member may hold.
enum class FieldType { string, integer, boolean, object, string_or_null };

/// What a member of a body has to be.
struct FieldRule {
    std::string_view name;
    FieldType type{FieldType::string};
    bool required{false};
};

/// What is wrong with a member.
struct FieldProblem {
    enum class Kind { missing, unknown, wrong_type };
    Kind kind;
    std::string field;
    /// What the rules demand instead, as a sentence: `The member code is required, a string.`
    std::string demands;
};

/// Every member that is missing, unknown or of a wrong type, in the order of `rules`, then of the
/// body. A member that is null counts as missing, unless its type allows null.
[[nodiscard]] std::vector<FieldProblem> check_fields(
    boost::json::object const& body, std::span<FieldRule const> rules
);

/// The text of a member; nothing if there is none.
[[nodiscard]] std::optional<std::string> text_of(
    boost::json::object const& body, std::string_view name
);

/// The same, but empty if there is none, or one that is too long to name anybody: more than 255
/// bytes.
[[nodiscard]] std::string name_in(boost::json::object const& body, std::string_view name);

}  // namespace otp::mocks
