#pragma once

#include <otp/verification_handle.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace otp::cli {

/// Standard input, as an option's value.
inline constexpr char const* standard_input = "-";

/// Standard output, as an option's value.
inline constexpr char const* standard_output = "-";

/// No file that the program reads is larger.
inline constexpr std::size_t largest_file_bytes = 64 * 1024;

/// All of a small file. Throws `UsageError` that names `option` if it cannot be read or is no small
/// file.
[[nodiscard]] std::string read_text_file(std::string_view option, std::string const& file);

/// One line of standard input; on a terminal it is asked for on standard error, and typed unseen.
/// Throws `UsageError` at the end of the input.
[[nodiscard]] std::string read_code_line();

/// Throws the `UsageError` of a handle that cannot be used: the reason, and what to do.
[[noreturn]] void refuse_handle(std::string const& reason);

/// A handle from a file or, for `-`, from standard input; a byte order mark and blanks around it do
/// no harm. Throws `UsageError` if it cannot be read or is no handle.
[[nodiscard]] VerificationHandle read_handle(std::string const& source);

}  // namespace otp::cli
