// The files that a configuration names: whoever watches them knows when to read it again.
#include "config/config_keys.hpp"
#include "config/named_files.hpp"
#include "config_fixture.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Paths = std::vector<std::filesystem::path>;

Paths named_in(std::string_view text) {
    auto files = config::named_files(text, "/etc/otp");
    EXPECT_TRUE(files);
    return files.value_or(Paths());
}

TEST(NamedFiles, AreTheSecretsWhereverTheyStand) {
    EXPECT_THAT(
        named_in(R"({ "version": 1, // with a comment
            "defaults": { "proxy": { "host": "p", "password": "${file:proxy}" } },
            "instances": {
                "a": { "vendor": "acme", "credentials": { "api_key": "${file:/run/secrets/a}" } },
                "b": { "unheard": [ { "of": "${file:../b}" } ] } } })"),
        UnorderedElementsAre("/etc/otp/proxy", "/run/secrets/a", "/etc/otp/../b")
    );
}

TEST(NamedFiles, AreThoseOfTls) {
    EXPECT_THAT(
        named_in(R"({ "defaults": { "tls": { "ca_file": "ca.pem", "crl_file": "/crl" } },
            "instances": { "a": { "tls": {
                "client_certificate": "c", "client_key": "k", "pinned_public_key": "p" } } } })"),
        UnorderedElementsAre("/etc/otp/ca.pem", "/crl", "/etc/otp/c", "/etc/otp/k")
    );
}

TEST(NamedFiles, AreNoOtherTexts) {
    EXPECT_THAT(
        named_in(R"({ "instances": { "a": { "credentials": {
            "client_key": "no-path", "a": "${env:HOME}", "b": "${file:}", "c": "x${file:y}",
            "d": "${file:y}z", "e": "${file:a\u0000b}", "f": 7 } },
            "b": { "tls": { "ca_file": 7 } }, "c": { "tls": null }, "d": { "tls": "ca_file" } } })"
        ),
        IsEmpty()
    );
    EXPECT_THAT(named_in("7"), IsEmpty());
}

TEST(NamedFiles, OfATextThatIsNoJsonAreNotKnown) {
    EXPECT_FALSE(config::named_files(R"({ "a": "${file:b}")", "/"));
    EXPECT_FALSE(config::named_files("", "/"));
}

TEST(NamedFiles, AreReadFromTheFile) {
    TemporaryFolder const folder;
    auto const file = folder.write("otp.jsonc", R"({ "a": "${file:key}" })");
    EXPECT_THAT(config::files_named_in(file).value(), ElementsAre(folder.path() / "key"));
    folder.write("otp.jsonc", "{");
    EXPECT_FALSE(config::files_named_in(file));
    EXPECT_FALSE(config::files_named_in(folder.path() / "missing"));
}

// A key for a further file would be forgotten here.
TEST(NamedFiles, OfTlsAreAllThatHasAKey) {
    std::string text = R"({ "tls": {)";
    Paths expected;
    for (auto const key : config::tls_keys) {
        text += (text.back() == '{' ? "\"" : ",\"") + std::string(key) + R"(":"/)" +
                std::string(key) + '"';
        if (key != "pinned_public_key") expected.push_back("/" + std::string(key));
    }
    EXPECT_THAT(named_in(text + "} }"), testing::UnorderedElementsAreArray(expected));
}

TEST(NamedTlsFiles, AreThoseOfAllInstances) {
    ClientConfig config;
    config.instances.resize(3);
    config.instances[0].tls.ca_file = "/ca";
    config.instances[2].tls.crl_file = "/crl";
    config.instances[2].tls.client_certificate = "/certificate";
    config.instances[2].tls.client_key = "/key";
    EXPECT_THAT(
        config::tls_files(config), UnorderedElementsAre("/ca", "/crl", "/certificate", "/key")
    );
}

}  // namespace
}  // namespace otp::test
