#pragma once

#include "wire/json_fields.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <span>

namespace otp::mocks {

/// An integer; -1, which no field allows, beyond the range of 64 bits with a sign.
[[nodiscard]] std::int64_t ten_n_pay_number(boost::json::value const& value);

/// What is wrong with a body, by field; empty if it fits.
[[nodiscard]] boost::json::object ten_n_pay_field_errors(
    boost::json::object const& body, std::span<FieldRule const> rules
);

}  // namespace otp::mocks
