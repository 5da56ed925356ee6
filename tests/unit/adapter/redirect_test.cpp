#include "adapter/redirect.hpp"

#include <otp/send_otp.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>

namespace otp::adapter {
namespace {

using testing::HasSubstr;
using testing::Not;

HttpResponse moved(std::string_view location) {
    return HttpResponse(302, {{"Location", location}}, "");
}

std::string target(std::string_view location, SentTexts const& sent = {}) {
    auto const message = redirect_message(moved(location), sent);
    std::string_view const before = "the vendor answered with a redirect to ";
    EXPECT_THAT(message, testing::StartsWith(before));
    return message.substr(before.size(), message.find(", and redirects") - before.size());
}

TEST(Redirect, IsEveryAnswerOfItsClassButOne) {
    for (int const status : {300, 301, 302, 303, 305, 307, 308}) EXPECT_TRUE(is_redirect(status));
    for (int const status : {200, 299, 304, 400, 500}) EXPECT_FALSE(is_redirect(status)) << status;
}

TEST(Redirect, SaysTheOriginAndNoMore) {
    std::map<std::string, std::string> const expected{
        {"https://login.example.com/realms/x?client=7#top", "https://login.example.com"},
        {"HTTPS://LOGIN.example.com", "https://login.example.com"},
        {"http://api.example.com:8080/v1", "http://api.example.com:8080"},
        {"https://user:pass@login.example.com/x", "https://login.example.com"},
        {"https://10.0.0.1:8443/", "https://10.0.0.1:8443"},
        {"https://127.0.0.1.example.com/x", "https://127.0.0.1.example.com"},
        {"//127.0.0.1.example.com:8443", "127.0.0.1.example.com:8443"},
        {"https://login.example.com?to=https://x//y", "https://login.example.com"},
        {"https://[2001:db8::1]/", "https://[2001:db8::1]"},
        {"//login.example.com/x", "login.example.com"},
        {"/login?to=x", "another path of the same server"},
        {"login", "another path of the same server"},
        {"?a=b", "another path of the same server"},
        {"", "an address that cannot be read"},
        {"https://exa mple.com/", "an address that cannot be read"},
        {"https:///x", "an address that cannot be read"},
        {"https://login.example.com:0/", "an address that cannot be read"},
        {"https://user:pa@ss@login.example.com/x", "an address that cannot be read"},
        {"ftp://login.example.com/x", "an address that cannot be read"},
        {"https:x", "an address that cannot be read"},
        {"mailto:user@example.com", "an address that cannot be read"},
        {"file:///etc/passwd", "an address that cannot be read"},
        {"https://a%0d%0aX:1/", "an address that cannot be read"},
        {"https://" + std::string(300, 'a') + ".example.com/", "an address that cannot be read"},
    };
    for (auto const& [location, origin] : expected) EXPECT_EQ(target(location), origin) << location;
}

TEST(Redirect, WithoutALocationSaysSo) {
    auto const message = redirect_message(HttpResponse(302, {}, ""), {});
    EXPECT_THAT(message, HasSubstr("a redirect to an address that it does not name"));
    EXPECT_THAT(message, HasSubstr("check base_url"));
}

TEST(Redirect, ShowsNothingOfWhatTheRequestSaid) {
    SendOtp send(PhoneNumber::parse("+919002336768").value());
    SentTexts const sent(send);
    for (std::string const location :
         {"https://919002336768.example.com/",
          "https://9002336768/",
          "https://login.example.com/919002336768",
          "https://919002336768@login.example.com/"}) {
        EXPECT_THAT(redirect_message(moved(location), sent), Not(HasSubstr("9002336768")));
    }
    EXPECT_EQ(target("https://login.example.com/919002336768", sent), "https://login.example.com");
}

}  // namespace
}  // namespace otp::adapter
