#pragma once

#include "http/tls/openssl_pointers.hpp"
#include "http/tls/trusted_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace otp::http {

/// What a PEM text (RFC 7468) holds. Text around the blocks, either kind of line end and a byte
/// order mark do not matter.
struct PemFile {
    std::vector<CertificatePointer> certificates;
    std::vector<RevocationListPointer> revocation_lists;
    bool holds_private_key{false};
    /// What is wrong with the first block that cannot be read; empty if all can.
    std::string damage;
    /// What else was found, if anything: `a certificate request`.
    std::string other;
};

[[nodiscard]] PemFile parse_pem(std::string_view text);

/// Why `bytes` hold no PEM block of the kind that is wanted, and what to do: `is a certificate in
/// DER and not in PEM: convert it with openssl x509 -inform DER -in FILE -out FILE.pem`. `wanted`
/// is `certificate` or `revocation list`.
[[nodiscard]] FileFault missing_in_pem(
    std::string_view bytes, PemFile const& found, std::string_view wanted
);

/// The certificates of a file; at least one, and none that is damaged.
[[nodiscard]] FromFile<std::vector<CertificatePointer>> certificates_in(std::string_view bytes);
/// The same for revocation lists.
[[nodiscard]] FromFile<std::vector<RevocationListPointer>> revocation_lists_in(
    std::string_view bytes
);

/// OpenSSL's last error in words, in parentheses and with a blank before; empty if it has none. The
/// error queue is empty afterwards.
[[nodiscard]] std::string take_openssl_reason();

}  // namespace otp::http
