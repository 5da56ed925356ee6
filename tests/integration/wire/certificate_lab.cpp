#include "integration/wire/certificate_lab.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace otp::test {
namespace {

// For `openssl ca`, the only subcommand that takes both dates of a certificate.
constexpr char authority_config[] = R"(
[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
default_crl_days = 30
policy = any
[any]
commonName = optional
[extensions]
)";

std::string read_file(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

CertificateLab::CertificateLab() {
    write("index.txt", "");
    make_self_signed("ca", "/CN=Lab Root", authority_extensions);
}

void CertificateLab::run(std::string const& command) const {
    std::string const whole =
        "cd '" + directory_.path().string() + "' && (" + command + ") >lab.log 2>&1";
    if (std::system(whole.c_str()) != 0) {
        throw std::runtime_error("failed: " + command + "\n" + read_file(file("lab.log")));
    }
}

void CertificateLab::make(std::string const& name, Recipe const& recipe) const {
    write(name + ".cnf", authority_config + recipe.extensions + "\n");
    run("openssl genpkey " + recipe.key + " -out " + name + ".key && " + "openssl req -new -key " +
        name + ".key -subj '" + recipe.subject + "' -out " + name + ".csr && " +
        "openssl ca -batch -notext -config " + name + ".cnf -extensions extensions" + " -cert " +
        recipe.issuer + ".pem -keyfile " + recipe.issuer + ".key -md " + recipe.digest +
        " -startdate " + recipe.not_before + " -enddate " + recipe.not_after + " -in " + name +
        ".csr -out " + name + ".pem");
}

void CertificateLab::make_authority(
    std::string const& name, std::string const& extensions, std::string const& issuer
) const {
    Recipe recipe;
    recipe.issuer = issuer;
    recipe.extensions = extensions;
    recipe.subject = "/CN=Lab " + name;
    make(name, recipe);
}

void CertificateLab::make_self_signed(
    std::string const& name, std::string const& subject, std::string const& extensions
) const {
    write(
        name + ".cnf",
        "[req]\ndistinguished_name=name\nx509_extensions=extensions\n[name]\n[extensions]\n" +
            extensions + "\n"
    );
    run("openssl genpkey " + std::string(elliptic_key) + " -out " + name + ".key && " +
        "openssl req -x509 -new -key " + name + ".key -config " + name + ".cnf -subj '" + subject +
        "' -days 30 -out " + name + ".pem");
}

void CertificateLab::bundle(std::string const& file, std::string const& names) const {
    std::istringstream in(names);
    std::string all;
    for (std::string name; in >> name;) all += read_file(this->file(name + ".pem"));
    write(file, all);
}

void CertificateLab::make_revocation_list(
    std::string const& file,
    std::string const& issuer,
    std::string const& revoked,
    std::string const& next_update
) const {
    std::string const authority =
        " -config " + issuer + "_list.cnf -cert " + issuer + ".pem -keyfile " + issuer + ".key";
    std::string config = authority_config;
    // A list holds what its own database says, so that lists do not know of each other.
    config.replace(config.find("index.txt"), 9, file + ".txt");
    write(issuer + "_list.cnf", config);
    write(file + ".txt", "");
    if (!revoked.empty()) run("openssl ca" + authority + " -revoke " + revoked + ".pem");
    run("openssl ca" + authority + " -gencrl -crl_lastupdate 20200101000000Z -crl_nextupdate " +
        next_update + " -out " + file);
}

std::string CertificateLab::key_digest(std::string const& name) const {
    run("openssl pkey -in " + name +
        ".key -pubout -outform DER | openssl dgst -sha256 -binary | "
        "openssl base64 -A > " +
        name + ".pin");
    return read_file(file(name + ".pin"));
}

}  // namespace otp::test
