#pragma once

#include "cli/support/mock_setup.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace otp::test {

/// A number that any vendor sends to.
inline constexpr char const* ordinary_phone = "+919002336768";
/// Ones that Eko answers in its own way; Stytch sends to them.
inline constexpr char const* phone_of_429 = "+919000400004";  // Retry-After: 30
inline constexpr char const* phone_of_500 = "+919000200500";

/// A route `login` that uses Eko, then Stytch, the mocks of both, and what came of sending there.
class TwoVendors {
public:
    TwoVendors();

    [[nodiscard]] mocks::MockVendors& vendors() noexcept { return setup_.vendors(); }
    [[nodiscard]] MockSetup const& setup() const noexcept { return setup_; }
    [[nodiscard]] std::string const& config() const noexcept { return setup_.config(); }
    void move_eko_to(std::string_view base_url);
    /// Changes a setting of Eko's instance, or of the route.
    void set_eko(std::string_view name, boost::json::value value);
    void set_route(std::string_view name, boost::json::value value);

    /// Runs `otp send` along the route.
    [[nodiscard]] Finished send(std::string_view phone, std::vector<std::string> const& more = {})
        const;
    [[nodiscard]] std::size_t sent_by(std::string_view vendor) const;

private:
    void save();

    MockSetup setup_;
    boost::json::object document_;
};

/// An address of this machine where every connection is refused.
class RefusingAddress {
public:
    RefusingAddress();
    RefusingAddress(RefusingAddress const&) = delete;
    RefusingAddress& operator=(RefusingAddress const&) = delete;
    ~RefusingAddress();

    [[nodiscard]] std::string base_url() const;

private:
    int socket_;
};

}  // namespace otp::test
