#include "config/wording.hpp"

#include <otp/config.hpp>
#include <otp/vendor_registry.hpp>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace otp {

namespace {

// Far beyond every configuration; a device or a wrong file must not fill the memory.
constexpr std::size_t max_config_bytes = std::size_t{1024} * 1024;

Error cannot_read(std::filesystem::path const& file, std::string const& reason) {
    return Error(
        ErrorCategory::config_invalid,
        "cannot read the configuration " + config::path_in_quotes(file) + ": " + reason
    );
}

Result<std::string> read_text(std::filesystem::path const& file) {
    std::error_code ignored;  // whatever it is, opening the file meets it again
    if (std::filesystem::is_directory(file, ignored)) return cannot_read(file, "it is a folder");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return cannot_read(file, std::generic_category().message(errno));
    std::string text(max_config_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) return cannot_read(file, "reading failed");
    if (text.size() > max_config_bytes) return cannot_read(file, "it is longer than 1 MiB");
    return text;
}

Result<ClientConfig> load(std::filesystem::path const& file, VendorRegistry const& vendors) {
    auto const text = read_text(file);
    if (!text) return text.error();
    auto sources = ConfigSources::process();
    sources.base_directory = file.parent_path();
    auto config = parse_config(*text, vendors, sources);
    if (!config) {
        auto error = config.error();
        error.message = config::path_in_quotes(file) + ": " + error.message;
        return error;
    }
    return config;
}

}  // namespace

ConfigSources ConfigSources::process() {
    ConfigSources sources;
    sources.environment = [](std::string const& name) -> std::optional<std::string> {
        auto const* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
        if (value == nullptr) return std::nullopt;
        return std::string(value);
    };
    sources.environment_names = [] {
        std::vector<std::string> names;
        for (auto* const* entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
            std::string_view const assignment(*entry);
            names.emplace_back(assignment.substr(0, assignment.find('=')));
        }
        return names;
    };
    return sources;
}

ClientConfig load_config(std::filesystem::path const& file, VendorRegistry const& vendors) {
    return load(file, vendors).value();
}

ClientConfig load_config(std::filesystem::path const& file) {
    return load_config(file, VendorRegistry::built_in());
}

}  // namespace otp
