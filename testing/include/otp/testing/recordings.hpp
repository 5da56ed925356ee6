#pragma once

#include <otp/testing/recording.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

namespace otp::testing {

/// The folder of the recordings of one vendor that come with the SDK, below `beside` if that is not
/// empty. For `recordings`, which knows where they are.
[[nodiscard]] std::filesystem::path find_recordings(
    std::string_view vendor, std::filesystem::path const& beside
);

/// The folder of the recordings of one vendor that come with the SDK: every success and error that
/// its documents show, one file each.
///
/// They are sought in this order: in the folder that the environment's `OTP_RECORDINGS` names,
/// which holds a folder for each vendor; beside the package that CMake found, wherever that was
/// moved to; where the SDK was configured to be installed. Throws `ErrorException`
/// (`config_invalid`) with the places and what to do if there are none, and with the nearest name
/// for a vendor that has none.
[[nodiscard]] inline std::filesystem::path recordings(std::string_view vendor) {
#ifdef OTP_CLIENT_RECORDINGS
    return find_recordings(vendor, OTP_CLIENT_RECORDINGS);
#else
    return find_recordings(vendor, {});
#endif
}

/// Some of them by their names, in this order:
///
/// ```
/// options.transport = otp::testing::replay_transport_factory(
///     otp::testing::recordings("stytch", {"send_sms_ok", "verify_ok"}));
/// ```
///
/// Throws `ErrorException` like `load_recording`, and for a name that there is not, with the
/// nearest one.
[[nodiscard]] std::vector<Recording> load_recordings(
    std::filesystem::path const& folder, std::vector<std::string_view> const& names
);
[[nodiscard]] inline std::vector<Recording> recordings(
    std::string_view vendor, std::vector<std::string_view> const& names
) {
    return load_recordings(recordings(vendor), names);
}

}  // namespace otp::testing
