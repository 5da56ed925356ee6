#include "http/wire/content_coding.hpp"

#include <gtest/gtest.h>

namespace otp::http {
namespace {

TEST(ContentCoding, TellsTheCodingsThatChangeABody) {
    for (auto const* const value :
         {"gzip",
          "GZIP",
          " gzip\t",
          "identity, gzip",
          "UTF-8,gzip",
          "gzip;q=1.0",
          "\"gzip\"",
          "gzip, identity",
          ",gzip"}) {
        EXPECT_EQ(changing_coding(value), "gzip") << value;
    }
    for (auto const* const coding :
         {"aes128gcm",
          "br",
          "compress",
          "dcb",
          "dcz",
          "deflate",
          "exi",
          "pack200-gzip",
          "x-compress",
          "x-gzip",
          "zstd"}) {
        EXPECT_EQ(changing_coding(coding), coding);
    }
    EXPECT_EQ(changing_coding("br, gzip"), "br");
}

TEST(ContentCoding, LooksOverWhatChangesNothing) {
    for (auto const* const value :
         {"",
          " ",
          ",",
          "identity",
          "Identity",
          "none",
          "UTF-8",
          "utf8",
          "us-ascii",
          "ISO-8859-1",
          "binary",
          "8bit",
          "application/json",
          "*",
          "null",
          "gzipped",
          "gz ip",
          "x-gzip-not",
          "identity;q=1",
          "UTF-8, none"}) {
        EXPECT_EQ(changing_coding(value), "") << value;
    }
}

}  // namespace
}  // namespace otp::http
