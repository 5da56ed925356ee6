#include "common/instance_settings.hpp"

#include "common/text_check.hpp"

#include <otp/json_body.hpp>

#include <boost/url/host_type.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace otp::common {
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

bool is_loopback(boost::urls::url_view const& url) {
    switch (url.host_type()) {
        case boost::urls::host_type::ipv4:
            return url.host_ipv4_address().is_loopback();
        case boost::urls::host_type::ipv6:
            return url.host_ipv6_address().is_loopback();
        case boost::urls::host_type::name:
            return equal_ignoring_case(url.host_name(), "localhost");
        default:
            return false;
    }
}

/// Whether the host is an address, or made of what names are made of.
bool has_plain_host(boost::urls::url_view const& url) {
    if (url.host_type() != boost::urls::host_type::name) {
        return url.host_type() == boost::urls::host_type::ipv4 ||
               url.host_type() == boost::urls::host_type::ipv6;
    }
    auto const host = url.encoded_host();
    return std::all_of(host.begin(), host.end(), [](char c) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool const digit = c >= '0' && c <= '9';
        return letter || digit || c == '-' || c == '.' || c == '_';
    });
}

}  // namespace

std::string_view url_problem(std::string_view text) noexcept {
    auto const parsed = boost::urls::parse_uri(text);
    if (!parsed) return "must be an absolute URL such as https://host/path";
    boost::urls::url_view const& url = *parsed;
    if (url.host_type() == boost::urls::host_type::none || url.encoded_host().empty()) {
        return "must have a host";
    }
    // Boost.URL 1.81 takes http://127.0.0.1.example.com for the host 127.0.0.1 and a path.
    auto const after_scheme = text.substr(std::min(text.find("//") + 2, text.size()));
    auto const seen = url.encoded_authority();
    if (after_scheme.substr(0, after_scheme.find_first_of("/?#")) !=
        std::string_view(seen.data(), seen.size())) {
        return "must have a valid host";
    }
    // `%0d%0a` in it would end a line of a request, and another encoding names another host to
    // whoever decodes it.
    if (!has_plain_host(url)) return "must have a valid host";
    bool const plain = url.scheme_id() == boost::urls::scheme::http;
    if (!plain && url.scheme_id() != boost::urls::scheme::https) return "must start with https://";
    if (url.has_userinfo()) return "must not contain a user or password";
    if (url.has_query() || url.has_fragment()) return "must not have a query or fragment";
    if (url.has_port()) {
        // An empty port (`https://host:/`) is the scheme's own.
        auto const port = url.port();
        // Leading zeros count for nothing (RFC 3986 3.2.3: digits, however many).
        auto const first = std::min(port.find_first_not_of('0'), port.size());
        auto const digits = port.substr(first);
        auto const number = parse_integer(std::string_view(digits.data(), digits.size()));
        if (!port.empty() && (!number || *number < 1 || *number > 65535)) {
            return "must have a port from 1 to 65535";
        }
    }
    if (plain && !is_loopback(url)) return "must be https; plain http is for loopback only";
    return {};
}

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

std::optional<std::string> InstanceSettings::option_url(std::string_view name) {
    auto const value = find_option(name);
    if (!value) return std::nullopt;
    if (auto const problem = url_problem(*value); !problem.empty()) {
        refuse(append_json_pointer("/options", name), problem);
        return std::nullopt;
    }
    return std::string(*value);
}

std::string InstanceSettings::base_url(std::string_view documented_default) {
    if (!instance_.base_url) return std::string(documented_default);
    std::string_view url = *instance_.base_url;
    if (auto const problem = url_problem(url); !problem.empty()) {
        refuse("/base_url", problem);
        return std::string(documented_default);
    }
    while (!url.empty() && url.back() == '/') url.remove_suffix(1);
    return std::string(url);
}

void InstanceSettings::refuse(std::string_view pointer, std::string_view message) {
    violations_.push_back({std::string(pointer), std::string(message)});
}

Error InstanceSettings::error() const {
    Error error(
        ErrorCategory::config_invalid,
        "instance '" + instance_.name + "' (" + vendor_.title + ") is not configured correctly"
    );
    error.instance = instance_.name;
    error.vendor = vendor_.name;
    error.violations = violations_;
    return error;
}

}  // namespace otp::common
