#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"
#include "wire/exchange.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace otp::mocks {

/// What FastAPI answers to a body that does not fit its model
/// (https://fastapi.tiangolo.com/tutorial/handling-errors/). It repeats the refused input.
class FastApiErrors {
public:
    /// `document`: says what the body has to be.
    FastApiErrors(boost::json::object const& body, VendorDocument const& document)
        : body_(body), document_(document) {}

    /// Missing, unknown and wrongly typed members.
    void check_members(std::span<FieldRule const> rules);
    /// The length of a text, if the member is one.
    void check_length(std::string_view field, std::size_t min, std::size_t max);
    /// `pattern`: what the text should match; `demands`: the same for people.
    void add_mismatch(std::string_view field, std::string_view pattern, std::string demands);

    /// 422 HTTPValidationError, and why the first of them is wrong; nothing if all is well.
    [[nodiscard]] std::optional<Refusal> refusal() &&;

private:
    void add(
        std::string_view field,
        std::string_view type,
        std::string_view message,
        boost::json::value input,
        Explanation why
    );

    boost::json::object const& body_;
    VendorDocument const& document_;
    boost::json::array errors_;
    std::optional<Explanation> first_;
};

/// 422 for a body that is no JSON, or no object.
[[nodiscard]] Refusal fastapi_body_error(
    MockRequest const& request, BodyProblem problem, VendorDocument const& document
);

}  // namespace otp::mocks
