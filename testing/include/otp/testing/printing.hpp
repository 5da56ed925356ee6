#pragma once

/// How GoogleTest shows what a client returns, when a test fails: `PrintTo` of the outcomes and of
/// what is in them, found by argument-dependent lookup. It needs no header of GoogleTest.
///
/// For a person who looks at a failed test: what came of it, what was tried, why it ended. Never a
/// secret, a code, a token, a number, an address or what a handle refers to, which GoogleTest would
/// otherwise show byte by byte. Without this header a `Result` cannot be printed at all.

#include <otp/result.hpp>
#include <otp/send_receipt.hpp>
#include <otp/verification_handle.hpp>
#include <otp/verify_otp.hpp>

#include <iosfwd>

// GoogleTest looks for functions of this name.
// NOLINTBEGIN(readability-identifier-naming)
namespace otp {

/// Several lines: accepted or failed, the error with `stop`, and each attempt.
void PrintTo(Result<SendReceipt> const& sent, std::ostream* out);
/// Several lines: what the vendor says of the code, or the error; and each attempt.
void PrintTo(Result<Verification> const& checked, std::ostream* out);

/// Several lines. The test code, if there is one, is `***`.
void PrintTo(SendReceipt const& receipt, std::ostream* out);
/// Several lines. Of a session it says only that there is one.
void PrintTo(Verification const& verification, std::ostream* out);

/// One line without the references: they may be personal data.
void PrintTo(VerificationHandle const& handle, std::ostream* out);
/// Which of the two texts there are, as `***`.
void PrintTo(SessionToken const& session, std::ostream* out);
/// One line.
void PrintTo(Attempt const& attempt, std::ostream* out);
/// One line.
void PrintTo(AppliedHint const& hint, std::ostream* out);
/// One line.
void PrintTo(FieldViolation const& violation, std::ostream* out);

}  // namespace otp
// NOLINTEND(readability-identifier-naming)
