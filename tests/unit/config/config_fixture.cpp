#include "config_fixture.hpp"

#include "support/certificate_authority.hpp"

#include <otp/adapter/provider_adapter.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace otp::test {

namespace {

// Answers nothing but what a configuration asks of an adapter.
class ConfigOnlyAdapter : public ProviderAdapter {
public:
    explicit ConfigOnlyAdapter(VendorDescription description)
        : description_(std::move(description)) {}

    VendorDescription const& vendor() const noexcept override { return description_; }
    std::string const& base_url() const noexcept override { return base_url_; }
    Result<HttpRequest> encode_send(SendOtp const&, AttemptContext const&) const override {
        return Error(ErrorCategory::unsupported);
    }
    Result<SendReceipt> decode_send(SendOtp const&, HttpResponse const&, AttemptContext const&)
        const override {
        return Error(ErrorCategory::unsupported);
    }
    Result<HttpRequest> encode_verify(VerifyOtp const&, AttemptContext const&) const override {
        return Error(ErrorCategory::unsupported);
    }
    Result<Verification> decode_verify(VerifyOtp const&, HttpResponse const&, AttemptContext const&)
        const override {
        return Error(ErrorCategory::unsupported);
    }

private:
    VendorDescription description_;
    std::string base_url_{"https://api.example.com"};
};

VendorDescription acme() {
    VendorDescription description;
    description.name = "acme";
    description.credentials = {{"api_key"}, {"username", "password"}};
    description.options = {{"sender", "who it is from"}, {"retries", "how often"}};
    description.environments = {"test", "live"};
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_acme(InstanceConfig const& instance) {
    Error error(ErrorCategory::config_invalid, "acme cannot be used");
    auto const sender = instance.options.find("sender");
    if (sender != instance.options.end() && sender->second.size() > 8) {
        error.violations.push_back({"/options/sender", "must have at most 8 characters"});
    }
    auto const key = instance.credentials.find("api_key");
    if (key != instance.credentials.end() && !key->second.reveal().starts_with("key-")) {
        error.violations.push_back({"/credentials/api_key", "must begin with key-"});
    }
    if (instance.credentials.empty()) {
        error.violations.push_back({"/credentials", "are missing, says the adapter"});
    }
    if (!error.violations.empty()) return error;
    return std::unique_ptr<ProviderAdapter>(std::make_unique<ConfigOnlyAdapter>(acme()));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "otp-config-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), "mkdtemp");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(
    std::string const& name, std::string_view text, unsigned mode
) const {
    auto const file = path_ / name;
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream || ::chmod(file.c_str(), static_cast<mode_t>(mode)) != 0) {
        throw std::runtime_error("cannot write " + file.string());
    }
    return file;
}

VendorRegistry test_vendors() {
    VendorRegistry vendors;
    vendors.add(acme(), make_acme);
    VendorDescription free;
    free.name = "free";
    vendors.add(free, [free](InstanceConfig const&) -> Result<std::unique_ptr<ProviderAdapter>> {
        return std::unique_ptr<ProviderAdapter>(std::make_unique<ConfigOnlyAdapter>(free));
    });
    return vendors;
}

ConfigFixture::ConfigFixture() : environment{{"ACME_KEY", "key-of-acme"}, {"EMPTY", ""}} {
    folder.write("secret", "key-of-acme-in-a-file\n");
}

void ConfigFixture::add_tls_files() const {
    auto const& authority = test_authority();
    std::filesystem::copy(authority.ca_file(), folder.path() / "ca.pem");
    std::filesystem::copy(authority.certificate(), folder.path() / "client.pem");
    std::filesystem::copy(authority.key(), folder.path() / "client.key");
    std::filesystem::copy(authority.make_revocation_list(), folder.path() / "revoked.pem");
}

ConfigSources ConfigFixture::sources() const {
    ConfigSources sources;
    sources.environment = [values =
                               environment](std::string const& name) -> std::optional<std::string> {
        auto const found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
    sources.environment_names = [values = environment] {
        std::vector<std::string> names;
        for (auto const& variable : values) names.push_back(variable.first);
        return names;
    };
    sources.base_directory = folder.path();
    sources.allow_files = allow_files;
    return sources;
}

Result<ClientConfig> ConfigFixture::parse(std::string_view text) const {
    return parse_config(text, vendors, sources());
}

std::vector<std::string> ConfigFixture::mistakes(std::string_view text) const {
    auto const config = parse(text);
    return config ? std::vector<std::string>{"accepted"} : lines(config.error());
}

std::vector<std::string> lines(Error const& error) {
    std::vector<std::string> result;
    for (auto const& violation : error.violations) {
        result.push_back(violation.pointer + ": " + violation.message);
    }
    return result;
}

}  // namespace otp::test
