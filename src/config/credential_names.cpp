#include "config/credential_names.hpp"

#include "config/wording.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <cstddef>

namespace otp::config {

namespace {

using Way = std::vector<std::string>;

std::size_t count_given(Way const& way, std::set<std::string_view> const& given) {
    return static_cast<std::size_t>(std::count_if(
        way.begin(), way.end(), [&](std::string const& name) { return given.contains(name); }
    ));
}

// "token", or "username" and "password"
std::string all_ways(VendorDescription const& vendor) {
    std::string text;
    for (auto const& way : vendor.credentials) {
        std::vector<std::string_view> const names(way.begin(), way.end());
        text += (text.empty() ? "" : ", or ") + listed(names, "and");
    }
    return text;
}

}  // namespace

std::vector<std::string_view> credential_names(VendorDescription const& vendor) {
    std::vector<std::string_view> names;
    for (auto const& way : vendor.credentials) {
        for (auto const& name : way) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                names.emplace_back(name);
            }
        }
    }
    return names;
}

void check_credential_names(
    VendorDescription const& vendor,
    std::set<std::string_view> const& given,
    std::string const& pointer,
    Violations& violations
) {
    if (vendor.credentials.empty()) {
        return;
    }
    Way const* closest = &vendor.credentials.front();
    std::size_t most = count_given(*closest, given);
    for (auto const& way : vendor.credentials) {
        auto const count = count_given(way, given);
        if (count == way.size()) {
            return;
        }
        if (count > most) {
            closest = &way;
            most = count;
        }
    }
    auto const needed = vendor.name + " needs " + all_ways(vendor);
    if (most == 0 && vendor.credentials.size() > 1) {
        violations.add(pointer, "incomplete: " + needed);
        return;
    }
    for (auto const& name : *closest) {
        if (!given.contains(name)) {
            violations.add(append_json_pointer(pointer, name), "is missing: " + needed);
        }
    }
}

}  // namespace otp::config
