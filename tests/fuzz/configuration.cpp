// A configuration's text, without files and environment.
#include "config/config_check.hpp"
#include "fuzz/harness/json_target.hpp"
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/vendor_registry.hpp>

#include <algorithm>
#include <string_view>

namespace {

using otp::fuzz::JsonTree;
using otp::fuzz::require;

/// Stands for a credential in seeds and mutations.
constexpr std::string_view secret = "Canary0Secret1Canary";

otp::VendorRegistry const& vendors() {
    static otp::VendorRegistry const registry = otp::VendorRegistry::built_in();
    return registry;
}

/// Whether the secret stands in another place than the value of a credential or password, where an
/// error may quote it.
bool is_misplaced(JsonTree const& tree, bool may_hold_it) {
    bool const here = tree.text.find(secret) != std::string::npos;
    if ((here && !may_hold_it) || tree.name.find(secret) != std::string::npos) return true;
    return std::any_of(tree.items.begin(), tree.items.end(), [&](JsonTree const& item) {
        bool const is_secret = tree.name == "credentials" || item.name == "password";
        return is_misplaced(item, is_secret && !item.text.starts_with("${"));
    });
}

void check_error(otp::Error const& error, std::string_view text) {
    require(error.category == otp::ErrorCategory::config_invalid, "a mistake of the file", error);
    require(error.delivery == otp::Delivery::not_sent, "nothing was sent");
    require(!error.violations.empty(), "every mistake has its place", error);
    auto const reading = otp::fuzz::read_json(text);
    if (!reading || reading->repeated_names || is_misplaced(reading->tree, false)) return;
    for (auto const& violation : error.violations) {
        require(
            violation.message.find(secret) == std::string::npos &&
                violation.pointer.find(secret) == std::string::npos,
            "no error shows a credential",
            violation.pointer
        );
    }
}

void check_accepted(otp::ClientConfig const& config) {
    auto const mistake = otp::config::check_config(config);
    require(!mistake, "what was read can be used", mistake ? *mistake : otp::Error());
    for (auto const& instance : config.instances) {
        auto const adapter = vendors().make_adapter(instance);
        require(adapter.has_value(), "each instance has an adapter", instance.name);
        auto const& url = (*adapter)->base_url();
        require(
            url.starts_with("https://") || url.starts_with("http://") ||
                url.starts_with("HTTPS://") || url.starts_with("HTTP://"),
            "an address has a scheme",
            instance.name
        );
    }
    for (auto const& route : config.routes) {
        for (auto const& name : route.use) {
            require(config.find_instance(name) != nullptr, "routes use what there is", name);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = otp::fuzz::as_text(data, size);
    otp::ConfigSources const sources{{}, "/nonexistent", false};
    auto const config = otp::parse_config(text, vendors(), sources);
    if (config) {
        check_accepted(*config);
    } else {
        check_error(config.error(), text);
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
) {
    static otp::fuzz::Vocabulary const vocabulary{
        {"version",
         "allow_inline_secrets",
         "defaults",
         "instances",
         "routes",
         "deadline",
         "attempt_timeout",
         "connect_timeout",
         "max_connections",
         "max_body_bytes",
         "tls",
         "proxy",
         "host",
         "port",
         "username",
         "password",
         "vendor",
         "environment",
         "base_url",
         "credentials",
         "options",
         "use",
         "strategy",
         "rules",
         "when",
         "phone_prefix",
         "channel",
         "instance",
         "weight",
         "on_unknown",
         "max_attempts",
         "retry",
         "base_delay",
         "max_delay",
         "factor",
         "breaker",
         "failure_ratio",
         "open",
         "max_open",
         "commit_timeout",
         "project_id",
         "secret",
         "api_key",
         "access_key",
         "developer_key",
         "initiator_id",
         "csp_id",
         "token_url",
         "access_token",
         "client_id",
         "client_secret",
         "token",
         "locale",
         "pinned_public_key",
         "ca_file"},
        {"8s",
         "0ms",
         "24h",
         "99999999999999999999h",
         "-1s",
         "stytch",
         "eko",
         "loyaltydog",
         "10npay",
         "spherepay",
         "sandbox",
         "test",
         "https://localhost:1/a",
         "https://a%0d%0aX:1/",
         "http://127.0.0.1.example.com",
         "https://user:pw@h/",
         "${env:A}",
         "${file:/a}",
         "main",
         "weighted",
         "failover",
         "sms",
         "+91",
         "0091",
         "Canary0Secret1Canary",
         "Canary0Secret1Canary\n",
         "\"Canary0Secret1Canary\"",
         "9962981729",
         "true"},
        {}};
    return otp::fuzz::mutate_json_input(data, size, max_size, seed, vocabulary);
}
