#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"
#include "wire/json_fields.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace otp::mocks {

/// An integer; -1, which no field allows, beyond the range of 64 bits with a sign.
[[nodiscard]] std::int64_t ten_n_pay_number(boost::json::value const& value);

/// The refusal of a body that does not fit; nothing if it fits. The explanation is of the first
/// wrong member.
[[nodiscard]] std::optional<Refusal> refuse_ten_n_pay_fields(
    boost::json::object const& body,
    std::span<FieldRule const> rules,
    VendorDocument const& document
);

}  // namespace otp::mocks
