#pragma once

/// Marks what a shared library of the SDK shows: all that stands in `namespace OTP_EXPORT otp`. The
/// library is compiled with `-fvisibility=hidden`, so whatever stands elsewhere is its own
/// business. The same for the library and for who uses it, shared or static.
#define OTP_EXPORT [[gnu::visibility("default")]]
