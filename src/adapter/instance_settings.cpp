#include "adapter/credential_ways.hpp"

#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/setting_names.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <algorithm>
#include <utility>

namespace otp::adapter {
namespace {

template <class Names>
bool contains(Names const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

InstanceSettings::InstanceSettings(InstanceConfig const& instance, VendorDescription const& vendor)
    : instance_(instance), vendor_(vendor) {
    if (!vendor.credentials.empty()) check_credentials();
}

void InstanceSettings::check_credentials() {
    credential_set_ = meant_credentials(*setting_names(instance_).credentials, vendor_);

    auto const known = credential_names(vendor_);
    auto const& wanted = vendor_.credentials[credential_set_];
    for (auto const& [name, value] : instance_.credentials) {
        if (!contains(known, name)) continue;
        std::string const pointer = append_json_pointer("/credentials", name);
        if (!contains(wanted, name)) {
            refuse(
                pointer,
                "cannot be combined with the other credentials; give " + credential_ways(vendor_)
            );
        } else if (value.empty()) {
            refuse(pointer, "is empty");
        } else if (has_control_character(value.reveal())) {
            refuse(pointer, "must not contain control characters or line breaks");
        }
    }
}

Secret InstanceSettings::credential(std::string_view name) const {
    auto const found = instance_.credentials.find(name);
    return found == instance_.credentials.end() ? Secret() : found->second.clone();
}

std::optional<std::string_view> InstanceSettings::find_option(std::string_view name) const {
    auto const found = instance_.options.find(name);
    if (found == instance_.options.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> InstanceSettings::option_text(
    std::string_view name, std::size_t max_length
) {
    auto const value = find_option(name);
    if (!value) return std::nullopt;
    if (value->empty() || utf8_length(*value) > max_length || has_control_character(*value) ||
        !is_utf8(*value)) {
        refuse(
            append_json_pointer("/options", name),
            "must be 1 to " + std::to_string(max_length) + " characters without control characters"
        );
        return std::nullopt;
    }
    return std::string(*value);
}

std::optional<bool> InstanceSettings::option_bool(std::string_view name) {
    auto const value = find_option(name);
    if (!value) return std::nullopt;
    auto const parsed = parse_bool(*value);
    if (!parsed) refuse(append_json_pointer("/options", name), "must be true or false");
    return parsed;
}

std::optional<std::int64_t> InstanceSettings::option_integer(
    std::string_view name, std::int64_t lowest, std::int64_t highest
) {
    auto const value = find_option(name);
    if (!value) return std::nullopt;
    auto const parsed = parse_integer(*value);
    if (!parsed || *parsed < lowest || *parsed > highest) {
        refuse(
            append_json_pointer("/options", name),
            "must be an integer from " + std::to_string(lowest) + " to " + std::to_string(highest)
        );
        return std::nullopt;
    }
    return parsed;
}

std::optional<HttpUrl> InstanceSettings::option_url(std::string_view name) {
    auto const value = find_option(name);
    if (!value) return std::nullopt;
    auto url = HttpUrl::parse_endpoint(*value);
    if (!url) {
        refuse(append_json_pointer("/options", name), url.error().message);
        return std::nullopt;
    }
    return std::move(*url);
}

std::string InstanceSettings::base_url(std::string_view documented_default) {
    if (!instance_.base_url) return std::string(documented_default);
    std::string_view text = *instance_.base_url;
    if (auto const url = HttpUrl::parse_endpoint(text); !url) {
        refuse("/base_url", url.error().message);
        return std::string(documented_default);
    }
    if (text.ends_with('/')) text.remove_suffix(1);
    return std::string(text);
}

void InstanceSettings::refuse(std::string_view pointer, std::string_view message) {
    violations_.push_back({std::string(pointer), std::string(message)});
}

Error InstanceSettings::error() const {
    Error error(ErrorCategory::config_invalid, "the instance is not configured correctly");
    error.instance = instance_.name;
    error.vendor = vendor_.name;
    error.violations = violations_;
    return error;
}

}  // namespace otp::adapter
