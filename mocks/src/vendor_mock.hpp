#pragma once

#include "exchange.hpp"
#include "id_source.hpp"
#include "inbox.hpp"
#include "mock_clock.hpp"
#include "script.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <string_view>

namespace otp::mocks {

/// What all mock vendors share. The vendors run one at a time.
struct MockWorld {
    explicit MockWorld(MockOptions const& settings)
        : options(settings),
          clock(make_clock(settings)),
          inbox([this] { return now(); }),
          ids(settings.seed) {}
    MockWorld(MockWorld const&) = delete;
    MockWorld& operator=(MockWorld const&) = delete;

    [[nodiscard]] MockOptions::Time now() const { return clock.now(); }

    MockOptions options;
    MockClock clock;
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
