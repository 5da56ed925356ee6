#pragma once

#include "delivery/guard/guard.hpp"
#include "delivery/run/reference_source.hpp"
#include "delivery/run/waiting_operation.hpp"

#include <otp/observer.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/random_source.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace otp::delivery {

/// What all operations of a client share. Belongs to its executor.
struct Environment {
    std::shared_ptr<Clock> clock;
    std::shared_ptr<RandomSource> random;
    std::shared_ptr<ReferenceSource> references;
    /// What operations run on: one thread, or a strand.
    boost::asio::any_io_executor executor;
    /// Empty: nobody listens.
    std::vector<std::shared_ptr<Observer>> observers;
    /// Operations that wait before an attempt.
    WaitingOperations waits{};
    /// The client was closed: nothing further begins.
    bool closed{false};
    /// Operations that have begun.
    std::uint64_t operations{0};
    /// Null: every operation may begin.
    std::shared_ptr<Guard> guard{};
};

}  // namespace otp::delivery
