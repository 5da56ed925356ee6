#include "adapter/body_format.hpp"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace otp::adapter {
namespace {

TEST(BodyFormat, OfWhatGatewaysAnswer) {
    std::map<std::string, std::string_view> const expected{
        {"<html></html>", "HTML"},
        {"<HTML lang=\"en\">", "HTML"},
        {"\n  <!DOCTYPE html><p>no", "HTML"},
        {"\xEF\xBB\xBF<html>", "HTML"},
        {"<h1>Bad Gateway</h1>", "HTML"},
        {"<head><title>503</title></head>", "HTML"},
        {"<body>no</body>", "HTML"},
        {"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html/>", "HTML"},
        {"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML"},
        {"<soap:Envelope/>", "XML"},
        {"\x1F\x8B\x08\x00{", "compressed bytes"},
        {"\x28\xB5\x2F\xFD\x04", "compressed bytes"},
        {"x\x9C\xAB", "compressed bytes"},
        {std::string("\x1B\x03\x00\xF8", 4), "bytes that are no text"},
        {std::string("\xFF\xFE{\0}\0", 6), "bytes that are no text"},
        {std::string("{\0}\0", 4), ""},
        {"upstream connect error", "text"},
        {"502 Bad Gateway", "text"},
        {"temporarily unavailable", "text"},
        {"xy", "text"},
        {"\xC3\xA9t\xC3\xA9", "text"},
        {"", "empty"},
        {" \t\r\n", "empty"},
        {"\xEF\xBB\xBF", "empty"},
    };
    for (auto const& [body, name] : expected) EXPECT_EQ(format_of_no_json(body), name) << body;
}

TEST(BodyFormat, OfWhatWasToBeJsonIsNotNamed) {
    for (std::string const body :
         {"null",
          "true",
          " 17 ",
          "{",
          "[1,",
          " {\"a\":<html>}",
          "\"text",
          "\xEF\xBB\xBF{\"a\"",
          "{\"a\":\"\xFF\"}"}) {
        EXPECT_EQ(format_of_no_json(body), "") << body;
    }
}

}  // namespace
}  // namespace otp::adapter
