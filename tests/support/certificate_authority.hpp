#pragma once

#include "support/temporary_directory.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace otp::test {

/// A throw-away authority and a certificate for `localhost` and 127.0.0.1, made with the openssl
/// program.
class CertificateAuthority {
public:
    CertificateAuthority() {
        run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Test "
            "CA'"
            " -keyout ca.key -out ca.pem");
        run("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=localhost'"
            " -keyout server.key -out server.csr");
        (void)directory_.write("server.ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        run("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
            " -extfile server.ext -out server.pem");
    }

    /// Runs `openssl <arguments>` in the authority's folder; throws if it fails.
    void run(std::string const& arguments) const {
        std::string const command = "cd '" + directory_.path().string() + "' && openssl " +
                                    arguments + " >openssl.log 2>&1";
        if (std::system(command.c_str()) != 0) {
            throw std::runtime_error("openssl failed: " + arguments);
        }
    }

    /// A list on which nothing stands.
    [[nodiscard]] std::filesystem::path make_revocation_list() const {
        (void)directory_.write("index.txt", "");
        (void)directory_.write(
            "list.cnf",
            "[ca]\ndefault_ca=any\n[any]\ndatabase=index.txt\ndefault_md=sha256\n"
            "default_crl_days=2\n"
        );
        run("ca -gencrl -config list.cnf -cert ca.pem -keyfile ca.key -out ca.crl");
        return file("ca.crl");
    }

    [[nodiscard]] std::filesystem::path ca_file() const { return file("ca.pem"); }
    [[nodiscard]] std::filesystem::path certificate() const { return file("server.pem"); }
    [[nodiscard]] std::filesystem::path key() const { return file("server.key"); }
    [[nodiscard]] std::filesystem::path file(std::string const& name) const {
        return directory_.path() / name;
    }
    [[nodiscard]] TemporaryDirectory const& directory() const { return directory_; }

private:
    TemporaryDirectory directory_;
};

/// One for the whole test program.
inline CertificateAuthority const& test_authority() {
    static CertificateAuthority const authority;
    return authority;
}

}  // namespace otp::test
