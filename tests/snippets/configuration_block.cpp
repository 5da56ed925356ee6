#include "snippets/configuration_block.hpp"

#include "support/certificate_authority.hpp"

#include <otp/testing/simulator.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace otp::docs {

namespace fs = std::filesystem;

namespace {

/// A folder of its own that is deleted with its content.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "otp-docs-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    void add(fs::path const& name, std::string_view content) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << content;
        fs::permissions(path_ / name, fs::perms::owner_read | fs::perms::owner_write);
    }
    [[nodiscard]] fs::path const& path() const noexcept { return path_; }

private:
    fs::path path_;
};

std::string content_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What the file is to hold that a text names so: `"ca_file": "`.
std::string content_for(std::string_view named_by) {
    if (named_by.find("ca_file") != named_by.npos) {
        return content_of(test::test_authority().ca_file());
    }
    if (named_by.find("client_certificate") != named_by.npos) {
        return content_of(test::test_authority().certificate());
    }
    if (named_by.find("client_key") != named_by.npos) {
        return content_of(test::test_authority().key());
    }
    if (named_by.find("crl_file") != named_by.npos) {
        return content_of(test::test_authority().make_revocation_list());
    }
    return "fake-value-0123456789";
}

/// Makes the absolute paths of the text relative, and the files.
std::string with_files(std::string const& text, Folder const& folder) {
    std::regex const file(
        R"re((\$\{file:|"(?:ca_file|client_certificate|client_key|crl_file)": ")/?([^"}]+))re"
    );
    for (std::sregex_iterator found(text.begin(), text.end(), file), end; found != end; ++found) {
        folder.add((*found)[2].str(), content_for((*found)[1].str()));
    }
    std::regex const folders(R"re(("secret_folders": \[")/)re");
    return std::regex_replace(std::regex_replace(text, file, "$1$2"), folders, "$1");
}

std::optional<std::string> fake_variable(std::string const& name) {
    // No route is overridden.
    if (name.starts_with("OTP_ROUTE_")) return std::nullopt;
    bool const is_project = name.find("PROJECT_ID") != name.npos;
    return is_project ? "project-test-00000000-0000-0000-0000-000000000000"
                      : "fake-value-0123456789";
}

}  // namespace

Result<ClientConfig> parse_shown_config(std::string text) {
    Folder const folder;
    ConfigSources sources;
    sources.environment = fake_variable;
    sources.base_directory = folder.path();
    return parse_config(with_files(text, folder), testing::registry_with_simulator(), sources);
}

}  // namespace otp::docs
