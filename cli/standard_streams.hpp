#pragma once

#include <string_view>
#include <system_error>

namespace otp::cli {

/// To be called before anything is opened: makes each failure to write a plain error.
///
/// A reader that has gone away and a limit on file sizes no longer end the program, and a standard
/// stream that was closed cannot become a socket or a file that happens to get its number. Throws
/// `std::system_error` if that is impossible.
void prepare_standard_streams();

/// Writes all of `text`, however many pieces the descriptor takes it in. Returns why it cannot.
[[nodiscard]] std::error_code write_all(int descriptor, std::string_view text);

}  // namespace otp::cli
