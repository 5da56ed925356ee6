#pragma once

#include <otp/config.hpp>
#include <otp/vendor_registry.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

/// A folder of its own that is deleted with its content.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

    /// Writes a file with these permissions and answers its path.
    std::filesystem::path write(
        std::string const& name, std::string_view text, unsigned mode = 0600
    ) const;

private:
    std::filesystem::path path_;
};

/// Two vendors that only configurations know:
/// - `acme` needs `api_key`, or `username` and `password`; it has the environments `test` and
///   `live`, and the options `sender` and `retries`. Its adapter refuses a sender of more than 8
///   characters and an `api_key` that does not begin with `key-`.
/// - `free` needs nothing.
[[nodiscard]] VendorRegistry test_vendors();

/// A folder with the file `secret` (0600), and an environment that the test may change.
class ConfigFixture {
public:
    ConfigFixture();

    /// Makes `ca.pem`, `client.pem`, `client.key` and `revoked.pem` in the folder, which are what
    /// their names say.
    void add_tls_files() const;

    [[nodiscard]] ConfigSources sources() const;
    [[nodiscard]] Result<ClientConfig> parse(std::string_view text) const;

    /// The violations of a text that must be refused, as `pointer: message`.
    [[nodiscard]] std::vector<std::string> mistakes(std::string_view text) const;

    TemporaryFolder folder;
    std::map<std::string, std::string> environment;
    VendorRegistry vendors{test_vendors()};
    bool allow_files{true};
};

/// The violations as `pointer: message`.
[[nodiscard]] std::vector<std::string> lines(Error const& error);

}  // namespace otp::test
