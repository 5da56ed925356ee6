#include "http/tls/tls_file_check.hpp"

#include "http/tls/pem_file.hpp"
#include "http/tls/tls_policy.hpp"
#include "http/tls/trust_store.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace otp::http {
namespace {

template <class Read>
void check(
    std::vector<TlsFileFault>& faults,
    std::string_view key,
    std::optional<std::filesystem::path> const& file,
    Read const& read
) {
    if (!file) return;
    auto const bytes = read_trusted_file(*file);
    if (!bytes) return faults.push_back({key, bytes.error()});
    auto const found = read(*bytes);
    if (!found) faults.push_back({key, found.error()});
}

void check_client_identity(std::vector<TlsFileFault>& faults, TlsConfig const& tls) {
    auto fault = use_client_identity(make_tls_context().get(), tls);
    if (fault) faults.push_back(std::move(*fault));
}

}  // namespace

std::vector<TlsFileFault> check_tls_files(TlsConfig const& tls) {
    std::vector<TlsFileFault> faults;
    // What is read here serves those who make connections next.
    if ((tls.ca_file || tls.crl_file) && !TrustStore::for_config(tls)) {
        check(faults, "ca_file", tls.ca_file, &certificates_in);
        check(faults, "crl_file", tls.crl_file, &revocation_lists_in);
    }
    if (tls.client_certificate && tls.client_key) check_client_identity(faults, tls);
    std::erase_if(faults, [](TlsFileFault const& found) {
        return found.fault.is_lack_of_resources();
    });
    return faults;
}

}  // namespace otp::http
