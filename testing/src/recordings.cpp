#include <otp/error.hpp>
#include <otp/nearest_name.hpp>
#include <otp/testing/recordings.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace otp::testing {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string message) {
    throw ErrorException(Error(ErrorCategory::config_invalid, std::move(message)));
}

/// Where they may be, the likeliest place first.
std::vector<fs::path> places(fs::path const& beside) {
    std::vector<fs::path> found;
    if (auto const* const named = std::getenv("OTP_RECORDINGS"); named != nullptr && *named != 0) {
        return {named};
    }
    if (!beside.empty()) found.push_back(beside);
#ifdef OTP_INSTALLED_RECORDINGS
    found.emplace_back(OTP_INSTALLED_RECORDINGS);
#endif
    return found;
}

bool is_folder(fs::path const& path) {
    std::error_code failure;
    return fs::is_directory(path, failure);
}

/// Of folders, or of files without their `.json`.
std::vector<std::string> names_in(fs::path const& folder, bool folders) {
    std::vector<std::string> names;
    std::error_code failure;
    for (auto const& entry : fs::directory_iterator(folder, failure)) {
        auto const& path = entry.path();
        if (folders && is_folder(path)) names.push_back(path.filename().string());
        if (!folders && path.extension() == ".json") names.push_back(path.stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string hint(std::string_view name, std::vector<std::string> const& names) {
    std::vector<std::string_view> const known(names.begin(), names.end());
    auto const found = nearest_name(name, known);
    return found ? "; did you mean \"" + std::string(*found) + "\"?" : std::string();
}

}  // namespace

std::filesystem::path find_recordings(
    std::string_view vendor, std::filesystem::path const& beside
) {
    std::string looked;
    for (auto const& place : places(beside)) {
        if (is_folder(place)) {
            auto folder = place / vendor;
            if (!vendor.empty() && is_folder(folder)) return folder;
            fail(
                place.string() + " has no recordings of a vendor \"" + std::string(vendor) + '"' +
                hint(vendor, names_in(place, true))
            );
        }
        looked += looked.empty() ? "" : ", ";
        looked += place.string();
    }
    fail(
        "the SDK's recordings were not found (" + (looked.empty() ? "no place known" : looked) +
        "): let the environment's OTP_RECORDINGS name the folder that holds them, which is "
        "share/otp-client/recordings where the SDK is installed"
    );
}

std::vector<Recording> load_recordings(
    std::filesystem::path const& folder, std::vector<std::string_view> const& names
) {
    std::vector<Recording> recordings;
    recordings.reserve(names.size());
    for (auto const name : names) {
        auto const file = folder / (std::string(name) + ".json");
        std::error_code failure;
        if (!fs::exists(file, failure)) {
            fail(
                folder.string() + " has no recording \"" + std::string(name) + '"' +
                hint(name, names_in(folder, false))
            );
        }
        recordings.push_back(load_recording(file));
    }
    return recordings;
}

}  // namespace otp::testing
