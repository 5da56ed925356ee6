#pragma once

#include "cli/support/subprocess.hpp"
#include "support/temporary_directory.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

inline constexpr char const* all_vendors[] = {"spherepay", "loyaltydog", "10npay", "eko", "stytch"};

/// One person as all five vendors know them: the example values of the vendors' documents.
inline constexpr char const* example_phone = "+919002336768";
inline constexpr char const* example_customer = "customer_f31121c389624d3697cbf3ea8830b7a4";
inline constexpr char const* example_user = "2077";

/// The five mock vendors in this process, and a configuration file that points at them.
class MockSetup {
public:
    enum class Security { plain, tls };

    explicit MockSetup(Security security = Security::plain, mocks::MockOptions options = {});

    [[nodiscard]] mocks::MockVendors& vendors() noexcept { return *vendors_; }
    /// How many messages a vendor has sent.
    [[nodiscard]] std::size_t messages(std::string_view vendor) const {
        return vendors_->messages(vendor).size();
    }
    /// The name of a file in the setup's folder, and what stands in it.
    [[nodiscard]] std::string file(std::string_view name) const;
    [[nodiscard]] std::string read(std::string_view name) const;
    /// Writes such a file and returns its name.
    [[nodiscard]] std::string write(std::string_view name, std::string_view text) const;
    /// The configuration file.
    [[nodiscard]] std::string const& config() const noexcept { return config_; }

    /// The file again, with the route `login` using one instance only.
    void point_login_at(std::string_view instance);

    /// The code of the newest message of a vendor. Throws if there is none.
    [[nodiscard]] std::string newest_code(std::string_view vendor) const;

private:
    TemporaryDirectory folder_;
    std::unique_ptr<mocks::MockVendors> vendors_;
    std::string config_;
};

/// The options of `otp send` that name the example person.
[[nodiscard]] std::vector<std::string> example_person();

/// Another code of the same length.
[[nodiscard]] std::string wrong_code(std::string code);

/// Runs the `otp` program.
Finished otp_program(
    std::vector<std::string> const& arguments,
    std::string_view input = {},
    Environment const& extra = {}
);

/// One list after the other.
[[nodiscard]] std::vector<std::string> operator+(
    std::vector<std::string> first, std::vector<std::string> const& second
);

/// The texts that must never be shown: credentials of the mock vendors.
[[nodiscard]] std::vector<std::string> mock_secrets();

}  // namespace otp::test
