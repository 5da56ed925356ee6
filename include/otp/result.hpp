#pragma once

#include <otp/error.hpp>

#include <boost/system/result.hpp>

namespace otp {

/// A value or the `Error` that explains why there is none. `value()` throws `ErrorException`.
template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace otp
