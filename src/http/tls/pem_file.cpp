#include "http/tls/pem_file.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <array>
#include <cstddef>
#include <limits>
#include <new>
#include <utility>

namespace otp::http {
namespace {

using namespace std::string_view_literals;

struct PemBlock {
    PemBlock() = default;
    PemBlock(PemBlock const&) = delete;
    PemBlock& operator=(PemBlock const&) = delete;
    ~PemBlock() {
        OPENSSL_free(name);
        OPENSSL_free(header);
        // It may be a key.
        OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    }
    [[nodiscard]] bool read(BIO* from) {
        return PEM_read_bio(from, &name, &header, &data, &size) == 1;
    }

    char* name{nullptr};
    char* header{nullptr};
    unsigned char* data{nullptr};
    long size{0};
};

struct OtherKind {
    std::string_view name;
    std::string_view description;
};

constexpr std::array<OtherKind, 6> other_kinds{
    {{PEM_STRING_X509_REQ, "a certificate request"},
     {PEM_STRING_X509_REQ_OLD, "a certificate request"},
     {PEM_STRING_PUBLIC, "a public key"},
     {PEM_STRING_PKCS7,
      "PKCS #7: take the certificates out with openssl pkcs7 -print_certs -in FILE -out FILE.pem"},
     {PEM_STRING_CMS, "CMS"},
     {PEM_STRING_DHPARAMS, "Diffie-Hellman parameters"}}};

std::string_view description_of(std::string_view name) {
    for (auto const& kind : other_kinds) {
        if (kind.name == name) return kind.description;
    }
    return "another kind of PEM block";
}

BioPointer memory_of(std::string_view text) {
    if (text.size() > std::numeric_limits<int>::max()) throw std::bad_alloc();
    BioPointer memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    if (!memory) throw std::bad_alloc();
    return memory;
}

bool is_end_of_blocks() {
    auto const error = ERR_peek_last_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

void note_damage(PemFile& file, std::string_view what, std::size_t number) {
    auto const reason = take_openssl_reason();
    if (!file.damage.empty()) return;
    file.damage = "is damaged: " + std::string(what) + " " + std::to_string(number) +
                  " cannot be read" + reason;
}

void take_certificate(PemFile& file, PemBlock const& block, decltype(&d2i_X509) decode) {
    unsigned char const* data = block.data;
    CertificatePointer certificate(decode(nullptr, &data, block.size));
    if (!certificate) return note_damage(file, "certificate", file.certificates.size() + 1);
    file.certificates.push_back(std::move(certificate));
}

void take_revocation_list(PemFile& file, PemBlock const& block) {
    unsigned char const* data = block.data;
    RevocationListPointer list(d2i_X509_CRL(nullptr, &data, block.size));
    if (!list) return note_damage(file, "revocation list", file.revocation_lists.size() + 1);
    file.revocation_lists.push_back(std::move(list));
}

void take_block(PemFile& file, PemBlock const& block) {
    std::string_view const name(block.name);
    if (name == PEM_STRING_X509 || name == PEM_STRING_X509_OLD) {
        take_certificate(file, block, &d2i_X509);
    } else if (name == PEM_STRING_X509_TRUSTED) {
        take_certificate(file, block, &d2i_X509_AUX);
    } else if (name == PEM_STRING_X509_CRL) {
        take_revocation_list(file, block);
    } else if (name.ends_with("PRIVATE KEY")) {
        file.holds_private_key = true;
    } else if (file.other.empty()) {
        file.other = description_of(name);
    }
}

template <auto Decode, auto Free>
bool is_der(std::string_view bytes) {
    auto const* data = reinterpret_cast<unsigned char const*>(bytes.data());
    auto* const decoded = Decode(nullptr, &data, static_cast<long>(bytes.size()));
    ERR_clear_error();
    if (decoded == nullptr) return false;
    Free(decoded);
    return true;
}

/// What `bytes` are, if they are no text with PEM blocks; empty if nobody knows.
std::string_view foreign_format(std::string_view bytes) {
    if (bytes.empty()) return "is empty";
    if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) {
        return "is UTF-16 text: save it as UTF-8";
    }
    if (is_der<&d2i_X509, &X509_free>(bytes)) {
        return "is a certificate in DER and not in PEM: convert it with "
               "openssl x509 -inform DER -in FILE -out FILE.pem";
    }
    if (is_der<&d2i_X509_CRL, &X509_CRL_free>(bytes)) {
        return "is a revocation list in DER and not in PEM: convert it with "
               "openssl crl -inform DER -in FILE -out FILE.pem";
    }
    if (is_der<&d2i_PKCS12, &PKCS12_free>(bytes)) {
        return "is a PKCS #12 store and not PEM: take out what is needed with "
               "openssl pkcs12 -in FILE -out FILE.pem (-nokeys: certificates only)";
    }
    if (is_der<&d2i_PKCS7, &PKCS7_free>(bytes)) {
        return "is PKCS #7 and not PEM: take the certificates out with "
               "openssl pkcs7 -inform DER -print_certs -in FILE -out FILE.pem";
    }
    return {};
}

}  // namespace

std::string take_openssl_reason() {
    char const* const reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason != nullptr ? " (" + std::string(reason) + ")" : std::string();
    ERR_clear_error();
    return text;
}

PemFile parse_pem(std::string_view text) {
    PemFile file;
    auto const memory = memory_of(text);
    ERR_clear_error();
    // Without memory for a block, nothing is read of it either.
    for (auto left = text.size() + 1; BIO_ctrl_pending(memory.get()) < left;) {
        left = BIO_ctrl_pending(memory.get());
        PemBlock block;
        if (block.read(memory.get())) {
            take_block(file, block);
            continue;
        }
        if (is_end_of_blocks()) break;
        note_damage(file, "block", file.certificates.size() + file.revocation_lists.size() + 1);
    }
    ERR_clear_error();
    return file;
}

FileFault missing_in_pem(std::string_view bytes, PemFile const& found, std::string_view wanted) {
    if (auto const format = foreign_format(bytes); !format.empty()) {
        return {std::string(format), {}};
    }
    std::string text = "holds no " + std::string(wanted);
    if (found.holds_private_key) {
        text += ", but a private key";
    } else if (!found.certificates.empty()) {
        text += ", but a certificate";
    } else if (!found.revocation_lists.empty()) {
        text += ", but a revocation list";
    } else if (!found.other.empty()) {
        text += ", but " + found.other;
    } else {
        text += ": it is not PEM, which has lines such as -----BEGIN CERTIFICATE-----";
    }
    return {std::move(text), {}};
}

FromFile<std::vector<CertificatePointer>> certificates_in(std::string_view bytes) {
    auto file = parse_pem(bytes);
    if (!file.damage.empty()) return FileFault{std::move(file.damage), {}};
    if (file.certificates.empty()) return missing_in_pem(bytes, file, "certificate");
    return std::move(file.certificates);
}

FromFile<std::vector<RevocationListPointer>> revocation_lists_in(std::string_view bytes) {
    auto file = parse_pem(bytes);
    if (!file.damage.empty()) return FileFault{std::move(file.damage), {}};
    if (file.revocation_lists.empty()) return missing_in_pem(bytes, file, "revocation list");
    return std::move(file.revocation_lists);
}

}  // namespace otp::http
