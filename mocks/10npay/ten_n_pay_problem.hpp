#pragma once

#include "wire/exchange.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace otp::mocks {

/// ASP.NET problem details with a map of texts.
[[nodiscard]] MockResponse ten_n_pay_problem(
    int status, std::string const& title, boost::json::object errors
);

/// 400 with one text that belongs to no field.
[[nodiscard]] MockResponse ten_n_pay_refusal(char const* text);

/// 400 with texts for fields.
[[nodiscard]] MockResponse ten_n_pay_invalid(boost::json::object errors);

}  // namespace otp::mocks
