#include <otp/error.hpp>
#include <otp/testing/recording.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

[[noreturn]] void fail(std::filesystem::path const& place, Error error) {
    error.message = place.string() + ": " + error.message;
    for (auto const& violation : error.violations) {
        error.message += "; " + violation.pointer + ' ' + violation.message;
    }
    throw ErrorException(std::move(error));
}

[[noreturn]] void fail(std::filesystem::path const& place, std::string why) {
    fail(place, Error(ErrorCategory::config_invalid, std::move(why)));
}

}  // namespace

Recording load_recording(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string const text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) fail(file, "the recording cannot be read");
    auto recording = parse_recording(text);
    if (!recording) fail(file, recording.error());
    if (recording->name != file.stem().string()) {
        fail(file, "the recording is named \"" + recording->name + "\", unlike its file");
    }
    return std::move(*recording);
}

std::vector<Recording> load_recordings(std::filesystem::path const& folder) {
    std::error_code failure;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder, failure)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    if (failure) fail(folder, "the folder cannot be read: " + failure.message());
    if (files.empty()) fail(folder, "the folder holds no recording");
    std::sort(files.begin(), files.end());

    std::vector<Recording> recordings;
    recordings.reserve(files.size());
    for (auto const& file : files) recordings.push_back(load_recording(file));
    return recordings;
}

void save_recording(Recording const& recording, std::filesystem::path const& folder) {
    auto const file = folder / (recording.name + ".json");
    auto const text = to_text(recording);
    if (auto const read_back = parse_recording(text); !read_back) fail(file, read_back.error());
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream) fail(file, "the recording cannot be written");
}

}  // namespace otp::testing
