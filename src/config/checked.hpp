#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <string>

namespace otp::config {

/// What is wrong with one value, in words that follow its place: `must be a string`. Never holds a
/// secret.
struct Mistake {
    std::string text;
};

/// Found by `boost::system::result` when `value()` is called where there is a mistake, and by newer
/// versions of it for `*`, too. Throws an `ErrorException`: `config_invalid`, with the mistake's
/// text.
[[noreturn]] void throw_exception_from_error(
    Mistake const& mistake, boost::source_location const& location
);

/// A value, or what is wrong with the text that it was to be read from.
template <class T>
using Checked = boost::system::result<T, Mistake>;

}  // namespace otp::config
