#include "model/printable_ascii.hpp"

#include <cstddef>
#include <gtest/gtest.h>
#include <string>

namespace otp::model {
namespace {

TEST(PrintableAscii, IsKnownAtEveryPlaceOfEveryLength) {
    for (std::size_t size = 0; size < 26; ++size) {
        EXPECT_TRUE(is_printable_ascii(std::string(size, 'x'))) << size;
        for (std::size_t at = 0; at < size; ++at) {
            for (int octet = 0; octet < 256; ++octet) {
                std::string text(size, 'x');
                text[at] = static_cast<char>(octet);
                EXPECT_EQ(is_printable_ascii(text), octet >= 0x20 && octet <= 0x7E)
                    << size << ' ' << at << ' ' << octet;
                EXPECT_EQ(is_printable_ascii(text, 0x21), octet >= 0x21 && octet <= 0x7E)
                    << size << ' ' << at << ' ' << octet;
            }
        }
    }
}

}  // namespace
}  // namespace otp::model
