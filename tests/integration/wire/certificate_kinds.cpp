#include "integration/wire/certificate_kinds.hpp"

#include <openssl/ssl.h>

#include <fstream>
#include <iterator>
#include <string>

namespace otp::test {
namespace {

using Recipe = CertificateLab::Recipe;

constexpr char rsa_2048[] = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";

Visit visit_leaf_with(std::string const& extensions, std::string const& host = "localhost") {
    Recipe recipe;
    recipe.extensions = extensions;
    return visit_leaf(recipe, host);
}

/// A good leaf below an authority of its own with these extensions.
Visit visit_below(std::string const& authority_extensions) {
    lab().make_authority("middle", authority_extensions);
    Recipe recipe;
    recipe.issuer = "middle";
    lab().make("leaf", recipe);
    return visit_chain("leaf middle");
}

Visit visit_with_cipher(std::string const& ciphers, std::string const& key) {
    Visit visit = good_visit(key);
    visit.server.ciphers = ciphers + ":@SECLEVEL=0";
    visit.server.max_version = TLS1_2_VERSION;
    return visit;
}

std::string ten_thousand_names() {
    std::string extensions = "subjectAltName=@names\n[names]\nDNS.0=localhost\n";
    for (int i = 1; i <= 10'000; ++i) {
        extensions += "DNS." + std::to_string(i) + "=name-" + std::to_string(i) + ".vendor.test\n";
    }
    return extensions;
}

Visit visit_with_forged_signature() {
    lab().make("leaf", {});
    lab().run("openssl x509 -in leaf.pem -outform DER -out leaf.der");
    std::ifstream in(lab().file("leaf.der"), std::ios::binary);
    std::string der{std::istreambuf_iterator<char>(in), {}};
    der.back() = static_cast<char>(der.back() ^ 1);
    lab().write("leaf.der", der);
    lab().run("openssl x509 -inform DER -in leaf.der -out leaf.pem");
    return visit_chain("leaf");
}

/// A leaf with an extension that OpenSSL complains about when a server loads it the usual way.
Visit visit_malformed(std::string const& extensions) {
    Visit visit = visit_leaf_with(extensions);
    visit.server.adjust = [certificate = visit.server.certificate,
                           key = visit.server.key](SSL_CTX* context) {
        SSL_CTX_use_certificate_file(context, certificate.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM);
    };
    visit.server.certificate.clear();
    return visit;
}

Visit visit_with_revocation_list(std::string const& revoked, std::string const& next_update) {
    Visit visit = good_visit();
    lab().make_revocation_list("ca.crl", "ca", revoked, next_update);
    visit.client.crl_file = lab().file("ca.crl");
    return visit;
}

}  // namespace

std::vector<Kind> bad_certificates() {
    return {
        {"expired",
         "expired",
         [] {
             Recipe recipe;
             recipe.not_after = "20200601000000Z";
             return visit_leaf(recipe);
         }},
        {"not yet valid",
         "not yet valid",
         [] {
             Recipe recipe;
             recipe.not_before = "20480101000000Z";
             return visit_leaf(recipe);
         }},
        {"expired authority",
         "expired",
         [] {
             Recipe recipe;
             recipe.extensions = CertificateLab::authority_extensions;
             recipe.not_after = "20200601000000Z";
             lab().make("middle", recipe);
             Recipe leaf;
             leaf.issuer = "middle";
             lab().make("leaf", leaf);
             return visit_chain("leaf middle");
         }},
        {"wrong host",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:other.vendor.test"); }},
        {"longer host",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:localhost.vendor.test"); }},
        {"self-signed",
         "self-signed certificate",
         [] {
             lab().make_self_signed("leaf", "/CN=localhost", "subjectAltName=DNS:localhost");
             return visit_chain("leaf");
         }},
        {"untrusted root",
         "unable to get local issuer",
         [] {
             lab().make_self_signed(
                 "other", "/CN=Other Root", CertificateLab::authority_extensions
             );
             Recipe recipe;
             recipe.issuer = "other";
             return visit_leaf(recipe);
         }},
        {"untrusted root sent along",
         "self-signed certificate in certificate chain",
         [] {
             lab().make_self_signed(
                 "other", "/CN=Other Root", CertificateLab::authority_extensions
             );
             Recipe recipe;
             recipe.issuer = "other";
             lab().make("leaf", recipe);
             return visit_chain("leaf other");
         }},
        {"root of the same name",
         "signature failure",
         [] {
             lab().make_self_signed(
                 "twin",
                 "/CN=Lab Root",
                 std::string(CertificateLab::authority_extensions) + "\nsubjectKeyIdentifier=none"
             );
             Recipe recipe;
             recipe.issuer = "twin";
             recipe.extensions += "\nauthorityKeyIdentifier=none";
             return visit_leaf(recipe);
         }},
        {"forged signature", "signature failure", visit_with_forged_signature},
        {"incomplete chain",
         "unable to get local issuer",
         [] {
             lab().make_authority("middle");
             Recipe recipe;
             recipe.issuer = "middle";
             return visit_leaf(recipe);
         }},
        {"common name only",
         "hostname mismatch",
         [] { return visit_leaf_with("basicConstraints=CA:false"); }},
        {"common name beside another SAN",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=email:ops@vendor.test"); }},
        {"neither subject nor SAN",
         "hostname mismatch",
         [] {
             Recipe recipe;
             recipe.subject = "/";
             recipe.extensions = "basicConstraints=CA:false";
             return visit_leaf(recipe);
         }},
        {"partial wildcard",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:a*.vendor.test", "api.vendor.test"); }},
        {"double wildcard",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:*.*.test", "api.vendor.test"); }},
        {"wildcard of a top level",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:*.test", "vendor.test"); }},
        {"wildcard for two levels",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:*.vendor.test", "a.b.vendor.test"); }},
        {"wildcard for its own domain",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:*.vendor.test", "vendor.test"); }},
        {"inner wildcard",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:api.*.test", "api.vendor.test"); }},
        {"IP address for a host name",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=IP:127.0.0.1"); }},
        {"host name for an IP address",
         "IP address mismatch",
         [] { return visit_leaf_with("subjectAltName=DNS:127.0.0.1", "127.0.0.1"); }},
        {"another IP address",
         "IP address mismatch",
         [] { return visit_leaf_with("subjectAltName=IP:127.0.0.2", "127.0.0.1"); }},
        {"URI instead of a host name",
         "hostname mismatch",
         [] { return visit_leaf_with("subjectAltName=URI:https://localhost/"); }},
        {"NUL in the name",
         "hostname mismatch",
         [] {
             // localhost, NUL, .evil.test
             return visit_leaf_with(
                 "2.5.29.17=DER:30:16:82:14:6c:6f:63:61:6c:68:6f:73:74:00:2e:65:76:69:6c:2e:74:65:"
                 "73:74"
             );
         }},
        {"malformed SAN",
         "refused",
         [] { return visit_malformed("2.5.29.17=DER:30:05:82:7f:61:62:63"); },
         TLS1_3_VERSION},
        {"SAN that is no list",
         "refused",
         [] { return visit_malformed("2.5.29.17=DER:02:01:05"); },
         TLS1_3_VERSION},
        {"empty SAN", "hostname mismatch", [] { return visit_malformed("2.5.29.17=DER:30:00"); }},
        {"ten thousand names",
         "excessive message size",
         [] { return visit_leaf_with(ten_thousand_names()); }},
        {"for clients only",
         "unsuitable certificate purpose",
         [] {
             return visit_leaf_with("subjectAltName=DNS:localhost\nextendedKeyUsage=clientAuth");
         }},
        {"unknown critical extension",
         "unhandled critical extension",
         [] {
             return visit_leaf_with("subjectAltName=DNS:localhost\n1.2.3.4=critical,DER:05:00");
         }},
        {"issuer is no authority",
         "invalid CA certificate",
         [] { return visit_below("basicConstraints=CA:false"); }},
        {"issuer may not sign",
         "refused",
         [] {
             return visit_below("basicConstraints=critical,CA:true\nkeyUsage=digitalSignature");
         }},
        {"path too long",
         "path length constraint",
         [] {
             lab().make_authority(
                 "upper", "basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=keyCertSign"
             );
             lab().make_authority("middle", CertificateLab::authority_extensions, "upper");
             Recipe recipe;
             recipe.issuer = "middle";
             lab().make("leaf", recipe);
             return visit_chain("leaf middle upper");
         }},
        {"outside permitted names",
         "permitted subtree",
         [] {
             return visit_below(
                 std::string(CertificateLab::authority_extensions) +
                 "\nnameConstraints=critical,permitted;DNS:vendor.test"
             );
         }},
        {"inside excluded names",
         "excluded subtree",
         [] {
             return visit_below(
                 std::string(CertificateLab::authority_extensions) +
                 "\nnameConstraints=critical,excluded;DNS:localhost"
             );
         }},
        {"SHA-1 leaf",
         "too weak",
         [] {
             Recipe recipe;
             recipe.digest = "sha1";
             return visit_leaf(recipe);
         }},
        {"SHA-1 authority",
         "too weak",
         [] {
             Recipe recipe;
             recipe.extensions = CertificateLab::authority_extensions;
             recipe.digest = "sha1";
             lab().make("middle", recipe);
             Recipe leaf;
             leaf.issuer = "middle";
             lab().make("leaf", leaf);
             return visit_chain("leaf middle");
         }},
        {"MD5 leaf",
         "too weak",
         [] {
             Recipe authority;
             authority.key = rsa_2048;
             authority.extensions = CertificateLab::authority_extensions;
             lab().make("middle", authority);
             Recipe recipe;
             recipe.issuer = "middle";
             recipe.digest = "md5";
             lab().make("leaf", recipe);
             return visit_chain("leaf middle");
         }},
        {"RSA of 1024 bits",
         "too weak",
         [] {
             Recipe recipe;
             recipe.key = "-algorithm RSA -pkeyopt rsa_keygen_bits:1024";
             return visit_leaf(recipe);
         }},
        {"authority with RSA of 1024 bits",
         "too weak",
         [] {
             Recipe recipe;
             recipe.key = "-algorithm RSA -pkeyopt rsa_keygen_bits:1024";
             recipe.extensions = CertificateLab::authority_extensions;
             lab().make("middle", recipe);
             Recipe leaf;
             leaf.issuer = "middle";
             lab().make("leaf", leaf);
             return visit_chain("leaf middle");
         }},
        // Which alert the server sends differs between TLS 1.2 and 1.3.
        {"elliptic curve of 192 bits",
         "alert",
         [] {
             Recipe recipe;
             recipe.key = "-algorithm EC -pkeyopt ec_paramgen_curve:prime192v1";
             return visit_leaf(recipe);
         }},
        {"revoked",
         "certificate revoked",
         [] { return visit_with_revocation_list("leaf", "20491231235959Z"); }},
        {"revocation list out of date",
         "CRL has expired",
         [] { return visit_with_revocation_list("", "20200601000000Z"); }},
        {"no revocation list of the issuer",
         "unable to get certificate CRL",
         [] {
             Visit visit = good_visit();
             lab().make_self_signed(
                 "other", "/CN=Other Root", CertificateLab::authority_extensions
             );
             lab().make_revocation_list("other.crl", "other");
             visit.client.crl_file = lab().file("other.crl");
             return visit;
         }},
        {"another key than the pinned one",
         "pinned_public_key",
         [] {
             Visit visit = good_visit();
             visit.client.pinned_public_key = lab().key_digest("ca");
             return visit;
         }},
    };
}

std::vector<Kind> bad_servers() {
    return {
        {"ephemeral DH of 1024 bits",
         "handshake failure",
         [] {
             Visit visit = visit_with_cipher("DHE-RSA-AES128-GCM-SHA256", rsa_2048);
             visit.server.adjust = [](SSL_CTX* context) { SSL_CTX_set_dh_auto(context, 2); };
             return visit;
         }},
        {"ephemeral DH over a finite field",
         "handshake failure",
         [] {
             Visit visit = visit_with_cipher("DHE-RSA-AES128-GCM-SHA256", rsa_2048);
             visit.server.adjust = [](SSL_CTX* context) { SSL_CTX_set_dh_auto(context, 1); };
             return visit;
         }},
        {"CBC",
         "handshake failure",
         [] { return visit_with_cipher("ECDHE-ECDSA-AES128-SHA", CertificateLab::elliptic_key); }},
        {"static RSA",
         "handshake failure",
         [] { return visit_with_cipher("AES128-GCM-SHA256", rsa_2048); }},
        {"no encryption",
         "handshake failure",
         [] { return visit_with_cipher("ECDHE-ECDSA-NULL-SHA", CertificateLab::elliptic_key); }},
        {"anonymous",
         "handshake failure",
         [] {
             Visit visit = visit_with_cipher("AECDH-AES128-SHA", CertificateLab::elliptic_key);
             visit.server.certificate.clear();
             return visit;
         }},
        {"TLS 1.0",
         "protocol version",
         [] {
             Visit visit = visit_with_cipher("ALL", rsa_2048);
             visit.server.min_version = TLS1_VERSION;
             visit.server.max_version = TLS1_VERSION;
             return visit;
         }},
        {"TLS 1.1",
         "protocol version",
         [] {
             Visit visit = visit_with_cipher("ALL", rsa_2048);
             visit.server.min_version = TLS1_1_VERSION;
             visit.server.max_version = TLS1_1_VERSION;
             return visit;
         }},
        {"HTTP/2 chosen",
         "bad extension",
         [] {
             Visit visit = good_visit();
             visit.server.alpn = "h2";
             return visit;
         }},
        {"name refused",
         "unrecognized name",
         [] {
             Visit visit = good_visit();
             visit.server.adjust = [](SSL_CTX* context) {
                 SSL_CTX_set_tlsext_servername_callback(
                     context,
                     +[](SSL*, int* alert, void*) {
                         *alert = SSL_AD_UNRECOGNIZED_NAME;
                         return SSL_TLSEXT_ERR_ALERT_FATAL;
                     }
                 );
             };
             return visit;
         }},
    };
}

std::vector<Kind> good_ones() {
    return {
        {"below the root", "", [] { return good_visit(); }},
        {"below another authority",
         "",
         [] { return visit_below(CertificateLab::authority_extensions); }},
        {"wildcard",
         "",
         [] { return visit_leaf_with("subjectAltName=DNS:*.vendor.test", "api.vendor.test"); }},
        {"second name",
         "",
         [] { return visit_leaf_with("subjectAltName=DNS:vendor.test,DNS:localhost"); }},
        {"IP address",
         "",
         [] { return visit_leaf_with("subjectAltName=IP:127.0.0.1", "127.0.0.1"); }},
        {"RSA of 2048 bits", "", [] { return good_visit(rsa_2048); }},
        {"RSA of 4096 bits",
         "",
         [] { return good_visit("-algorithm RSA -pkeyopt rsa_keygen_bits:4096"); }},
        {"elliptic curve of 384 bits, SHA-384",
         "",
         [] {
             Recipe recipe;
             recipe.key = "-algorithm EC -pkeyopt ec_paramgen_curve:P-384";
             recipe.digest = "sha384";
             return visit_leaf(recipe);
         }},
        {"thousand names",
         "",
         [] {
             std::string names = "subjectAltName=DNS:localhost";
             for (int i = 0; i < 1000; ++i) names += ",DNS:n" + std::to_string(i) + ".vendor.test";
             return visit_leaf_with(names);
         }},
        {"within permitted names",
         "",
         [] {
             return visit_below(
                 std::string(CertificateLab::authority_extensions) +
                 "\nnameConstraints=critical,permitted;DNS:localhost"
             );
         }},
        {"not revoked", "", [] { return visit_with_revocation_list("", "20491231235959Z"); }},
        {"the pinned key",
         "",
         [] {
             Visit visit = good_visit();
             visit.client.pinned_public_key = lab().key_digest("leaf");
             return visit;
         }},
        {"HTTP/1.1 chosen",
         "",
         [] {
             Visit visit = good_visit();
             visit.server.alpn = "http/1.1";
             return visit;
         }},
    };
}

}  // namespace otp::test
