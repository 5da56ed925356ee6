#include "config/stand_ins.hpp"

#include "config/wording.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <string>
#include <string_view>

namespace otp::config {

namespace {

bool is_live(std::string_view environment) {
    return adapter::equal_ignoring_case(environment, "live") ||
           adapter::equal_ignoring_case(environment, "production");
}

/// As far as can be told: what is wrong with the instance is reported elsewhere.
bool is_live(InstanceConfig const& instance, VendorRegistry const& vendors) {
    if (!instance.environment.empty()) return is_live(instance.environment);
    auto const adapter = vendors.make_adapter(instance);
    return adapter.has_value() && is_live((*adapter)->environment());
}

/// The first live instance that is a real one; null if there is none.
InstanceConfig const* find_live(ClientConfig const& config, VendorRegistry const& vendors) {
    for (auto const& instance : config.instances) {
        auto const* const vendor = vendors.find(instance.vendor);
        bool const is_real = vendor != nullptr && !vendor->stand_in;
        if (is_real && is_live(instance, vendors)) return &instance;
    }
    return nullptr;
}

bool is_permitted(InstanceConfig const& instance, StandIn const& stand_in) {
    auto const given = instance.options.find(stand_in.permission);
    return given != instance.options.end() && given->second == "true";
}

std::string refusal(std::string const& live, StandIn const& stand_in) {
    auto text =
        "stands for a vendor in tests and demonstrations, with codes that others may know, "
        "and cannot be used together with the live instance " +
        in_quotes(live);
    if (!stand_in.permission.empty()) {
        text += "; whoever means it gives it the option " + stand_in.permission;
    }
    return text;
}

}  // namespace

void check_stand_ins(
    ClientConfig const& config, VendorRegistry const& vendors, Violations& violations
) {
    InstanceConfig const* live = nullptr;
    for (auto const& instance : config.instances) {
        auto const* const vendor = vendors.find(instance.vendor);
        if (vendor == nullptr || !vendor->stand_in) continue;
        if (live == nullptr) live = find_live(config, vendors);
        if (live == nullptr) return;
        auto const pointer =
            append_json_pointer(append_json_pointer("/instances", instance.name), "vendor");
        if (is_permitted(instance, *vendor->stand_in)) {
            violations.warn(
                pointer,
                in_quotes(instance.name) + " is no vendor, and stands beside the live instance " +
                    in_quotes(live->name) + ", as its option " + vendor->stand_in->permission +
                    " permits: whoever knows its codes can log in"
            );
        } else {
            violations.add(
                pointer, in_quotes(instance.name) + ' ' + refusal(live->name, *vendor->stand_in)
            );
        }
    }
}

}  // namespace otp::config
