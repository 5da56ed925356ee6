#pragma once

#include "exchange.hpp"
#include "id_source.hpp"
#include "inbox.hpp"
#include "script.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <string_view>

namespace otp::mocks {

/// What all mock vendors share. The vendors run one at a time.
struct MockWorld {
    explicit MockWorld(MockOptions const& settings)
        : options(settings), inbox(settings.now), ids(settings.seed) {}

    [[nodiscard]] MockOptions::Time now() const { return options.now(); }

    /// `now` is set.
    MockOptions options;
    Inbox inbox;
    IdSource ids;
};

/// One vendor's side of the wire.
class VendorMock {
public:
    virtual ~VendorMock() = default;

    /// The vendor's name in configurations; also its path prefix.
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    [[nodiscard]] virtual MockResponse handle(MockRequest const& request) = 0;
    [[nodiscard]] virtual Script const& script() const noexcept = 0;
    /// Forgets everything but the credentials.
    virtual void reset() {}
    virtual void revoke_tokens() {}
};

}  // namespace otp::mocks
