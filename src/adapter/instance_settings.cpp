#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <algorithm>
#include <utility>

namespace otp::adapter {
namespace {

template <class Names>
std::string join(Names const& names, std::string_view separator) {
    std::string text;
    for (auto const& name : names) {
        if (!text.empty()) text += separator;
        text += name;
    }
    return text;
}

std::string describe_alternatives(std::vector<std::vector<std::string>> const& alternatives) {
    std::vector<std::string> sets;
    sets.reserve(alternatives.size());
    for (auto const& names : alternatives) sets.push_back(join(names, " and "));
    return join(sets, ", or ");
}

bool contains(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

InstanceSettings::InstanceSettings(InstanceConfig const& instance, VendorDescription const& vendor)
    : instance_(instance), vendor_(vendor) {
    check_credentials();
    for (auto const& [name, value] : instance.options) {
        bool const known = std::any_of(
            vendor.options.begin(),
            vendor.options.end(),
            [&wanted = name](auto const& option) { return option.name == wanted; }
        );
        if (known) continue;
        std::vector<std::string> names;
        for (auto const& option : vendor.options) names.push_back(option.name);
        refuse(
            append_json_pointer("/options", name),
            names.empty() ? "unknown option; this vendor has none"
                          : "unknown option; valid: " + join(names, ", ")
        );
    }
    if (!instance.environment.empty() && !contains(vendor.environments, instance.environment)) {
        refuse(
            "/environment",
            vendor.environments.empty() ? "this vendor has no environments"
                                        : "must be " + join(vendor.environments, " or ")
        );
    }
}

void InstanceSettings::check_credentials() {
    auto const& alternatives = vendor_.credentials;
    if (alternatives.empty()) return;
    auto const& given = instance_.credentials;

    // The alternative that the configuration means: the one with the fewest missing names, and of
    // those the one with the most given names.
    auto const given_names = [&](std::vector<std::string> const& names) {
        return static_cast<std::size_t>(std::count_if(
            names.begin(), names.end(), [&](auto const& name) { return given.contains(name); }
        ));
    };
    std::size_t best = 0;
    for (std::size_t index = 1; index < alternatives.size(); ++index) {
        std::size_t const here = given_names(alternatives[index]);
        std::size_t const there = given_names(alternatives[best]);
        std::size_t const missing_here = alternatives[index].size() - here;
        std::size_t const missing_there = alternatives[best].size() - there;
        bool const better = there == 0
                                ? here > 0
                                : here > 0 && (missing_here < missing_there ||
                                               (missing_here == missing_there && here > there));
        if (better) best = index;
    }
    credential_set_ = best;

    auto const& wanted = alternatives[best];
    if (given.empty() && alternatives.size() > 1) {
        refuse("/credentials", "missing: " + describe_alternatives(alternatives));
    } else {
        for (auto const& name : wanted) {
            if (!given.contains(name)) {
                refuse(append_json_pointer("/credentials", name), "missing");
            }
        }
    }
    for (auto const& [name, value] : given) {
        std::string const pointer = append_json_pointer("/credentials", name);
        bool const belongs_to_another = std::any_of(
            alternatives.begin(),
            alternatives.end(),
            [&sought = name](auto const& names) { return contains(names, sought); }
        );
        if (!contains(wanted, name)) {
            refuse(
                pointer,
                (belongs_to_another ? "cannot be combined with the other credentials; give "
                                    : "unknown credential; give ") +
                    describe_alternatives(alternatives)
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
