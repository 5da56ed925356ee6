#include "commands.hpp"
#include "exit_status.hpp"
#include "honoured_hints.hpp"
#include "output.hpp"
#include "program_vendors.hpp"
#include "table.hpp"

#include <otp/vendor_registry.hpp>

#include <algorithm>
#include <memory>
#include <sstream>
#include <utility>

namespace otp::cli {

namespace {

struct VendorsOptions {
    bool json{false};
};

[[nodiscard]] boost::json::array settings_json(std::vector<SettingDescription> const& settings) {
    boost::json::array array;
    for (auto const& setting : settings) {
        boost::json::object object;
        object["name"] = setting.name;
        object["description"] = setting.description;
        array.push_back(std::move(object));
    }
    return array;
}

[[nodiscard]] boost::json::object vendor_json(VendorDescription const& vendor) {
    boost::json::object object;
    object["name"] = vendor.name;
    object["title"] = vendor.title;
    object["in_process"] = vendor.stand_in.has_value();
    object["channels"] = texts_json(channel_names(vendor.channels));
    object["recipient"] = text_or_null(vendor.recipient);
    boost::json::array credentials;
    for (auto const& names : vendor.credentials) credentials.push_back(texts_json(names));
    object["credentials"] = std::move(credentials);
    object["options"] = settings_json(vendor.options);
    object["environments"] = texts_json(vendor.environments);
    object["send_fields"] = settings_json(vendor.send_fields);
    object["verify_fields"] = settings_json(vendor.verify_fields);
    object["hints"] = to_json(vendor.hints);
    object["expiry"] = text_or_null(vendor.expiry);
    object["documentation_url"] = text_or_null(vendor.documentation_url);
    return object;
}

void print_settings(
    std::ostream& out,
    std::string_view title,
    std::string const& prefix,
    std::vector<SettingDescription> const& settings
) {
    for (auto const& setting : settings) {
        auto const text = prefix + setting.name + ": " + setting.description;
        print_detail(out, &setting == &settings.front() ? title : " ", text);
    }
}

[[nodiscard]] Row summary(VendorDescription const& vendor) {
    std::vector<std::string> ways;
    for (auto const& names : vendor.credentials) ways.push_back(join(names, " + "));
    return {
        vendor.stand_in ? vendor.name + " (in process)" : vendor.name,
        join(channel_names(vendor.channels)),
        ways.empty() ? "none" : join(ways, " or "),
        vendor.expiry,
        vendor.recipient,
    };
}

void print_details(std::ostream& out, VendorDescription const& vendor) {
    out << '\n' << vendor.name << " (" << vendor.title << ")\n";
    if (vendor.stand_in) {
        print_detail(out, "in process", "no vendor: it stands for one in tests and demonstrations");
    }
    print_detail(out, "environments", join(vendor.environments));
    print_settings(out, "options", "", vendor.options);
    print_settings(out, "send fields", vendor.name + ".", vendor.send_fields);
    print_settings(out, "verify fields", vendor.name + ".", vendor.verify_fields);
    auto const hints = describe_hints(vendor.hints);
    for (auto const& line : hints) print_detail(out, &line == &hints.front() ? "hints" : " ", line);
    print_detail(out, "see", vendor.documentation_url);
}

/// What is no vendor comes last.
[[nodiscard]] std::vector<VendorDescription const*> in_order(VendorRegistry const& registry) {
    auto vendors = registry.vendors();
    std::stable_partition(vendors.begin(), vendors.end(), [](auto const* vendor) {
        return !vendor->stand_in;
    });
    return vendors;
}

[[nodiscard]] std::string vendors_json(VendorRegistry const& registry) {
    boost::json::array vendors;
    for (auto const* vendor : in_order(registry)) vendors.push_back(vendor_json(*vendor));
    boost::json::object object;
    object["ok"] = true;
    object["vendors"] = std::move(vendors);
    return json_line(object);
}

[[nodiscard]] std::string vendors_text(VendorRegistry const& registry) {
    std::vector<Row> rows{{"vendor", "channels", "credentials", "expiry", "recipient"}};
    for (auto const* vendor : in_order(registry)) rows.push_back(summary(*vendor));
    std::ostringstream out;
    print_table(out, rows);
    for (auto const* vendor : in_order(registry)) print_details(out, *vendor);
    return std::move(out).str();
}

[[nodiscard]] int run_vendors(VendorsOptions const& options) {
    auto const& registry = program_vendors();
    auto const list = options.json ? vendors_json(registry) : vendors_text(registry);
    return print_result(list, exit_status::success, "the list of vendors is lost");
}

}  // namespace

Command add_vendors_command(CLI::App& program) {
    auto const options = std::make_shared<VendorsOptions>();
    auto* const command = program.add_subcommand("vendors", "List the vendors and their settings");
    command->add_flag("--json", options->json, "Print one JSON object");
    return {command, [options] { return run_vendors(*options); }};
}

}  // namespace otp::cli
