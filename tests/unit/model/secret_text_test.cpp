// What secrets are copied and saved with, by every road: refused with its cure, or dropped where it
// can be part of no credential.
#include <otp/secret_text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {
namespace {

using namespace std::string_view_literals;
using testing::HasSubstr;

constexpr auto blank = "begins or ends with a blank: remove it";
constexpr auto quoted = "is in quotation marks: remove them";
constexpr auto lines = "has several lines: there must be nothing but the secret";
constexpr auto json = "is JSON: there must be nothing but the secret";
constexpr auto assignment =
    "is a whole line such as KEY=value: there must be nothing but the value";
constexpr auto placeholder =
    "is a placeholder that nothing has replaced: put the secret in its place";

TEST(SecretText, of_any_credential_is_taken_as_it_is) {
    for (auto const text :
         {"test-access-key-123"sv,
          "u30ak/iOGwKCaspqCeiYng8fd98QDx7kF3DBBOadQHk="sv,
          "YWJjZA=="sv,
          "aB3=dEf4+/Gh=="sv,
          "a password with blanks, 'quotes' and = signs"sv,
          "note=4 but no name of a variable"sv,
          "pässwörd"sv,
          "x"sv,
          "\""sv,
          "'half"sv,
          "{curly}"sv,
          "[1]"sv,
          "<"sv,
          "<>"sv,
          "$x$"sv,
          "bearerofnews"sv,
          "exporter"sv,
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"sv,
          "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----"sv}) {
        EXPECT_EQ(secret_text_problem(text), "") << text;
        EXPECT_EQ(secret_text_problem(text, "access_key"), "") << text;
        EXPECT_EQ(trim_secret_text(text), text);
    }
}

TEST(SecretText, loses_a_byte_order_mark_and_line_breaks_at_its_end) {
    EXPECT_EQ(trim_secret_text("\xEF\xBB\xBFkey"), "key");
    EXPECT_EQ(trim_secret_text("key\n"), "key");
    EXPECT_EQ(trim_secret_text("key\r\n"), "key");
    EXPECT_EQ(trim_secret_text("key\n\r\n\n"), "key");
    EXPECT_EQ(trim_secret_text("\xEF\xBB\xBF\n"), "");
    EXPECT_EQ(trim_secret_text(""), "");
    EXPECT_EQ(trim_secret_text("\nkey \n"), "\nkey ");
    EXPECT_EQ(trim_secret_text("\xEF\xBB\xBF\xEF\xBB\xBFkey"), "\xEF\xBB\xBFkey");
    EXPECT_EQ(secret_text_problem("\xEF\xBB\xBFkey"), "begins with a byte order mark: remove it");
    EXPECT_EQ(secret_text_problem("key\n"), "ends with a line break: remove it");
    EXPECT_EQ(secret_text_problem("key\r"), "ends with a line break: remove it");
    EXPECT_EQ(secret_text_problem(""), "is empty");
}

struct Case {
    std::string_view text;
    std::string_view problem;
};

TEST(SecretText, is_refused_with_its_cure) {
    for (auto const& refused : std::vector<Case>{
             {" key", blank},
             {"key ", blank},
             {"key\t", blank},
             {"\nkey", blank},
             {"key\n ", blank},
             {"key\u00a0", blank},
             {"\u3000key", blank},
             {"   ", blank},
             {"\"key\"", quoted},
             {"'key'", quoted},
             {"`key`", quoted},
             {"''", quoted},
             {"\u201ckey\u201d", quoted},
             {"\u201ekey\u201c", quoted},
             {"\u2018key\u2019", quoted},
             {"\u00abkey\u00bb", quoted},
             {"\u201ckey\"", quoted},
             {"key\nother", lines},
             {"key\rother", lines},
             {"A=1\nB=2", lines},
             {"ke\ty", "has control characters: copy it anew"},
             {"key\x01", "has control characters: copy it anew"},
             {"key\x7f", "has control characters: copy it anew"},
             {"-----BEGIN X-----\x01", "has control characters: copy it anew"},
             {R"({"access_key": "abc"})", json},
             {"{\n  \"access_key\": \"abc\"\n}", json},
             {R"(["abc"])", json},
             {"ACCESS_KEY=abc", assignment},
             {"EKO_X=abc", assignment},
             {"SECRET=abc", assignment},
             {"secret=abc", assignment},
             {"password: abc", assignment},
             {"ACCESS_KEY = abc", assignment},
             {"export KEY=abc", assignment},
             {"export x=abc", assignment},
             {"${ACCESS_KEY}", placeholder},
             {"$(cat key)", placeholder},
             {"{{ access_key }}", placeholder},
             {"<your key>", placeholder}}) {
        EXPECT_EQ(secret_text_problem(refused.text), refused.problem) << refused.text;
    }
}

TEST(SecretText, that_is_not_seen_is_refused_wherever_it_stands) {
    for (auto const* mark : {"\u200b", "\u200e", "\u2060", "\u00ad", "\ufeff"}) {
        for (auto const& text : {"ke" + std::string(mark) + "y", "key" + std::string(mark)}) {
            EXPECT_THAT(std::string(secret_text_problem(text)), HasSubstr("not seen")) << text;
        }
    }
}

TEST(SecretText, of_another_encoding_is_named) {
    EXPECT_EQ(secret_text_problem("\xFF\xFEk\0e\0"sv), "is UTF-16: save it as UTF-8");
    EXPECT_EQ(secret_text_problem("\xFE\xFF\0k\0e"sv), "is UTF-16: save it as UTF-8");
    EXPECT_EQ(secret_text_problem("k\0e\0y\0"sv), "is UTF-16: save it as UTF-8");
    EXPECT_EQ(secret_text_problem("\0k\0e"sv), "is UTF-16: save it as UTF-8");
    EXPECT_EQ(secret_text_problem("key\xe9"), "is not UTF-8 text: save it as UTF-8");
    EXPECT_EQ(secret_text_problem("key\0"sv), "has control characters: copy it anew");
}

TEST(SecretText, is_known_as_an_assignment_to_the_credential_itself) {
    for (auto const* text :
         {"access_key=abc",
          "access-key: abc",
          "Access_Key=abc",
          "eko_access_key=abc",
          "eko.access_key = abc"}) {
        EXPECT_EQ(secret_text_problem(text, "access_key"), assignment) << text;
        EXPECT_EQ(secret_text_problem(text, "developer_key"), "") << text;
    }
    // A secret with signs in it, and the end of Base64.
    for (auto const* text : {"myaccess_key=abc", "access_key==", "access_key=", "access_key:abc"}) {
        EXPECT_EQ(secret_text_problem(text, "access_key"), "") << text;
    }
    EXPECT_EQ(secret_text_problem("ACCESS_KEY=", "access_key"), "");
}

TEST(SecretText, may_not_begin_with_the_name_of_a_scheme) {
    for (auto const* text : {"Bearer abc", "bearer abc", "BASIC abc"}) {
        EXPECT_THAT(std::string(secret_text_problem(text)), HasSubstr("scheme")) << text;
    }
}

}  // namespace
}  // namespace otp::test
