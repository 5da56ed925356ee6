#pragma once

#include "eko/eko_mock.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"
#include "wire/json_fields.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>

namespace otp::mocks {

/// A refusal with HTTP 200 that names the wrong fields.
[[nodiscard]] Refusal eko_invalid(
    int status, char const* message, boost::json::object fields, Explanation why
);

/// The refusal of a body that does not fit; nothing if it does. The explanation is of the first
/// wrong member.
[[nodiscard]] std::optional<Refusal> refuse_eko_fields(
    boost::json::object const& body,
    std::span<FieldRule const> rules,
    VendorDocument const& document,
    EkoAccount const& account
);

}  // namespace otp::mocks
