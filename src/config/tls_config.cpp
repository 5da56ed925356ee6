#include "config/tls_config.hpp"

#include "config/checked.hpp"
#include "config/config_keys.hpp"
#include "config/object_reader.hpp"
#include "config/wording.hpp"
#include "http/tls/key_pin.hpp"
#include "http/tls/tls_file_check.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace otp::config {

namespace {

using Path = std::optional<std::filesystem::path>;

struct FileSetting {
    std::string_view key;
    Path TlsConfig::*member;
};

constexpr auto file_settings = std::to_array<FileSetting>(
    {{"ca_file", &TlsConfig::ca_file},
     {"client_certificate", &TlsConfig::client_certificate},
     {"client_key", &TlsConfig::client_key},
     {"crl_file", &TlsConfig::crl_file}}
);

std::optional<Mistake> file_mistake(std::filesystem::path const& file) {
    std::error_code error;
    bool const is_file = std::filesystem::is_regular_file(file, error);
    auto const name = path_in_quotes(file);
    if (error || (!is_file && !std::filesystem::exists(file, error))) {
        auto const reason =
            error ? error : std::make_error_code(std::errc::no_such_file_or_directory);
        return Mistake{"cannot read " + name + ": " + reason.message()};
    }
    if (!is_file) return Mistake{name + " is not a regular file"};
    if (::access(file.c_str(), R_OK) != 0) {
        return Mistake{
            "cannot read " + name + ": " +
            std::error_code(errno, std::generic_category()).message()};
    }
    return std::nullopt;
}

// Of the files that are there.
void check_contents(TlsConfig const& tls, std::string const& pointer, Violations& violations) {
    for (auto const& found : http::check_tls_files(tls)) {
        auto const setting = std::find_if(
            file_settings.begin(),
            file_settings.end(),
            [&found](FileSetting const& candidate) { return candidate.key == found.key; }
        );
        violations.add_once(
            append_json_pointer(pointer, found.key),
            path_in_quotes(*(tls.*setting->member)) + " " + found.fault.text
        );
    }
}

template <class T>
void replace(std::optional<T>& inherited, std::optional<T>& own) {
    if (own) inherited = std::move(own);
}

}  // namespace

TlsConfig read_tls_config(
    boost::json::value const& value,
    std::string const& pointer,
    TlsConfig inherited,
    ConfigSources const& sources,
    Violations& violations
) {
    if (value.is_null()) return {};
    auto const object = ObjectReader::open(value, pointer, tls_keys, violations);
    if (!object) return inherited;
    TlsConfig own;
    for (auto const& setting : file_settings) {
        if (auto const path = object->text(setting.key)) {
            own.*setting.member = sources.base_directory / std::filesystem::path(*path);
        }
    }
    if (auto const pin = object->text("pinned_public_key")) {
        own.pinned_public_key = std::string(*pin);
    }
    auto const check = sources.allow_files ? check_tls_config : check_tls_settings;
    check(own, pointer, violations);

    replace(inherited.ca_file, own.ca_file);
    replace(inherited.client_certificate, own.client_certificate);
    replace(inherited.client_key, own.client_key);
    replace(inherited.pinned_public_key, own.pinned_public_key);
    replace(inherited.crl_file, own.crl_file);
    return inherited;
}

void check_tls_config(TlsConfig const& tls, std::string const& pointer, Violations& violations) {
    check_tls_settings(tls, pointer, violations);
    TlsConfig readable = tls;
    for (auto const& setting : file_settings) {
        auto& file = readable.*setting.member;
        if (file && file_mistake(*file)) file.reset();
    }
    check_contents(readable, pointer, violations);
}

void check_tls_settings(TlsConfig const& tls, std::string const& pointer, Violations& violations) {
    for (auto const& setting : file_settings) {
        auto const& file = tls.*setting.member;
        auto const mistake = file ? file_mistake(*file) : std::nullopt;
        if (mistake) violations.add_once(append_json_pointer(pointer, setting.key), mistake->text);
    }
    if (tls.pinned_public_key && !http::read_key_pin(*tls.pinned_public_key)) {
        violations.add(
            append_json_pointer(pointer, "pinned_public_key"),
            "must be the Base64 of a SHA-256 (44 characters, the last one =)"
        );
    }
    if (tls.client_certificate.has_value() != tls.client_key.has_value()) {
        violations.add_if_new(
            append_json_pointer(pointer, tls.client_key ? "client_certificate" : "client_key"),
            "is missing: client_certificate and client_key go together"
        );
    }
}

}  // namespace otp::config
