#include "client/plan_for.hpp"

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

Result<delivery::Plan> plan_for(
    delivery::Roster const& roster, SendTarget const& target, SendOtp const& request
) {
    if (!target.is_route()) {
        if (auto plan = roster.instance(target.name())) return std::move(*plan);
        return no_such("instance", target.name(), roster.instance_names());
    }
    auto const* const route = roster.route(target.name());
    if (route == nullptr) return no_such("route", target.name(), roster.route_names());
    return route->plan(request);
}

Result<delivery::Plan> preview_for(
    delivery::Roster const& roster, SendTarget const& target, SendOtp const& request
) {
    auto const* const route = target.is_route() ? roster.route(target.name()) : nullptr;
    if (route != nullptr) return route->preview(request);
    return plan_for(roster, target, request);
}

Result<delivery::Plan> sender_of(delivery::Roster const& roster, VerificationHandle const& handle) {
    auto found = roster.instance(handle.instance());
    if (!found) {
        return Error(
            ErrorCategory::config_invalid,
            "the code was sent by instance " + vendor_identifier(handle.instance()) +
                ", which the configuration does not have; only it can verify the code: check it "
                "with the configuration that it was sent with"
        );
    }
    auto const& config = (*found)[0]->config;
    if (config.vendor != handle.vendor()) {
        return Error(
            ErrorCategory::config_invalid,
            "the code was sent through " + vendor_identifier(handle.vendor()) + ", but instance " +
                config.name + " is now one of " + config.vendor +
                "; check it with the configuration that it was sent with"
        );
    }
    return std::move(*found);
}

}  // namespace otp
