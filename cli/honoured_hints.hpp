#pragma once

#include <otp/vendor_description.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace otp::cli {

/// What a vendor can honour of a request's hints: the member `hints` of `otp vendors --json`.
[[nodiscard]] boost::json::object to_json(HonouredHints const& hints);

/// The same for people, one line for each hint.
[[nodiscard]] std::vector<std::string> describe_hints(HonouredHints const& hints);

}  // namespace otp::cli
