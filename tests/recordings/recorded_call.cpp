#include "recordings/recorded_call.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/value_to.hpp>

#include <stdexcept>
#include <utility>

namespace otp::test {
namespace {

namespace json = boost::json;

std::string text(json::value const& value) {
    return json::value_to<std::string>(value);
}

void add_client(ClientAttributes& client, json::object const& input) {
    auto const* const from = input.if_contains("client");
    if (!from) return;
    for (auto const& [name, value] : from->as_object()) {
        (name == "ip_address" ? client.ip_address : client.user_agent) = text(value);
    }
}

VendorFields vendor_fields(json::object const& input) {
    VendorFields fields;
    auto const* const from = input.if_contains("vendor_fields");
    if (!from) return fields;
    for (auto const& [vendor, members] : from->as_object()) {
        for (auto const& [name, value] : members.as_object()) {
            fields[std::string(vendor)][std::string(name)] = text(value);
        }
    }
    return fields;
}

}  // namespace

std::vector<std::string> recorded_vendors() {
    return {"10npay", "eko", "loyaltydog", "spherepay", "stytch"};
}

std::filesystem::path recordings_folder(std::string_view vendor) {
    return std::filesystem::path(OTP_SOURCE_DIR) / "mocks" / "recordings" / vendor;
}

InstanceConfig instance_for(std::string_view vendor, json::object const& input) {
    InstanceConfig instance;
    instance.name = recorded_instance;
    instance.vendor = vendor;
    auto const set = [&instance](char const* name, char const* value) {
        instance.credentials.emplace(name, Secret(value));
    };
    bool const grant = input.contains("operation") && input.at("operation") == "token";
    if (vendor == "spherepay") {
        set("api_key", "fake-api-key");
    } else if (vendor == "loyaltydog" && grant) {
        set("username", "user@example.com");
        set("password", "fake-password");
    } else if (vendor == "loyaltydog") {
        set("token", "fake-token");
    } else if (vendor == "10npay") {
        instance.environment = "test";
        if (grant) {
            set("client_id", "fake-client");
            set("client_secret", "fake-client-secret");
        } else {
            set("access_token", "fake-token");
        }
    } else if (vendor == "eko") {
        instance.environment = "sandbox";
        set("developer_key", "fake-developer-key");
        set("access_key", "fake-access-key");
        instance.options.emplace("initiator_id", "9962981729");
        instance.options.emplace("csp_id", "9002336768");
    } else if (vendor == "stytch") {
        set("project_id", "project-test-fake");
        set("secret", "fake-secret");
    }
    if (auto const* const url = input.if_contains("base_url")) instance.base_url = text(*url);
    if (auto const* const options = input.if_contains("options")) {
        for (auto const& [name, value] : options->as_object()) {
            instance.options.insert_or_assign(std::string(name), text(value));
        }
    }
    return instance;
}

std::unique_ptr<ProviderAdapter> adapter_for(std::string_view vendor, json::object const& input) {
    return VendorRegistry::built_in().make_adapter(instance_for(vendor, input)).value();
}

AttemptContext recorded_context() {
    AttemptContext context;
    context.instance = recorded_instance;
    context.now = recorded_now;
    context.unique_reference = "ref00000000000000001";
    return context;
}

SendOtp send_from(json::object const& input) {
    Recipient to;
    if (auto const* const phone = input.if_contains("phone")) {
        to.phone = PhoneNumber::parse(text(*phone)).value();
    }
    if (auto const* const email = input.if_contains("email")) {
        to.email = EmailAddress::parse(text(*email)).value();
    }
    if (auto const* const ids = input.if_contains("user_ids")) {
        for (auto const& [vendor, id] : ids->as_object()) {
            to.user_ids.emplace(std::string(vendor), text(id));
        }
    }
    SendOtp send(std::move(to));
    if (auto const* const channel = input.if_contains("channel")) {
        send.channel = parse_channel(text(*channel)).value();
    }
    if (auto const* const reference = input.if_contains("reference")) {
        send.reference = text(*reference);
    }
    if (auto const* const minutes = input.if_contains("expires_in_minutes")) {
        send.expires_in = std::chrono::minutes(minutes->to_number<int>());
    }
    if (auto const* const locale = input.if_contains("locale")) send.locale = text(*locale);
    add_client(send.client, input);
    send.vendor_fields = vendor_fields(input);
    return send;
}

VerifyOtp verify_from(std::string_view vendor, json::object const& input) {
    VerificationHandle handle(
        std::string(recorded_instance),
        std::string(vendor),
        parse_channel(text(input.at("channel"))).value()
    );
    for (auto const& [name, value] : input.at("references").as_object()) {
        handle.set_reference(name, text(value));
    }
    VerifyOtp verify(std::move(handle), OtpCode::parse(text(input.at("code"))).value());
    add_client(verify.client, input);
    verify.vendor_fields = vendor_fields(input);
    return verify;
}

std::string operation_of(testing::Recording const& recording) {
    return text(recording.input.at("operation"));
}

}  // namespace otp::test
