#include "failure_of_machine.hpp"

#include <boost/system/system_error.hpp>

#include <new>
#include <string>
#include <system_error>

namespace otp::cli {

namespace {

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
        return refused(standard->code().message(), delivery);
    }
    if (auto const* const boost = dynamic_cast<boost::system::system_error const*>(&exception)) {
        return refused(boost->code().message(), delivery);
    }
    if (dynamic_cast<std::bad_alloc const*>(&exception) != nullptr) {
        return refused("no memory is left", delivery);
    }
    return Error(ErrorCategory::internal, {}, delivery);
}

}  // namespace otp::cli
