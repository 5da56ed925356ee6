#include "http/tls/key_pin.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>

namespace otp::http {
namespace {

TEST(KeyPin, IsTheBase64Of32Octets) {
    auto const pin = read_key_pin("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    ASSERT_TRUE(pin);
    for (std::size_t place = 0; place < pin->size(); ++place) EXPECT_EQ((*pin)[place], place);
}

TEST(KeyPin, NothingElseIsOne) {
    for (std::string const text :
         {"",
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",   // no padding
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",  // 31 octets
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",  // 33
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",  // bits that are left over
          "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}) {
        EXPECT_EQ(read_key_pin(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace otp::http
