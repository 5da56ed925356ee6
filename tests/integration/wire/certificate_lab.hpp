#pragma once

#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>

namespace otp::test {

/// Certificates of every kind, good and bad, made with the openssl program in a folder of its own.
///
/// An identity is a name: `ca` has its key in `ca.key` and its certificate in `ca.pem`. The root
/// `ca` is there from the beginning. Throws when the openssl program fails.
class CertificateLab {
public:
    CertificateLab();

    /// How a certificate is made; each member has the usual value of a good one.
    struct Recipe {
        std::string issuer{"ca"};
        /// Lines of an extension section.
        std::string extensions{"subjectAltName=DNS:localhost"};
        std::string subject{"/CN=localhost"};
        /// For `openssl genpkey`.
        std::string key{elliptic_key};
        std::string digest{"sha256"};
        std::string not_before{"20200101000000Z"};
        std::string not_after{"20491231235959Z"};
    };
    static constexpr char elliptic_key[] = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    /// Makes `name.key` and `name.pem`, the latter signed by the issuer.
    void make(std::string const& name, Recipe const& recipe) const;
    /// An authority below the root that is in order, unless `extensions` say otherwise.
    void make_authority(
        std::string const& name,
        std::string const& extensions = authority_extensions,
        std::string const& issuer = "ca"
    ) const;
    static constexpr char authority_extensions[] =
        "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign";

    /// A certificate that its own key signs.
    void make_self_signed(
        std::string const& name, std::string const& subject, std::string const& extensions
    ) const;

    /// Writes the certificates of `names` one after the other into `file`.
    void bundle(std::string const& file, std::string const& names) const;

    /// Makes `file`, the revocation list of `issuer`, which lists the certificate of `revoked` if
    /// that is not empty.
    void make_revocation_list(
        std::string const& file,
        std::string const& issuer,
        std::string const& revoked = {},
        std::string const& next_update = "20491231235959Z"
    ) const;

    /// SHA-256 of the public key of `name`, as a configuration pins it.
    [[nodiscard]] std::string key_digest(std::string const& name) const;

    /// Runs a shell command in the folder.
    void run(std::string const& command) const;
    [[nodiscard]] std::filesystem::path file(std::string const& name) const {
        return directory_.path() / name;
    }
    void write(std::string const& name, std::string const& text) const {
        (void)directory_.write(name, text);
    }

private:
    TemporaryDirectory directory_;
};

}  // namespace otp::test
