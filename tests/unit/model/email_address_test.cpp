#include <otp/email_address.hpp>

#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace otp {
namespace {

std::string const longest_local_part(64, 'a');
std::string const longest_label(63, 'b');

/// An address of exactly `size` characters, every part within its own limit.
std::string address_of_size(std::size_t size) {
    auto address = longest_local_part + '@' + longest_label + '.' + longest_label + '.';
    address += std::string(size - address.size() - 4, 'c') + ".com";
    return address;
}

void expect_accepted_email(std::string const& text) {
    auto const address = EmailAddress::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->reveal(), text);
}

TEST(EmailAddress, IsKeptAsItIs) {
    std::string const cases[] = {
        "user@example.com",
        "first.last+tag@mail.example.co.uk",
        "!#$%&'*+-/=?^_`{|}~@example.com",
        "USER@EXAMPLE.COM",
        "u@x-y.example",
        "u@1.example",
        "u@xn--bcher-kva.example",
        longest_local_part + "@example.org",
        "u@" + longest_label + ".com",
        address_of_size(254)};
    for (auto const& example : cases) expect_accepted_email(example);
}

void expect_refused_email(std::string const& text) {
    auto const address = EmailAddress::parse(text);
    ASSERT_FALSE(address) << text;
    auto const& error = address.error();
    EXPECT_EQ(error.category, ErrorCategory::invalid_recipient);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/to/email");
    if (text.size() > 4) {
        EXPECT_EQ(error.message.find(text), std::string::npos);
    }
}
TEST(EmailAddress, RefusesOtherFormsWithoutRepeatingThem) {
    std::string const cases[] = {
        "",
        "@",
        "user",
        "user@",
        "@example.org",
        "user@localhost",
        "user@example.",
        "user@.com",
        "user@exa..mple.com",
        ".user@example.com",
        "user.@example.com",
        "us..er@example.com",
        "us er@example.com",
        "us\u200Ber@example.com",
        "us\u00A0er@example.com",
        "\u0661@example.com",
        "user\uFE6Bexample.com",  // small @
        "first\u3002last@example.com",
        "first\uFF61last@example.com",
        "user@example.com\u3002",
        "user@example\u3002\uFF61com",
        "user\u3002example.com",
        "user@example\u30FBcom",
        "user@example.com\r\nBcc: x@example.com",
        "user@@example.com",
        "user@x@example.com",
        "\"user\"@example.org",
        "User <user@example.com>",
        "user@-x.com",
        "user@x-.com",
        "user@exam_ple.com",
        "user@127.0.0.1",
        "user@[127.0.0.1]",
        "us\xC3\xA9r@example.com",
        "user@ex\xC3\xA4mple.com",
        std::string("us\0er@example.com", 17),
        longest_local_part + "a@example.com",
        "u@" + longest_label + "b.com",
        address_of_size(255)};
    for (auto const& example : cases) expect_refused_email(example);
}

TEST(EmailAddress, IsReadAsThePersonMeansIt) {
    std::string const typed[] = {
        " user+1@example.com",
        "user+1@example.com ",
        "user+1@example.com\r\n",
        "\u2068user+1@example.com\u2069",
        "\uFEFFuser+1@example.com\u00A0",
        "user\uFF0B\uFF11@example.com",                  // full-width plus and digit
        "user+1\uFF20example\uFF0Ecom",                  // full-width @ and dot
        "\uFF55\uFF53\uFF45\uFF52+1@example.com\u3000",  // full-width letters
        "user+1@example\u3002com",                       // ideographic full stop
        "user+1@example\uFF61com",                       // its half-width form
        "user+1\uFF20example\u3002com",
    };
    for (auto const& text : typed) {
        auto const address = EmailAddress::parse(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->reveal(), "user+1@example.com") << text;
    }
}

TEST(EmailAddress, ShowsOnlyTheFirstLetterAndTheDomain) {
    EXPECT_EQ(EmailAddress::parse("user@example.com")->masked(), "u***@example.com");
    EXPECT_EQ(EmailAddress::parse("u@example.com")->masked(), "u***@example.com");
}

TEST(EmailAddress, PrintsItsMask) {
    std::ostringstream out;
    out << *EmailAddress::parse("user@example.com");
    EXPECT_EQ(out.str(), "u***@example.com");
}

}  // namespace
}  // namespace otp
