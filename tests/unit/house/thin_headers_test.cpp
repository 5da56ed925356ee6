#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace otp::test {
namespace {

/// All files that the compiler reads for `source`, as its own preprocessor lists them.
std::vector<std::string> files_read_for(std::filesystem::path const& source) {
    auto const command = std::string("'" OTP_COMPILER "' '@" OTP_COMPILER_ARGUMENTS "' -M '") +
                         source.string() + "'";
    auto const close = [](std::FILE* pipe) { return pclose(pipe); };
    std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    std::string output;
    std::array<char, 4096> buffer{};
    while (auto const size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        output.append(buffer.data(), size);
    }
    EXPECT_EQ(pclose(pipe.release()), 0) << command;

    // A rule of make: "source.o: file file \", one or more to a line.
    std::vector<std::string> files;
    std::istringstream words(output);
    for (std::string word; words >> word;) {
        if (word != "\\" && !word.ends_with(".o:")) files.push_back(word);
    }
    return files;
}

/// Those of them that an application must not pay for.
std::vector<std::string> heavy_files_of(std::filesystem::path const& source) {
    std::vector<std::string> heavy;
    for (auto const& file : files_read_for(source)) {
        for (auto const* const part :
             {"/boost/beast", "/boost/asio/ssl", "/boost/url", "/openssl/", "/httplib.h"}) {
            if (file.find(part) != std::string::npos) heavy.push_back(file);
        }
    }
    return heavy;
}

std::filesystem::path const application =
    std::filesystem::path(OTP_SOURCE_DIR) / "tests/unit/house/thin_application.cpp";

TEST(ThinHeaders, AnApplicationReadsNeitherBeastNorOpenssl) {
    EXPECT_EQ(heavy_files_of(application), std::vector<std::string>());
}

TEST(ThinHeaders, AnApplicationReadsWhatItSpeaksAndNoOtherFloor) {
    for (auto const& file : files_read_for(application)) {
        EXPECT_EQ(file.find("/include/otp/adapter/"), std::string::npos) << file;
        EXPECT_EQ(file.find("/include/otp/seam/"), std::string::npos) << file;
    }
}

/// The headers that those of a folder's includes name, by their file names.
std::set<std::string> included_from(
    std::filesystem::path const& header, std::string const& folder
) {
    std::set<std::string> names;
    std::ifstream in(header);
    std::string const beginning = "#include <" + folder + '/';
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(beginning)) {
            names.insert(line.substr(beginning.size(), line.find('>') - beginning.size()));
        }
    }
    return names;
}

TEST(ThinHeaders, TheHeaderForAdaptersNamesAllOfThem) {
    std::filesystem::path const folder =
        std::filesystem::path(OTP_SOURCE_DIR) / "include/otp/adapter";
    std::set<std::string> headers;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        headers.insert(entry.path().filename().string());
    }
    headers.erase("adapter.hpp");
    EXPECT_FALSE(headers.empty());
    EXPECT_EQ(included_from(folder / "adapter.hpp", "otp/adapter"), headers);
}

TEST(ThinHeaders, TheListOfFilesIsTheRealOne) {
    bool client_seen = false;
    bool asio_seen = false;
    for (auto const& file : files_read_for(application)) {
        client_seen = client_seen || file.ends_with("/include/otp/client.hpp");
        asio_seen = asio_seen || file.ends_with("/boost/asio/use_future.hpp");
    }
    EXPECT_TRUE(client_seen);
    EXPECT_TRUE(asio_seen);
}

TEST(ThinHeaders, AHeavySourceIsCaught) {
    for (auto const* const header :
         {"boost/beast/core/error.hpp", "openssl/crypto.h", "boost/asio/ssl/error.hpp"}) {
        auto const source =
            std::filesystem::path(testing::TempDir()) / "otp_house_heavy_application.cpp";
        std::ofstream(source) << "#include <otp/error.hpp>\n#include <" << header << ">\n";
        EXPECT_FALSE(heavy_files_of(source).empty()) << header;
        std::filesystem::remove(source);
    }
}

}  // namespace
}  // namespace otp::test
