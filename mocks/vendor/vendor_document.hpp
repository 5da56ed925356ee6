#pragma once

#include "vendor/issued_codes.hpp"
#include "vendor/vendor_answer.hpp"
#include "wire/exchange.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"

#include <string>
#include <string_view>

namespace otp::mocks {

/// One document of a vendor, and what its rules demand of requests that break
/// them. `demands` are sentences for people. Names that a client chose are told
/// only where they look like names.
class VendorDocument {
public:
    /// `url` must outlive it.
    constexpr explicit VendorDocument(std::string_view url) noexcept : url_(url) {}

    [[nodiscard]] constexpr std::string_view url() const noexcept { return url_; }

    [[nodiscard]] Explanation path(std::string demands) const;
    /// The call wants the method `wanted`.
    [[nodiscard]] Explanation method(std::string_view wanted) const;
    /// The call has no parameters; names the first one of the request.
    [[nodiscard]] Explanation query(MockRequest const& request) const;
    [[nodiscard]] Explanation header(std::string_view name, std::string demands) const;
    /// The body has to be of the media type `wanted`.
    [[nodiscard]] Explanation media_type(std::string_view wanted) const;
    [[nodiscard]] Explanation body(std::string demands) const;
    /// For a body that is not the JSON object that it has to be, or not said to
    /// be one.
    [[nodiscard]] Explanation body(BodyProblem problem) const;
    /// `name`: a member of the body; or several, from the outside in, with `/`
    /// between them.
    [[nodiscard]] Explanation member(std::string_view name, std::string demands) const;
    [[nodiscard]] Explanation member(FieldProblem const& problem) const;
    /// For a code in the member `name` that was checked, and not approved.
    [[nodiscard]] Explanation code(std::string_view name, CodeCheck result) const;
    /// For a refusal that no part of a request is to blame for: a limit, a state,
    /// an outage.
    [[nodiscard]] Explanation nothing_broken(std::string demands) const;

private:
    [[nodiscard]] Explanation broken(std::string broken_by, std::string demands) const;

    std::string_view url_;
};

}  // namespace otp::mocks
