#pragma once

#include "cli/support/subprocess.hpp"

#include <string>
#include <vector>

namespace otp::test {

/// The arguments of `sh` that run `otp` with `arguments` as the line `script` says, in which
/// `"$0" "$@"` stands for the program and its arguments.
[[nodiscard]] inline std::vector<std::string> shell_arguments(
    std::string const& script, std::vector<std::string> const& arguments
) {
    std::vector<std::string> words{"-c", script, OTP_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

/// Runs such a line to its end.
[[nodiscard]] inline Finished in_shell(
    std::string const& script, std::vector<std::string> const& arguments
) {
    return run("/bin/sh", shell_arguments(script, arguments));
}

}  // namespace otp::test
