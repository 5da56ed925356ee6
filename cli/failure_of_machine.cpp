#include "failure_of_machine.hpp"

#include <boost/system/system_error.hpp>

#include <new>
#include <string>
#include <system_error>

namespace otp::cli {

namespace {

/// The system's reason, and what to do if it is clear.
[[nodiscard]] std::string explain(std::error_code const& code) {
    if (code == std::errc::too_many_files_open) {
        return code.message() + ": raise the limit (ulimit -n)";
    }
    return code.message();
}

[[nodiscard]] Error refused(std::string const& reason, Delivery delivery) {
    return Error(
        ErrorCategory::connect_failed,
        "this machine refuses what the program needs: " + reason,
        delivery
    );
}

}  // namespace

Error failure_of_machine(std::exception const& exception, Delivery delivery) {
    if (auto const* const standard = dynamic_cast<std::system_error const*>(&exception)) {
        return refused(explain(standard->code()), delivery);
    }
    if (auto const* const boost = dynamic_cast<boost::system::system_error const*>(&exception)) {
        return refused(explain(boost->code()), delivery);
    }
    if (dynamic_cast<std::bad_alloc const*>(&exception) != nullptr) {
        return refused("no memory is left", delivery);
    }
    return Error(ErrorCategory::internal, {}, delivery);
}

}  // namespace otp::cli
