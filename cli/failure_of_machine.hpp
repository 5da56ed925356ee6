#pragma once

#include <otp/error.hpp>

#include <exception>

namespace otp::cli {

/// An exception that no function of the SDK documents: what this machine could not give (memory,
/// descriptors), with the system's own reason and, of descriptors, what to do; `internal` for
/// anything else, whose text is not ours and may quote what must not be shown.
[[nodiscard]] Error failure_of_machine(std::exception const& exception, Delivery delivery);

}  // namespace otp::cli
