#pragma once

#include "recordings/recorded_call.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <gtest/gtest.h>
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
        for (auto const& entry : std::filesystem::directory_iterator(recordings_folder(vendor))) {
            if (entry.path().extension() == ".json") files.push_back({vendor, entry.path()});
        }
    }
    std::sort(files.begin(), files.end(), [](auto const& left, auto const& right) {
        return left.file < right.file;
    });
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
