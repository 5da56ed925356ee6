#pragma once

#include <otp/build_agreement.hpp>
#include <otp/error.hpp>
#include <otp/export.hpp>

#include <boost/system/result.hpp>

namespace OTP_EXPORT otp {

/// A value or the `Error` that explains why there is none. `value()` throws `ErrorException`.
template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace otp
