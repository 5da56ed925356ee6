#pragma once

#include "delivery/roster/roster.hpp"

#include <otp/client.hpp>

#include <memory>

namespace otp {

/// Makes the instances of a configuration that has been checked, each with its adapter and its
/// transports, which run on `work_executor`. Throws `ErrorException`: `config_invalid`, or
/// `connect_failed` if the process has no descriptor or memory left. Instances of `before`, which
/// may be null, that would be made from the same are taken over as they are.
[[nodiscard]] std::shared_ptr<delivery::Roster const> make_roster(
    ClientConfig config,
    ClientOptions const& options,
    boost::asio::any_io_executor const& work_executor,
    delivery::Roster const* before
);

}  // namespace otp
