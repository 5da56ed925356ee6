// The program's own writing, where the kernel takes it in pieces or not at once.

#include "standard_streams.hpp"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <unistd.h>

namespace otp::cli {
namespace {

class WriteAll : public testing::Test {
protected:
    WriteAll() { EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0); }
    ~WriteAll() override {
        close_end(0);
        close_end(1);
    }
    void close_end(std::size_t which) {
        if (ends[which] >= 0) ::close(ends[which]);
        ends[which] = -1;
    }
    /// All that was written by the time that the writing end is closed.
    [[nodiscard]] std::string read_all() const {
        std::string text;
        std::array<char, 4096> bytes{};
        for (;;) {
            auto const count = ::read(ends[0], bytes.data(), bytes.size());
            if (count <= 0) return text;
            text.append(bytes.data(), static_cast<std::size_t>(count));
        }
    }

    std::array<int, 2> ends{-1, -1};
};

TEST_F(WriteAll, WaitsForAStreamThatDoesNotBlock) {
    ASSERT_EQ(::fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    // More than any pipe holds at once.
    std::string text(3 * 1024 * 1024, 'a');
    std::generate(text.begin(), text.end(), [letter = 'a']() mutable {
        return letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1);
    });
    std::string seen;
    std::thread reader([&] { seen = read_all(); });
    EXPECT_FALSE(write_all(ends[1], text));
    close_end(1);
    reader.join();
    EXPECT_TRUE(seen == text);
}

TEST_F(WriteAll, SaysWhyItCannot) {
    EXPECT_EQ(write_all(-1, "text"), std::errc::bad_file_descriptor);
    EXPECT_FALSE(write_all(-1, "")) << "nothing needs no stream";
}

}  // namespace
}  // namespace otp::cli
