#pragma once

#include "wire/exchange.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace otp::mocks {

/// What FastAPI answers to a body that does not fit its model
/// (https://fastapi.tiangolo.com/tutorial/handling-errors/). It repeats the refused input.
class FastApiErrors {
public:
    explicit FastApiErrors(boost::json::object const& body) : body_(body) {}

    /// Missing, unknown and wrongly typed members.
    void check_members(std::span<FieldRule const> rules);
    /// The length of a text, if the member is one.
    void check_length(std::string_view field, std::size_t min, std::size_t max);
    void add(
        std::string_view field,
        std::string_view type,
        std::string_view message,
        boost::json::value input
    );

    [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
    /// 422 HTTPValidationError.
    [[nodiscard]] MockResponse response() const;

private:
    boost::json::object const& body_;
    boost::json::array errors_;
};

/// 422 for a body that is no JSON, or no object.
[[nodiscard]] MockResponse fastapi_body_error(MockRequest const& request, BodyProblem problem);

}  // namespace otp::mocks
