// RFC 4648 4, with the examples of its section 10.

#include "model/base64.hpp"

#include "model/whole_number.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::model {
namespace {

using namespace std::string_view_literals;

std::string base64(std::string_view octets) {
    std::string text;
    append_base64(text, octets);
    return text;
}

TEST(Base64, IsWrittenAndReadAsDocumented) {
    for (auto const& [octets, text] :
         {std::pair(""sv, ""sv),
          std::pair("f"sv, "Zg=="sv),
          std::pair("fo"sv, "Zm8="sv),
          std::pair("foo"sv, "Zm9v"sv),
          std::pair("foob"sv, "Zm9vYg=="sv),
          std::pair("fooba"sv, "Zm9vYmE="sv),
          std::pair("foobar"sv, "Zm9vYmFy"sv),
          std::pair("\xFB\xFF\0"sv, "+/8A"sv)}) {
        EXPECT_EQ(base64(octets), text);
        EXPECT_EQ(decode_base64(text), octets);
    }
    std::string out = "Basic ";
    append_base64(out, "user:password");
    EXPECT_EQ(out, "Basic dXNlcjpwYXNzd29yZA==");
}

TEST(Base64, OfEachOctetIsReadBack) {
    for (int octet = 0; octet < 256; ++octet) {
        for (std::size_t size = 1; size < 5; ++size) {
            std::string const octets(size, static_cast<char>(octet));
            EXPECT_EQ(decode_base64(base64(octets)), octets);
        }
    }
}

TEST(Base64, NothingElseIsRead) {
    for (auto const text :
         {"Zg"sv,      // no padding
          "Zg="sv,     //
          "Zg==="sv,   //
          "Z==="sv,    //
          "===="sv,    //
          "Zm9v="sv,   //
          "Zh=="sv,    // bits that are left over
          "Zm9="sv,    //
          "-_8A"sv,    // the alphabet of URLs
          " Zm9v"sv,   // blanks
          "Zm9v\n"sv,  //
          "Zm 9v"sv,   //
          "Zg==Zg=="sv,
          "Zm9*"sv}) {
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
    }
}

TEST(WholeNumber, IsTheWholeText) {
    EXPECT_EQ(read_whole_number<int>("-12"), -12);
    EXPECT_EQ(read_whole_number<std::uint16_t>("65535"), 65535);
    EXPECT_EQ(read_whole_number<std::uint16_t>("0080"), 80);
    for (auto const text : {"", " 1", "1 ", "+1", "-1", "1.0", "0x1", "65536", "one"}) {
        EXPECT_EQ(read_whole_number<std::uint16_t>(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace otp::model
