#include "config/no_proxy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {
namespace {

using testing::HasSubstr;
using testing::Not;

std::optional<std::size_t> entry_for(
    std::string_view list, std::string_view host, std::uint16_t port = 443
) {
    auto const parsed = NoProxy::parse(list);
    if (!parsed) {
        ADD_FAILURE() << list << ": " << parsed.error().text;
        return std::nullopt;
    }
    return parsed->find(Host::parse(host).value(), port);
}

struct Row {
    std::string_view list;
    std::string_view host;
    std::uint16_t port{443};
};

TEST(NoProxy, covers_what_its_entries_say) {
    for (auto const& row : std::vector<Row>{
             {"*", "api.example.com"},
             {"*", "192.0.2.7"},
             {"*", "2001:db8::7"},
             {"example.com", "example.com"},
             {"example.com", "api.example.com"},
             {"example.com", "a.b.example.com"},
             {"EXAMPLE.com", "api.Example.COM"},
             {"example.com.", "api.example.com"},
             {"example.com", "api.example.com."},
             {".example.com", "api.example.com"},
             {"*.example.com", "api.example.com"},
             {"*.corp.example.com", "a.b.corp.example.com"},
             {"com", "example.com"},
             {"a_b", "a_b"},
             {"example.com:443", "api.example.com"},
             {".example.com:443", "api.example.com"},
             {"*.example.com:8443", "api.example.com", 8443},
             {"example.com:0443", "api.example.com"},
             {"example.com:", "api.example.com", 8443},
             {"host:1", "host", 1},
             {"127.0.0.1.example.com", "127.0.0.1.example.com"},
             {"192.0.2.7", "192.0.2.7"},
             {"192.0.2.7:443", "192.0.2.7"},
             {"192.0.2.0/24", "192.0.2.255"},
             {"192.0.2.99/24", "192.0.2.1"},
             {"192.0.2.7/32", "192.0.2.7"},
             {"192.0.2.128/25", "192.0.2.200"},
             {"10.0.0.0/30", "10.0.0.3"},
             {"0.0.0.0/0", "203.0.113.9"},
             {"192.0.2.0/24", "::ffff:192.0.2.7"},
             {"::ffff:192.0.2.7", "192.0.2.7"},
             {"2001:db8::7", "2001:db8::7"},
             {"2001:DB8:0::0:7", "2001:db8::7"},
             {"[2001:db8::7]", "2001:db8::7"},
             {"[2001:db8::7]:443", "2001:db8::7"},
             {"2002:db8:a::45/64", "2002:db8:a::123"},
             {"2001:db8::/33", "2001:db8:7fff::1"},
             {"::/0", "2001:db8::7"},
         }) {
        EXPECT_TRUE(entry_for(row.list, row.host, row.port)) << row.list << ' ' << row.host;
    }
}

TEST(NoProxy, leaves_everything_else_to_the_proxy) {
    for (auto const& row : std::vector<Row>{
             {"", "api.example.com"},
             {" ,\t, ", "api.example.com"},
             {"example.com", "notexample.com"},
             {"example.com", "example.com.test"},
             {"ample.com", "example.com"},
             {"api.example.com", "example.com"},
             {".example.com", "example.com"},
             {"*.example.com", "example.com"},
             {"*.example.com", "notexample.com"},
             {".example.com", "notexample.com"},
             {"example.com:8443", "example.com"},
             {".example.com:443", "api.example.com", 8443},
             {"host:1", "host", 2},
             {"192.0.2.7", "192.0.2.8"},
             {"192.0.2.7", "192.0.2.7.example.com"},
             {"192.0.2.7:80", "192.0.2.7"},
             {"192.0.2.0/24", "192.0.3.0"},
             {"192.0.2.0/24", "192.0.1.255"},
             {"192.0.2.128/25", "192.0.2.127"},
             {"10.0.0.0/30", "10.0.0.4"},
             {"192.0.2.0/24", "host.example"},
             {"0.0.0.0/0", "2001:db8::7"},
             {"0.0.0.0/0", "host.example"},
             {"::/0", "192.0.2.7"},
             {"::/0", "host.example"},
             {"2001:db8::7", "2001:db8::8"},
             {"[2001:db8::7]:80", "2001:db8::7"},
             {"2002:db8:a::45/64", "2002:db8:a:1::45"},
             {"2001:db8::/33", "2001:db8:8000::1"},
         }) {
        EXPECT_FALSE(entry_for(row.list, row.host, row.port)) << row.list << ' ' << row.host;
    }
}

TEST(NoProxy, says_which_entry_of_the_list_it_was) {
    for (std::string_view const list :
         {"foo,.corp.example.com",
          "foo .corp.example.com",
          "foo\t.corp.example.com",
          "foo, .corp.example.com",
          " foo ,\t.corp.example.com ,",
          ",,foo,,.corp.example.com",
          "foo\r\n.corp.example.com\n",
          "foo,.corp.example.com,*"}) {
        EXPECT_EQ(entry_for(list, "api.corp.example.com"), 2U) << list;
    }
    EXPECT_EQ(entry_for("foo .corp.example.com", "foo"), 1U);
    EXPECT_EQ(entry_for("foo .corp.example.com", "corp.example.com"), std::nullopt);
}

TEST(NoProxy, refuses_what_it_does_not_understand_without_quoting_it) {
    for (std::string const entry :
         {"**",
          "*.",
          ".",
          "*:8080",
          "*secret.example",
          "secret.*",
          "secret..example",
          "..secret",
          "*.*.secret",
          ".192.0.2.1",
          "*.192.0.2.1",
          "192.0.2.*",
          "192.0.2",
          "127.1",
          "0x7f.1",
          "192.0.2.0/33",
          "192.0.2.0/-1",
          "192.0.2.0/",
          "192.0.2.0/2secret",
          "192.0.2.0/24/8",
          "192.0.2.0/24:443",
          "192.0.2.0/255.255.255.0",
          "2001:db8::/129",
          "[2001:db8::]/32",
          "[2001:db8::7",
          "[2001:db8::7]443",
          "[192.0.2.1]",
          "fe80::1%secret",
          "secret:0",
          "secret:65536",
          "secret:http",
          "secret:80:80",
          ":443",
          ":",
          "http://secret.example",
          "https://secret.example:443/",
          "/var/run/secret.sock",
          "user:secret@host",
          "<local>",
          "\"secret\"",
          "secret;example",
          "s\xC3\xA4kret.example"}) {
        auto const alone = NoProxy::parse(entry);
        ASSERT_FALSE(alone) << entry;
        EXPECT_THAT(alone.error().text, HasSubstr("the 1. of its list")) << entry;
        auto const third = NoProxy::parse("*, foo " + entry + " bar");
        ASSERT_FALSE(third) << entry;
        EXPECT_THAT(third.error().text, HasSubstr("the 3. of its list")) << entry;
        EXPECT_THAT(third.error().text, Not(HasSubstr("secret"))) << entry;
    }
}

}  // namespace
}  // namespace otp::config
