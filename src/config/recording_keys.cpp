#include "config/recording_keys.hpp"

#include <otp/json_body.hpp>

namespace otp::config {

void check_recording_keys(
    InstanceConfig const& instance, std::string const& pointer, Violations& violations
) {
    if (!instance.record || !instance.replay) return;
    violations.add(
        append_json_pointer(pointer, "replay"),
        "cannot be used together with record: what would be recorded has been recorded already"
    );
}

}  // namespace otp::config
