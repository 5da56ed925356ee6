#pragma once

#include "delivery/roster/condition.hpp"
#include "delivery/roster/token_source.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/seam/transport.hpp>

#include <memory>
#include <string>

namespace otp::delivery {

/// A configured instance, ready to work.
struct Instance {
    InstanceConfig config;
    std::shared_ptr<ProviderAdapter const> adapter;
    std::shared_ptr<Transport> transport;
    /// Null if the adapter needs no token.
    std::shared_ptr<TokenSource> tokens;
    std::shared_ptr<Condition> condition;
    /// Stands for all that it was made from.
    std::string settings_digest;
};

}  // namespace otp::delivery
