#include "http/tls/authority_places.hpp"

#include "model/ascii.hpp"

#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace otp::http {
namespace {

using Kind = AuthoritySource::Kind;

constexpr char by_default[] = "default of OpenSSL";

/// What names a place, and where it is.
struct Named {
    std::string by;
    std::string path;
};

// As OpenSSL reads it: not at all in a program that runs with another user's rights.
Named named_by(char const* variable, char const* otherwise) {
    if (char const* const value = ::secure_getenv(variable)) return {variable, value};
    return {by_default, otherwise};
}

void add_folders(std::vector<AuthoritySource>& places, Named const& named) {
    std::string_view list = named.path;
    while (!list.empty()) {
        auto const end = std::min(list.find(':'), list.size());
        if (end > 0) places.emplace_back(Kind::folder, list.substr(0, end), named.by);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

bool is_of_hash(char character) {
    return model::is_hexadecimal(character) && !model::is_capital(character);
}

bool is_hashed(std::string_view name) {
    constexpr std::size_t hash_size = 8;
    if (name.size() < hash_size + 2 || name[hash_size] != '.') return false;
    auto const hash = name.substr(0, hash_size);
    auto const number = name.substr(hash_size + 1);
    return std::all_of(hash.begin(), hash.end(), is_of_hash) &&
           std::all_of(number.begin(), number.end(), model::is_digit);
}

}  // namespace

std::vector<AuthoritySource> authority_places(TlsConfig const& tls) {
    std::vector<AuthoritySource> places;
    if (tls.ca_file) {
        places.emplace_back(Kind::file, *tls.ca_file, "tls.ca_file");
        return places;
    }
    auto const file = named_by(X509_get_default_cert_file_env(), X509_get_default_cert_file());
    places.emplace_back(Kind::file, file.path, file.by);
    add_folders(places, named_by(X509_get_default_cert_dir_env(), X509_get_default_cert_dir()));
    return places;
}

std::string listed_places(std::vector<AuthoritySource> const& places) {
    std::string text;
    for (auto const& place : places) {
        if (&place != &places.front()) text += &place == &places.back() ? " and " : ", ";
        text += place.path.empty() ? "no file" : place.path.string();
        text += " (" + place.named_by + ")";
    }
    return text;
}

std::vector<std::string> hashed_names(std::filesystem::path const& folder) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    while (!error && entry != std::filesystem::directory_iterator()) {
        auto name = entry->path().filename().string();
        if (is_hashed(name)) names.push_back(std::move(name));
        entry.increment(error);
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace otp::http
