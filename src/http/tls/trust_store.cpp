#include "http/tls/trust_store.hpp"

#include "http/tls/authority_places.hpp"
#include "http/tls/certificate_time.hpp"
#include "http/tls/pem_file.hpp"
#include "http/tls/trusted_file.hpp"
#include "platform/resource_failure.hpp"

#include <openssl/evp.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace otp::http {
namespace {

using Kind = AuthoritySource::Kind;
using Shared = std::shared_ptr<TrustStore const>;

Error unusable(
    std::string_view pointer, std::filesystem::path const& file, FileFault const& fault
) {
    if (fault.is_lack_of_resources()) {
        return Error(
            ErrorCategory::connect_failed,
            "reading " + file.string() + " failed: " + platform::explain(fault.cause)
        );
    }
    return field_error(ErrorCategory::config_invalid, pointer, file.string() + " " + fault.text);
}

/// What a store is made from.
struct Ingredients {
    std::vector<AuthoritySource> places;
    /// Of the file among the places, if it can be read.
    std::optional<std::string> certificates;
    std::optional<std::string> revocation_lists;
    bool is_own_file{false};
};

Result<Ingredients> gather(TlsConfig const& tls) {
    Ingredients found;
    found.places = authority_places(tls);
    found.is_own_file = tls.ca_file.has_value();
    for (auto const& place : found.places) {
        if (place.kind != Kind::file) continue;
        auto bytes = read_trusted_file(place.path);
        if (bytes) {
            found.certificates = std::move(*bytes);
        } else if (found.is_own_file || bytes.error().is_lack_of_resources()) {
            return unusable("/tls/ca_file", place.path, bytes.error());
        }
    }
    if (!tls.crl_file) return found;
    auto lists = read_trusted_file(*tls.crl_file);
    if (!lists) return unusable("/tls/crl_file", *tls.crl_file, lists.error());
    found.revocation_lists = std::move(*lists);
    return found;
}

std::string digest_of(std::optional<std::string> const& bytes) {
    if (!bytes) return "none";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes->data(), bytes->size(), digest.data(), &size, EVP_sha256(), nullptr) !=
        1) {
        throw std::bad_alloc();
    }
    return {reinterpret_cast<char const*>(digest.data()), size};
}

// Its certificates are looked up as they are needed, and those that were found stay.
std::string state_of(std::filesystem::path const& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return "none";
    std::string text;
    for (auto const number :
         {static_cast<long long>(status.st_dev),
          static_cast<long long>(status.st_ino),
          static_cast<long long>(status.st_mtim.tv_sec),
          static_cast<long long>(status.st_mtim.tv_nsec),
          static_cast<long long>(status.st_ctim.tv_sec),
          static_cast<long long>(status.st_ctim.tv_nsec)}) {
        text += std::to_string(number) + ' ';
    }
    return text;
}

/// Equal for what makes equal stores.
std::string key_of(Ingredients const& made_from) {
    std::string key = made_from.is_own_file ? "own " : "system ";
    key += digest_of(made_from.certificates);
    key += digest_of(made_from.revocation_lists);
    if (made_from.is_own_file) return key;
    for (auto const& place : made_from.places) {
        key += '\n' + place.path.string() + '\n';
        if (place.kind == Kind::folder) key += state_of(place.path);
    }
    return key;
}

void free_lists(STACK_OF(X509_CRL) * lists) {
    sk_X509_CRL_pop_free(lists, X509_CRL_free);
}

void require(bool done) {
    if (!done) throw std::bad_alloc();
}

void add_folder(X509_STORE* store, std::filesystem::path const& folder) {
    X509_LOOKUP* const lookup = X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir());
    require(
        lookup != nullptr && X509_LOOKUP_add_dir(lookup, folder.c_str(), X509_FILETYPE_PEM) == 1
    );
}

// The system's file may lack anything, as OpenSSL has it.
FromFile<std::vector<CertificatePointer>> certificates_of(Ingredients const& made_from) {
    if (!made_from.certificates) return std::vector<CertificatePointer>();
    if (made_from.is_own_file) return certificates_in(*made_from.certificates);
    return parse_pem(*made_from.certificates).certificates;
}

Result<Shared> make(Ingredients made_from, TlsConfig const& tls) {
    StorePointer store(X509_STORE_new());
    require(store != nullptr);
    auto const certificates = certificates_of(made_from);
    if (!certificates) return unusable("/tls/ca_file", *tls.ca_file, certificates.error());
    for (auto const& certificate : *certificates) {
        require(X509_STORE_add_cert(store.get(), certificate.get()) == 1);
    }
    for (auto const& place : made_from.places) {
        if (place.kind == Kind::folder) add_folder(store.get(), place.path);
    }
    // Trust ends at what the file holds, also where that is no root.
    if (made_from.is_own_file) X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
    if (made_from.revocation_lists) {
        auto const lists = revocation_lists_in(*made_from.revocation_lists);
        if (!lists) return unusable("/tls/crl_file", *tls.crl_file, lists.error());
        for (auto const& list : *lists) require(X509_STORE_add_crl(store.get(), list.get()) == 1);
        X509_STORE_set_flags(store.get(), X509_V_FLAG_CRL_CHECK);
    }
    return Shared(std::make_shared<TrustStore>(
        std::move(store), std::move(made_from.places), !certificates->empty()
    ));
}

/// The stores of this process.
class Stores {
public:
    Result<Shared> find_or_make(Ingredients made_from, TlsConfig const& tls) {
        auto key = key_of(made_from);
        // Held while a file is parsed: whoever waits wants the same one.
        std::lock_guard const lock(mutex_);
        if (auto known = known_[key].lock()) {
            remember(known);
            return known;
        }
        std::erase_if(known_, [](auto const& entry) { return entry.second.expired(); });
        auto made = make(std::move(made_from), tls);
        if (made) {
            known_[std::move(key)] = *made;
            remember(*made);
        }
        return made;
    }

private:
    // A configuration is checked before its transports are made.
    static constexpr std::size_t max_recent = 4;

    void remember(Shared const& store) {
        std::erase(recent_, store);
        recent_.push_back(store);
        if (recent_.size() > max_recent) recent_.pop_front();
    }

    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<TrustStore const>> known_;
    std::deque<Shared> recent_;
};

// Never destroyed: OpenSSL may have cleaned up by then.
Stores& stores_of_process() {
    static auto& stores = *new Stores;
    return stores;
}

}  // namespace

TrustStore::TrustStore(
    StorePointer store, std::vector<AuthoritySource> places, bool holds_certificates
)
    : store_(std::move(store)),
      places_(std::move(places)),
      holds_certificates_(holds_certificates) {}

Result<Shared> TrustStore::for_config(TlsConfig const& tls) {
    auto made_from = gather(tls);
    if (!made_from) return made_from.error();
    return stores_of_process().find_or_make(std::move(*made_from), tls);
}

bool TrustStore::has_authorities() const {
    return holds_certificates_ ||
           std::any_of(places_.begin(), places_.end(), [](AuthoritySource const& place) {
               return place.kind == Kind::folder && !hashed_names(place.path).empty();
           });
}

std::optional<Clock::UtcTime> TrustStore::revocation_lists_expire(X509* certificate) const {
    // A folder may have lists that nobody asked for.
    auto const flags = X509_VERIFY_PARAM_get_flags(X509_STORE_get0_param(native()));
    if ((flags & X509_V_FLAG_CRL_CHECK) == 0) return std::nullopt;
    std::unique_ptr<X509_STORE_CTX, FreedBy<&X509_STORE_CTX_free>> const search(X509_STORE_CTX_new()
    );
    require(search && X509_STORE_CTX_init(search.get(), native(), nullptr, nullptr) == 1);
    std::unique_ptr<STACK_OF(X509_CRL), FreedBy<&free_lists>> const lists(
        X509_STORE_CTX_get1_crls(search.get(), X509_get_issuer_name(certificate))
    );
    std::optional<Clock::UtcTime> last;
    for (int i = 0; i < sk_X509_CRL_num(lists.get()); ++i) {
        auto const* const next = X509_CRL_get0_nextUpdate(sk_X509_CRL_value(lists.get(), i));
        if (next == nullptr) return std::nullopt;
        last = std::max(last.value_or(Clock::UtcTime::min()), utc_of(next));
    }
    return last;
}

}  // namespace otp::http
