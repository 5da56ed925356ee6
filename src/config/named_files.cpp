#include "config/named_files.hpp"

#include "config/json_text.hpp"
#include "config/secret_reference.hpp"
#include "http/tls/trusted_file.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace otp::config {

namespace {

namespace fs = std::filesystem;

struct TlsFile {
    std::string_view key;
    std::optional<fs::path> TlsConfig::*member;
};

constexpr auto files_of_tls = std::to_array<TlsFile>(
    {{"ca_file", &TlsConfig::ca_file},
     {"client_certificate", &TlsConfig::client_certificate},
     {"client_key", &TlsConfig::client_key},
     {"crl_file", &TlsConfig::crl_file}}
);

bool is_file_of_tls(std::string_view key) {
    return std::any_of(files_of_tls.begin(), files_of_tls.end(), [key](TlsFile const& file) {
        return file.key == key;
    });
}

/// Goes through a document, however wrong it is.
class NamedFiles {
public:
    explicit NamedFiles(fs::path const& base_directory) : base_directory_(base_directory) {}

    void add_from(boost::json::value const& value) {
        if (auto const* const object = value.if_object()) {
            for (auto const& member : *object) {
                if (member.key() == "tls") add_tls(member.value());
                add_from(member.value());
            }
        } else if (auto const* const array = value.if_array()) {
            for (auto const& element : *array) add_from(element);
        } else if (auto const* const text = value.if_string()) {
            if (auto const path = referred(*text, "${file:")) add(*path);
        }
    }

    [[nodiscard]] std::vector<fs::path> take() { return std::move(files_); }

private:
    void add_tls(boost::json::value const& tls) {
        auto const* const object = tls.if_object();
        if (object == nullptr) return;
        for (auto const& member : *object) {
            auto const* const path = member.value().if_string();
            if (path != nullptr && is_file_of_tls(member.key())) add(*path);
        }
    }

    void add(std::string_view path) {
        bool const is_path = !path.empty() && path.find('\0') == path.npos;
        if (is_path) files_.push_back(base_directory_ / fs::path(path));
    }

    fs::path const& base_directory_;
    std::vector<fs::path> files_;
};

}  // namespace

std::optional<std::vector<fs::path>> named_files(
    std::string_view text, fs::path const& base_directory
) {
    Violations of_no_interest;
    auto const document = parse_json_text(text, of_no_interest);
    if (!document) return std::nullopt;
    NamedFiles files(base_directory);
    files.add_from(*document);
    return files.take();
}

std::optional<std::vector<fs::path>> files_named_in(fs::path const& config_file) {
    auto const text = http::read_trusted_file(config_file);
    if (!text) return std::nullopt;
    return named_files(*text, config_file.parent_path());
}

std::vector<fs::path> tls_files(ClientConfig const& config) {
    std::vector<fs::path> files;
    for (auto const& instance : config.instances) {
        for (auto const& file : files_of_tls) {
            auto const& path = instance.tls.*file.member;
            if (path) files.push_back(*path);
        }
    }
    return files;
}

}  // namespace otp::config
