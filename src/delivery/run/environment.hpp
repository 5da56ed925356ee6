#pragma once

#include "delivery/run/reference_source.hpp"

#include <otp/observer.hpp>
#include <otp/seam/clock.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace otp::delivery {

/// What all operations of a client share.
struct Environment {
    std::shared_ptr<Clock> clock;
    std::shared_ptr<ReferenceSource> references;
    /// What operations run on: one thread, or a strand.
    boost::asio::any_io_executor executor;
    /// Null: nobody listens.
    std::shared_ptr<Observer> observer;
};

}  // namespace otp::delivery
