#pragma once

#include "delivery/roster/token_source.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/seam/transport.hpp>

#include <memory>

namespace otp::delivery {

/// A configured instance, ready to work.
struct Instance {
    InstanceConfig config;
    std::unique_ptr<ProviderAdapter> adapter;
    std::shared_ptr<Transport> transport;
    /// Null if the adapter needs no token.
    std::shared_ptr<TokenSource> tokens;
};

}  // namespace otp::delivery
