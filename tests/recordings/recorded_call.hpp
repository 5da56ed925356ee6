#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/send_otp.hpp>
#include <otp/testing/recording.hpp>
#include <otp/verify_otp.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// From the `input` of a recording to the call that makes its request (mocks/recordings/README.md).
namespace otp::test {

/// When every recorded attempt takes place: 2026-05-22T10:30:00Z.
inline constexpr std::chrono::sys_time<std::chrono::milliseconds> recorded_now{
    std::chrono::milliseconds(1779445800000)};

inline constexpr std::string_view recorded_instance = "recorded";

/// The five, in alphabetical order.
[[nodiscard]] std::vector<std::string> recorded_vendors();
[[nodiscard]] std::filesystem::path recordings_folder(std::string_view vendor);

/// An instance with made-up credentials: those for a fixed token, or for `token` those for a grant.
[[nodiscard]] InstanceConfig instance_for(
    std::string_view vendor, boost::json::object const& input
);
[[nodiscard]] std::unique_ptr<ProviderAdapter> adapter_for(
    std::string_view vendor, boost::json::object const& input
);

[[nodiscard]] AttemptContext recorded_context();
[[nodiscard]] SendOtp send_from(boost::json::object const& input);
[[nodiscard]] VerifyOtp verify_from(std::string_view vendor, boost::json::object const& input);
[[nodiscard]] std::string operation_of(testing::Recording const& recording);

}  // namespace otp::test
