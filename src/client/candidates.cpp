#include "client/candidates.hpp"

#include "config/wording.hpp"

#include <string_view>
#include <vector>

namespace otp {

namespace {

Error no_such(
    std::string_view kind, std::string_view name, std::vector<std::string_view> const& known
) {
    // Whatever a caller takes for a name, a number or an address is not shown.
    return Error(
        ErrorCategory::config_invalid, config::unknown_name(kind, vendor_identifier(name), known)
    );
}

}  // namespace

Result<delivery::Candidates> candidates_for(
    delivery::Roster const& roster, SendTarget const& target
) {
    auto const found =
        target.is_route() ? roster.route(target.name()) : roster.instance(target.name());
    if (found) return *found;
    return target.is_route() ? no_such("route", target.name(), roster.route_names())
                             : no_such("instance", target.name(), roster.instance_names());
}

Result<delivery::Candidates> sender_of(
    delivery::Roster const& roster, VerificationHandle const& handle
) {
    auto const found = roster.instance(handle.instance());
    if (!found) {
        return Error(
            ErrorCategory::config_invalid,
            "the code was sent by instance " + vendor_identifier(handle.instance()) +
                ", which the configuration does not have; only it can verify the code: check it "
                "with the configuration that it was sent with"
        );
    }
    auto const& config = found->front()->config;
    if (config.vendor != handle.vendor()) {
        return Error(
            ErrorCategory::config_invalid,
            "the code was sent through " + vendor_identifier(handle.vendor()) + ", but instance " +
                config.name + " is now one of " + config.vendor +
                "; check it with the configuration that it was sent with"
        );
    }
    return *found;
}

}  // namespace otp
