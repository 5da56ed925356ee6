#include "config/checked.hpp"

#include <otp/error.hpp>

namespace otp::config {

void throw_exception_from_error(
    Mistake const& mistake, boost::source_location const& /*location*/
) {
    throw ErrorException(Error(ErrorCategory::config_invalid, mistake.text));
}

}  // namespace otp::config
