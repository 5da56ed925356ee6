#pragma once

#include "exchange.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// Why a body is not a JSON object.
enum class BodyProblem { none, media_type, syntax, not_an_object };

struct JsonRequestBody {
    BodyProblem problem{BodyProblem::none};
    boost::json::object object;
};

/// The body of a request that has to be `application/json` and an object.
[[nodiscard]] JsonRequestBody read_json_body(MockRequest const& request);

enum class FieldType { string, integer, boolean, object, string_or_null };

/// What a member of a body has to be.
struct FieldRule {
    std::string_view name;
    FieldType type{FieldType::string};
    bool required{false};
};

struct FieldProblem {
    enum class Kind { missing, unknown, wrong_type };
    Kind kind;
    std::string field;
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

/// `application/x-www-form-urlencoded` fields; nothing if a name is repeated, an escape is broken
/// or the media type is another one.
[[nodiscard]] std::optional<std::map<std::string, std::string>> read_form_body(
    MockRequest const& request
);

}  // namespace otp::mocks
