#include "http/tls/trust_store.hpp"

#include "http/tls/pem_file.hpp"
#include "support/certificate_authority.hpp"
#include "support/variable.hpp"

#include <openssl/x509.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using http::TrustStore;
using testing::HasSubstr;

std::shared_ptr<TrustStore const> store_of(std::filesystem::path const& ca_file) {
    TlsConfig tls;
    tls.ca_file = ca_file;
    return TrustStore::for_config(tls).value();
}

/// An authority of its own in the folder of the usual one.
std::filesystem::path make_authority(std::string const& name) {
    test_authority().run(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + name +
        " -keyout " + name + ".key -out " + name + ".pem"
    );
    return test_authority().file(name + ".pem");
}

http::CertificatePointer certificate_in(std::filesystem::path const& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    auto found = http::certificates_in(text.str()).value();
    return std::move(found.front());
}

void copy_over(std::filesystem::path const& from, std::filesystem::path const& to) {
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
}

TEST(TrustStore, IsTheSameForTheSameCertificatesWhereverTheyStand) {
    TemporaryDirectory const folder;
    copy_over(test_authority().ca_file(), folder.path() / "copy.pem");
    auto const store = store_of(test_authority().ca_file());
    EXPECT_EQ(store, store_of(test_authority().ca_file()));
    EXPECT_EQ(store, store_of(folder.path() / "copy.pem"));
    EXPECT_NE(store, store_of(make_authority("another")));
}

TEST(TrustStore, FollowsTheFile) {
    TemporaryDirectory const folder;
    auto const file = folder.path() / "ca.pem";
    copy_over(test_authority().ca_file(), file);
    auto const before = store_of(file);
    // Of the same size or not, and however soon.
    copy_over(make_authority("renewed"), file);
    auto const after = store_of(file);
    EXPECT_NE(before, after);
    copy_over(test_authority().ca_file(), file);
    EXPECT_EQ(before, store_of(file));
}

TEST(TrustStore, WithRevocationListsIsAnother) {
    TlsConfig tls;
    tls.ca_file = test_authority().ca_file();
    auto const without = TrustStore::for_config(tls).value();
    tls.crl_file = test_authority().make_revocation_list();
    EXPECT_NE(without, TrustStore::for_config(tls).value());
}

TEST(TrustStore, OfTheSystemIsNotThatOfAFileWithTheSameContent) {
    Variable const file("SSL_CERT_FILE", test_authority().ca_file());
    Variable const folder("SSL_CERT_DIR", "/nonexistent");
    auto const of_system = TrustStore::for_config({}).value();
    EXPECT_EQ(of_system, TrustStore::for_config({}).value());
    // Only of a file that the configuration names, what is in it is trusted without a root.
    EXPECT_NE(of_system, store_of(test_authority().ca_file()));
}

TEST(TrustStore, OfTheSystemFollowsItsFolder) {
    TemporaryDirectory const hashed;
    Variable const file("SSL_CERT_FILE", "/nonexistent");
    Variable const folder("SSL_CERT_DIR", hashed.path());
    auto const before = TrustStore::for_config({}).value();
    EXPECT_FALSE(before->has_authorities());
    copy_over(test_authority().ca_file(), hashed.path() / "01234567.0");
    auto const after = TrustStore::for_config({}).value();
    EXPECT_NE(before, after);
    EXPECT_TRUE(after->has_authorities());
}

// OpenSSL finds them there, but nobody has asked for revocation to be checked.
TEST(TrustStore, EndsWithRevocationListsOnlyWhereTheyAreChecked) {
    auto const& authority = test_authority();
    auto const certificate = certificate_in(authority.certificate());
    TlsConfig checked;
    checked.ca_file = authority.ca_file();
    checked.crl_file = authority.make_revocation_list();
    auto const store = TrustStore::for_config(checked).value();
    EXPECT_TRUE(store->revocation_lists_expire(certificate.get()));

    TemporaryDirectory const hashed;
    std::array<char, 16> hash{};
    std::snprintf(
        hash.data(),
        hash.size(),
        "%08lx",
        X509_NAME_hash_ex(X509_get_issuer_name(certificate.get()), nullptr, nullptr, nullptr)
    );
    copy_over(authority.ca_file(), hashed.path() / (hash.data() + std::string(".0")));
    copy_over(*checked.crl_file, hashed.path() / (hash.data() + std::string(".r0")));
    Variable const file("SSL_CERT_FILE", "/nonexistent");
    Variable const folder("SSL_CERT_DIR", hashed.path());
    auto const of_system = TrustStore::for_config({}).value();
    EXPECT_FALSE(of_system->revocation_lists_expire(certificate.get()));
}

TEST(TrustStore, OfTheSystemMayBeMissingOrDamaged) {
    Variable const folder("SSL_CERT_DIR", "/nonexistent");
    for (std::filesystem::path const& path :
         {std::filesystem::path("/nonexistent"), test_authority().key()}) {
        Variable const file("SSL_CERT_FILE", path);
        auto const store = TrustStore::for_config({});
        ASSERT_TRUE(store) << path;
        EXPECT_FALSE((*store)->has_authorities()) << path;
    }
}

TEST(TrustStore, NamesTheFileThatItCannotUse) {
    TlsConfig tls;
    tls.ca_file = test_authority().key();
    auto const error = TrustStore::for_config(tls).error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/tls/ca_file");
    EXPECT_THAT(error.violations[0].message, HasSubstr("server.key holds no certificate"));
}

// Not to be found by its address, where another may have taken its place.
TEST(TrustStore, IsLetGoOfWhenOthersAreUsed) {
    std::weak_ptr<TrustStore const> const unused = store_of(test_authority().ca_file());
    EXPECT_FALSE(unused.expired());
    for (auto const* name : {"one", "two", "three", "four"}) (void)store_of(make_authority(name));
    EXPECT_TRUE(unused.expired());
}

TEST(TrustStore, IsMadeOnceForManyThreads) {
    auto const file = make_authority("shared");
    std::vector<std::shared_ptr<TrustStore const>> stores(8);
    std::vector<std::thread> threads;
    for (auto& store : stores) threads.emplace_back([&] { store = store_of(file); });
    for (auto& thread : threads) thread.join();
    for (auto const& store : stores) EXPECT_EQ(store, stores.front());
}

}  // namespace
}  // namespace otp::test
