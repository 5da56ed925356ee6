#pragma once

#include "recordings/recorded_call.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace otp::test {

/// One file, as the parameter of a test that runs over all of them.
struct RecordingFile {
    std::string vendor;
    std::filesystem::path file;

    friend std::ostream& operator<<(std::ostream& out, RecordingFile const& recording) {
        return out << recording.vendor << '/' << recording.file.filename().string();
    }
};

inline std::vector<RecordingFile> all_recordings() {
    std::vector<RecordingFile> files;
    for (auto const& vendor : recorded_vendors()) {
        for (auto const& recording : testing::load_recordings(recordings_folder(vendor))) {
            files.push_back({vendor, recordings_folder(vendor) / (recording.name + ".json")});
        }
    }
    return files;
}

inline std::string test_name(::testing::TestParamInfo<RecordingFile> const& info) {
    auto name = info.param.vendor + '_' + info.param.file.stem().string();
    for (auto& c : name) {
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    }
    return name;
}

}  // namespace otp::test
