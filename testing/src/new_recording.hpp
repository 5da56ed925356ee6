#pragma once

#include <otp/testing/recording.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace otp::testing {

/// What a request is for, guessed by its route: `token`, `send`, `resend`, `verify`, `confirm`.
[[nodiscard]] std::string operation_of_route(std::string_view route);

/// Writes the recording into a new file of the folder, which is made if need be, and answers its
/// path: `<folder>/0007_send_200.json`, the number behind the greatest one there, so that the order
/// of the names is that of the exchanges. Nothing is ever overwritten, and a reader finds a file as
/// a whole or not at all, also with several writers. Throws `ErrorException` if it cannot be
/// written.
std::filesystem::path save_new_recording(
    Recording recording, std::filesystem::path const& folder, std::string_view operation
);

}  // namespace otp::testing
