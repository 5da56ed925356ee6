#pragma once

#include "wire/exchange.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>

namespace otp::mocks {

/// Why a body is not a JSON object.
enum class BodyProblem { none, media_type, syntax, not_an_object };

struct JsonRequestBody {
    BodyProblem problem{BodyProblem::none};
    boost::json::object object;
};

/// The body of a request that has to be `application/json` and an object.
[[nodiscard]] JsonRequestBody read_json_body(MockRequest const& request);

/// A body that is a JSON object, whatever its media type; an empty object for any other body.
[[nodiscard]] boost::json::object json_object_in(MockRequest const& request);

/// `application/x-www-form-urlencoded` fields; nothing if a name is repeated, an escape is broken
/// or the media type is another one.
[[nodiscard]] std::optional<std::map<std::string, std::string>> read_form_body(
    MockRequest const& request
);

}  // namespace otp::mocks
