#include "config/config_keys.hpp"
#include "config/duration_text.hpp"
#include "config/instance_reader.hpp"
#include "config/json_text.hpp"
#include "config/object_reader.hpp"
#include "config/route_override.hpp"
#include "config/route_reader.hpp"
#include "config/secret_folders.hpp"
#include "config/secret_reader.hpp"
#include "config/stand_ins.hpp"

#include <otp/config.hpp>

#include <utility>

namespace otp {

namespace {

using namespace config;

void check_version(ObjectReader const& root) {
    auto const* version = root.require("version");
    if (version == nullptr) return;
    auto const* number = version->if_int64();
    if (number == nullptr || *number != 1) {
        root.refuse("version", "must be 1: this SDK reads no other format");
    }
}

// Reads `defaults`, if there are any, and the client's own settings in it.
InheritedSettings read_defaults(
    ObjectReader const& root, ReadContext const& context, ClientConfig& config
) {
    auto const* value = root.find("defaults");
    if (value == nullptr) return {};
    auto const defaults =
        ObjectReader::open(*value, root.pointer_of("defaults"), defaults_keys, context.violations);
    if (!defaults) return {};
    config.deadline = defaults->duration("deadline", any_timeout).value_or(config.deadline);
    return read_inherited_settings(*defaults, {}, context);
}

void read_instances(
    ObjectReader const& root,
    InheritedSettings const& inherited,
    ReadContext const& context,
    ClientConfig& config
) {
    auto const* value = root.require("instances");
    if (value == nullptr) return;
    auto const instances =
        ObjectReader::open(*value, root.pointer_of("instances"), context.violations);
    if (!instances) return;
    if (instances->object().empty()) root.refuse("instances", "must hold at least one instance");
    for (auto const& member : instances->object()) {
        config.instances.push_back(read_instance(member.key(), member.value(), inherited, context));
    }
}

void read_routes(ObjectReader const& root, Violations& violations, ClientConfig& config) {
    auto const* value = root.find("routes");
    if (value == nullptr) return;
    auto const routes = ObjectReader::open(*value, root.pointer_of("routes"), violations);
    if (!routes) return;
    auto const names = instance_names(config);
    for (auto const& member : routes->object()) {
        config.routes.push_back(read_route(member.key(), member.value(), names, violations));
    }
    check_route_variables(config.routes, violations);
}

ClientConfig read_document(
    boost::json::value const& document,
    VendorRegistry const& vendors,
    ConfigSources const& sources,
    Violations& violations
) {
    ClientConfig config;
    auto const root = ObjectReader::open(document, "", root_keys, violations);
    if (!root) return config;
    check_version(*root);
    static_cast<void>(root->text("$schema"));  // for editors; only its type is checked
    bool const allow_inline_secrets = root->flag("allow_inline_secrets").value_or(false);
    SecretReader const secrets(sources, allow_inline_secrets, read_secret_folders(*root, sources));
    ReadContext const context{vendors, sources, secrets, violations};
    auto const inherited = read_defaults(*root, context, config);
    read_instances(*root, inherited, context, config);
    check_stand_ins(config, vendors, violations);
    read_routes(*root, violations, config);
    apply_route_overrides(config, sources.environment, sources.environment_names, violations);
    return config;
}

}  // namespace

Result<ClientConfig> parse_config(
    std::string_view text, VendorRegistry const& vendors, ConfigSources const& sources
) {
    Violations violations;
    ClientConfig config;
    if (auto const document = parse_json_text(text, violations)) {
        config = read_document(*document, vendors, sources, violations);
    }
    if (auto error = violations.take_error("the configuration")) return std::move(*error);
    config.warnings = violations.take_warnings();
    return config;
}

}  // namespace otp
