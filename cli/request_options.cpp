#include "request_options.hpp"

#include "exit_status.hpp"
#include "output.hpp"

#include <otp/email_address.hpp>
#include <otp/phone_number.hpp>

#include <utility>

namespace otp::cli {

namespace {

template <class Item>
[[nodiscard]] std::string names(std::vector<Item> const& items) {
    std::vector<std::string> texts;
    texts.reserve(items.size());
    for (auto const& item : items) texts.push_back(item.name);
    return join(texts);
}

/// Throws `ErrorException` with a pointer into the request, as the SDK's own refusals have one.
template <class Value>
[[nodiscard]] Value required(Result<Value> parsed, std::string pointer) {
    if (parsed.has_value()) return std::move(*parsed);
    auto error = parsed.error();
    if (error.violations.empty()) error.violations.push_back({std::move(pointer), error.message});
    throw ErrorException(std::move(error));
}

/// A vendor's own field may name the recipient; whether it does, the adapter says.
[[nodiscard]] bool names_nobody(RequestOptions const& given) noexcept {
    return !given.phone && !given.email && given.users.empty() && given.fields.empty();
}

}  // namespace

void add_request_options(CLI::App& command, RequestOptions& given) {
    command.add_option("--config", given.config, "Configuration file")->required();
    auto* const route =
        add_text_option(command, "--route", given.route, "Route of the configuration");
    add_text_option(command, "--instance", given.instance, "One instance of the configuration")
        ->excludes(route);
    add_text_option(command, "--phone", given.phone, "Phone number, E.164: +12025550162");
    add_text_option(command, "--email", given.email, "Email address");
    command.add_option("--user", given.users, "The vendor's own id of the person: VENDOR=ID")
        ->allow_extra_args(false);
    add_text_option(command, "--channel", given.channel, "sms, email or whatsapp");
    add_text_option(command, "--reference", given.reference, "Your id for this send");
    add_text_option(command, "--locale", given.locale, "BCP 47 language tag of the message");
    add_text_option(command, "--expires", given.expires, "How long the code shall live: 5m");
    add_client_options(command, given.client);
    add_field_options(command, given.fields);
}

SendTarget choose_target(RequestOptions const& given, ClientConfig const& config) {
    if (given.route) return *given.route;
    if (given.instance) return SendTarget::instance(*given.instance);
    if (config.routes.size() == 1) return config.routes.front().name;
    if (config.routes.empty() && config.instances.size() == 1) {
        return SendTarget::instance(config.instances.front().name);
    }
    throw UsageError(
        "give --route or --instance; routes: " +
        (config.routes.empty() ? "none" : names(config.routes)) +
        "; instances: " + names(config.instances)
    );
}

SendOtp make_request(RequestOptions const& given) {
    if (names_nobody(given)) {
        throw UsageError(
            "give the recipient: --phone, --email or --user, or the vendor's own --field"
        );
    }
    Recipient recipient;
    recipient.user_ids = parse_users(given.users);
    SendOtp request(std::move(recipient));
    request.vendor_fields = parse_fields(given.fields);
    if (given.channel) request.channel = parse_channel_option(*given.channel);
    if (given.expires) request.expires_in = parse_expiry(*given.expires);
    request.reference = given.reference;
    request.locale = given.locale;
    request.client = given.client;
    if (given.phone) request.to.phone = required(PhoneNumber::parse(*given.phone), "/to/phone");
    if (given.email) request.to.email = required(EmailAddress::parse(*given.email), "/to/email");
    return request;
}

}  // namespace otp::cli
