// What the files of `tls` must hold: a file that does not is reported once, at its pointer, with
// what is wrong and what to do.

#include "config/config_check.hpp"
#include "config_fixture.hpp"
#include "support/certificate_authority.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace otp::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string content_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string authority_pem() {
    return content_of(test_authority().ca_file());
}

std::string with_crlf(std::string const& text) {
    std::string result;
    for (char const character : text) {
        if (character == '\n') result += '\r';
        result += character;
    }
    return result;
}

std::string converted(std::string const& arguments) {
    test_authority().run(arguments + " -out converted");
    return content_of(test_authority().file("converted"));
}

std::string in_utf16(std::string const& text) {
    std::string result = "\xFF\xFE";
    for (char const character : text) {
        result += character;
        result += '\0';
    }
    return result;
}

class TlsFiles : public testing::Test {
protected:
    TlsFiles() { fixture_.add_tls_files(); }

    [[nodiscard]] std::vector<std::string> mistakes(std::string const& tls) const {
        return fixture_.mistakes(
            R"({ "version": 1, "instances": { "a": { "vendor": "free", "tls": {)" + tls + "} } } }"
        );
    }

    [[nodiscard]] std::vector<std::string> mistakes_in(
        std::string const& key, std::string const& content
    ) const {
        (void)fixture_.folder.write("tried.pem", content);
        return mistakes("\"" + key + "\": \"tried.pem\"");
    }

    void expect_refused(
        std::string const& key, std::string const& content, std::string const& reason
    ) const {
        EXPECT_THAT(
            mistakes_in(key, content),
            ElementsAre(AllOf(
                StartsWith("/instances/a/tls/" + key + ": \""),
                HasSubstr("/tried.pem\" "),
                HasSubstr(reason)
            ))
        ) << content.substr(0, 80);
    }

    ConfigFixture fixture_;
};

TEST_F(TlsFiles, that_are_in_order_are_taken) {
    EXPECT_THAT(
        mistakes(
            R"("ca_file": "ca.pem", "crl_file": "revoked.pem",
               "client_certificate": "client.pem", "client_key": "client.key")"
        ),
        ElementsAre("accepted")
    );
}

TEST_F(TlsFiles, of_authorities_may_hold_text_and_other_blocks) {
    auto const pem = authority_pem();
    auto const key = content_of(test_authority().key());
    for (auto const& content :
         {pem,
          pem + pem,
          "# our own\n\n" + pem + "\n\n  trailing words\n",
          with_crlf(pem),
          "\xEF\xBB\xBF" + pem,
          "\xEF\xBB\xBF" + with_crlf(pem),
          key + pem,
          pem.substr(0, pem.size() - 1),
          content_of(test_authority().certificate()),
          converted("x509 -in ca.pem -addtrust serverAuth -trustout"),
          converted("x509 -in ca.pem -text")}) {
        EXPECT_THAT(mistakes_in("ca_file", content), ElementsAre("accepted")) << content;
    }
}

TEST_F(TlsFiles, of_authorities_that_hold_none_are_refused) {
    auto const pem = authority_pem();
    auto const key = content_of(test_authority().key());
    expect_refused("ca_file", "", "is empty");
    expect_refused("ca_file", "hello\n", "holds no certificate: it is not PEM");
    expect_refused("ca_file", key, "holds no certificate, but a private key");
    expect_refused(
        "ca_file",
        content_of(test_authority().make_revocation_list()),
        "holds no certificate, but a revocation list"
    );
    expect_refused("ca_file", converted("req -in server.csr"), "but a certificate request");
    expect_refused("ca_file", converted("pkey -in ca.key -pubout"), "but a public key");
    expect_refused(
        "ca_file", converted("x509 -in ca.pem -outform DER"), "openssl x509 -inform DER"
    );
    expect_refused(
        "ca_file",
        converted("pkcs12 -export -passout pass: -inkey ca.key -in ca.pem"),
        "openssl pkcs12"
    );
    expect_refused(
        "ca_file", converted("crl2pkcs7 -nocrl -certfile ca.pem"), "openssl pkcs7 -print_certs"
    );
    expect_refused(
        "ca_file",
        converted("crl2pkcs7 -nocrl -certfile ca.pem -outform DER"),
        "openssl pkcs7 -inform DER"
    );
    expect_refused("ca_file", in_utf16(pem), "is UTF-16 text");
    expect_refused("ca_file", std::string(17 * 1024 * 1024, '\n'), "is larger than 16 MiB");
}

TEST_F(TlsFiles, that_are_damaged_are_refused_although_others_in_them_are_not) {
    auto const pem = authority_pem();
    auto damaged = pem;
    damaged.replace(100, 8, "!!!!!!!!");
    expect_refused("ca_file", pem + damaged, "is damaged");
    auto other_bytes = pem;
    other_bytes.replace(100, 8, "AAAAAAAA");
    expect_refused("ca_file", other_bytes, "is damaged: certificate 1 cannot be read");
    expect_refused("ca_file", pem + pem.substr(0, pem.size() / 2), "is damaged");
}

TEST_F(TlsFiles, of_revocation_lists_must_hold_one) {
    expect_refused("crl_file", authority_pem(), "holds no revocation list, but a certificate");
    static_cast<void>(test_authority().make_revocation_list());
    expect_refused("crl_file", converted("crl -in ca.crl -outform DER"), "openssl crl -inform DER");
}

class ClientIdentity : public TlsFiles {
protected:
    [[nodiscard]] std::vector<std::string> mistakes_with(
        std::string const& certificate, std::string const& key
    ) const {
        (void)fixture_.folder.write("shown.pem", certificate);
        (void)fixture_.folder.write("shown.key", key);
        return mistakes(R"("client_certificate": "shown.pem", "client_key": "shown.key")");
    }
    std::string certificate_{content_of(test_authority().certificate())};
    std::string key_{content_of(test_authority().key())};
};

TEST_F(ClientIdentity, may_stand_in_one_file_and_bring_a_chain) {
    auto const both = key_ + certificate_ + authority_pem();
    EXPECT_THAT(mistakes_with(both, both), ElementsAre("accepted"));
}

TEST_F(ClientIdentity, needs_the_certificates_own_key) {
    EXPECT_THAT(
        mistakes_with(
            certificate_,
            converted("genpkey -algorithm EC -pkeyopt "
                      "ec_paramgen_curve:P-256")
        ),
        ElementsAre(AllOf(
            StartsWith("/instances/a/tls/client_key: "),
            HasSubstr("is not the key of the first certificate in "),
            HasSubstr("shown.pem")
        ))
    );
}

TEST_F(ClientIdentity, asks_for_no_passphrase) {
    for (auto const* form :
         {"pkey -in server.key -aes128 -passout pass:word",
          "ec -in server.key -aes128 -passout pass:word"}) {
        EXPECT_THAT(
            mistakes_with(certificate_, converted(form)),
            ElementsAre(AllOf(
                StartsWith("/instances/a/tls/client_key: "),
                HasSubstr("is encrypted"),
                HasSubstr("openssl pkey")
            ))
        ) << form;
    }
}

TEST_F(ClientIdentity, names_the_file_that_is_wrong) {
    EXPECT_THAT(
        mistakes_with(key_, key_),
        ElementsAre(AllOf(
            StartsWith("/instances/a/tls/client_certificate: "),
            HasSubstr("holds no certificate, but a private key")
        ))
    );
    EXPECT_THAT(
        mistakes_with(certificate_, certificate_),
        ElementsAre(AllOf(
            StartsWith("/instances/a/tls/client_key: "),
            HasSubstr("holds no private key, but a certificate")
        ))
    );
}

TEST_F(ClientIdentity, must_be_as_strong_as_a_servers) {
    test_authority().run(
        "req -x509 -newkey rsa:1024 -nodes -subj /CN=weak -days 2 -keyout weak.key -out weak.pem"
    );
    EXPECT_THAT(
        mistakes_with(
            content_of(test_authority().file("weak.pem")),
            content_of(test_authority().file("weak.key"))
        ),
        ElementsAre(
            AllOf(StartsWith("/instances/a/tls/client_certificate: "), HasSubstr("key too small"))
        )
    );
}

TEST_F(TlsFiles, are_reported_once_where_defaults_name_them) {
    (void)fixture_.folder.write("bad.pem", "hello\n");
    EXPECT_THAT(
        fixture_.mistakes(R"({
            "version": 1,
            "defaults": { "tls": { "ca_file": "bad.pem" } },
            "instances": { "a": { "vendor": "free" }, "b": { "vendor": "free" } }
        })"),
        ElementsAre(StartsWith("/defaults/tls/ca_file: \""))
    );
}

TEST_F(TlsFiles, are_reported_once_where_two_instances_name_them) {
    (void)fixture_.folder.write("bad.pem", "hello\n");
    EXPECT_THAT(
        fixture_.mistakes(R"({
            "version": 1,
            "instances": {
                "a": { "vendor": "free", "tls": { "ca_file": "bad.pem" } },
                "b": { "vendor": "free", "tls": { "ca_file": "bad.pem" } },
                "c": { "vendor": "free", "tls": { "ca_file": "worse.pem" } }
            }
        })"),
        ElementsAre(
            StartsWith("/instances/a/tls/ca_file: \""), StartsWith("/instances/c/tls/ca_file: ")
        )
    );
}

TEST_F(TlsFiles, are_left_closed_for_a_text_that_is_not_trusted) {
    fixture_.allow_files = false;
    EXPECT_THAT(mistakes_in("ca_file", "hello\n"), ElementsAre("accepted"));
}

TEST_F(TlsFiles, of_a_configuration_built_in_code_are_reported_once) {
    auto const bad = fixture_.folder.write("bad.pem", "hello\n");
    ClientConfig config;
    for (auto const* name : {"a", "b"}) {
        InstanceConfig instance;
        instance.name = name;
        instance.vendor = "free";
        instance.tls.ca_file = bad;
        config.instances.push_back(std::move(instance));
    }
    auto const error = config::check_config(config);
    ASSERT_TRUE(error);
    EXPECT_THAT(lines(*error), ElementsAre(StartsWith("/instances/a/tls/ca_file: \"")));
}

}  // namespace
}  // namespace otp::test
