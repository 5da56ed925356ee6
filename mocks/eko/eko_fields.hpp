#pragma once

#include "eko/eko_mock.hpp"
#include "wire/json_fields.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>

namespace otp::mocks {

/// A refusal with HTTP 200 that names the wrong fields.
[[nodiscard]] MockResponse eko_invalid(int status, char const* message, boost::json::object fields);

/// The refusal of a body that does not fit; nothing if it does.
[[nodiscard]] std::optional<MockResponse> refuse_eko_fields(
    boost::json::object const& body, std::span<FieldRule const> rules, EkoAccount const& account
);

}  // namespace otp::mocks
