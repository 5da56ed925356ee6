#include "arguments.hpp"

#include "exit_status.hpp"
#include "files.hpp"
#include "output.hpp"
#include "program_vendors.hpp"

#include <otp/nearest_name.hpp>
#include <otp/secret_text.hpp>
#include <otp/vendor_registry.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

namespace otp::cli {

namespace {

void require_vendor(std::string_view option, std::string_view vendor) {
    auto const& registry = program_vendors();
    if (registry.find(vendor) != nullptr) return;
    std::vector<std::string> names;
    for (auto const* known : registry.vendors()) names.push_back(known->name);
    std::vector<std::string_view> const views(names.begin(), names.end());
    auto const nearest = nearest_name(vendor, views);
    throw UsageError(
        std::string(option) + ": no such vendor; " +
        (nearest ? "did you mean " + std::string(*nearest) + "?" : "there are " + join(names))
    );
}

struct Field {
    std::string vendor;
    std::string key;
    std::string value;
};

[[nodiscard]] Field split_field(
    std::string const& option, std::string const& form, std::string_view text
) {
    auto const equals = text.find('=');
    auto const name = text.substr(0, equals);
    auto const dot = name.find('.');
    auto const complete = equals != std::string_view::npos && dot != std::string_view::npos &&
                          dot != 0 && dot + 1 != name.size();
    if (!complete) throw UsageError(option + ": give " + form);
    require_vendor(option, name.substr(0, dot));
    return {
        std::string(name.substr(0, dot)),
        std::string(name.substr(dot + 1)),
        std::string(text.substr(equals + 1))};
}

void add_field(VendorFields& fields, Field field) {
    auto& keys = fields[std::move(field.vendor)];
    if (!keys.emplace(std::move(field.key), std::move(field.value)).second) {
        throw UsageError("--field: a key is given twice");
    }
}

}  // namespace

std::chrono::minutes parse_expiry(std::string_view text) {
    using namespace std::chrono;
    struct Unit {
        std::string_view name;
        milliseconds length;
    };
    constexpr std::array<Unit, 4> units{
        {{"ms", milliseconds(1)}, {"s", seconds(1)}, {"m", minutes(1)}, {"h", hours(1)}}};
    constexpr auto longest = floor<minutes>(milliseconds::max());

    std::int64_t count = 0;
    auto const* const end = text.data() + text.size();
    auto const [unit_begin, error] = std::from_chars(text.data(), end, count);
    bool const too_large = error == std::errc::result_out_of_range && !text.starts_with('-');
    std::string_view const name(unit_begin, static_cast<std::size_t>(end - unit_begin));
    auto const* const unit = std::find_if(units.begin(), units.end(), [name](Unit const& known) {
        return known.name == name;
    });
    if (unit != units.end() && (too_large || (error == std::errc() && count >= 1))) {
        if (too_large || count > longest / unit->length) return longest;
        auto const whole = floor<minutes>(unit->length * count);
        if (whole == unit->length * count) return whole;
    }
    throw UsageError("--expires: give whole minutes, more than 0, for example 5m, 120s or 1h");
}

Channel parse_channel_option(std::string_view text) {
    if (auto const channel = parse_channel(text)) return *channel;
    constexpr std::array<std::string_view, 3> names{"sms", "email", "whatsapp"};
    auto const nearest = nearest_name(text, names);
    throw UsageError(
        "--channel: give sms, email or whatsapp" +
        (nearest ? "; did you mean " + std::string(*nearest) + "?" : "")
    );
}

CLI::Option* add_text_option(
    CLI::App& command, std::string name, std::optional<std::string>& text, std::string description
) {
    // Not straight into the member: an empty text would leave it empty.
    return command.add_option_function<std::string>(
        std::move(name), [&text](std::string const& given) { text = given; }, std::move(description)
    );
}

void add_client_options(CLI::App& command, ClientAttributes& client) {
    add_text_option(
        command, "--client-ip", client.ip_address, "The IP address of the person's device"
    );
    add_text_option(
        command, "--user-agent", client.user_agent, "The user agent of the person's device"
    );
}

void add_field_options(CLI::App& command, FieldOptions& given) {
    command.add_option("--field", given.fields, "What only one vendor has: VENDOR.KEY=VALUE")
        ->allow_extra_args(false);
    command.add_option("--field-file", given.files, "The same from a file: VENDOR.KEY=FILE")
        ->allow_extra_args(false);
}

std::map<std::string, std::string, std::less<>> parse_users(std::vector<std::string> const& texts) {
    std::map<std::string, std::string, std::less<>> users;
    for (std::string_view const text : texts) {
        auto const equals = text.find('=');
        if (equals == 0 || equals == std::string_view::npos || equals + 1 == text.size()) {
            throw UsageError("--user: give VENDOR=ID, for example spherepay=customer_...");
        }
        auto const vendor = text.substr(0, equals);
        require_vendor("--user", vendor);
        if (!users.emplace(vendor, text.substr(equals + 1)).second) {
            throw UsageError("--user: a vendor is named twice");
        }
    }
    return users;
}

VendorFields parse_fields(FieldOptions const& given) {
    VendorFields fields;
    for (auto const& text : given.fields) {
        add_field(fields, split_field("--field", "VENDOR.KEY=VALUE", text));
    }
    for (auto const& text : given.files) {
        auto field = split_field("--field-file", "VENDOR.KEY=FILE", text);
        auto const content = read_text_file("--field-file", field.value);
        field.value = trim_secret_text(content);
        add_field(fields, std::move(field));
    }
    return fields;
}

}  // namespace otp::cli
