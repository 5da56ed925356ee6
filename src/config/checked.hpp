#pragma once

#include <boost/system/result.hpp>

#include <string>

namespace otp::config {

/// What is wrong with one value, in words that follow its place: `must be a string`. Never holds a
/// secret.
struct Mistake {
    std::string text;
};

/// A value, or what is wrong with the text that it was to be read from.
template <class T>
using Checked = boost::system::result<T, Mistake>;

}  // namespace otp::config
