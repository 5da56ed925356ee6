#include <otp/mocks/example_config.hpp>
#include <otp/mocks/vendor_names.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

/// Objects over several lines, everything else on one.
void write(json::value const& value, std::string const& indentation, std::string& text) {
    auto const* object = value.if_object();
    if (object == nullptr || object->empty()) {
        text += json::serialize(value);
        return;
    }
    std::string const inner = indentation + "  ";
    char const* separator = "{\n";
    for (auto const& [name, member] : *object) {
        text += separator + inner + json::serialize(json::string(name)) + ": ";
        write(member, inner, text);
        separator = ",\n";
    }
    text += "\n" + indentation + "}";
}

json::object credentials_of(std::string_view vendor, MockCredentials const& all) {
    if (vendor == "spherepay") return {{"api_key", all.spherepay_api_key}};
    if (vendor == "loyaltydog") {
        return {{"username", all.loyaltydog_username}, {"password", all.loyaltydog_password}};
    }
    if (vendor == "10npay") {
        return {
            {"client_id", all.ten_n_pay_client_id}, {"client_secret", all.ten_n_pay_client_secret}};
    }
    if (vendor == "eko") {
        return {{"developer_key", all.eko_developer_key}, {"access_key", all.eko_access_key}};
    }
    return {{"project_id", all.stytch_project_id}, {"secret", all.stytch_secret}};
}

json::object options_of(
    std::string_view vendor, std::string const& base_url, MockCredentials const& credentials
) {
    if (vendor == "10npay") return {{"token_url", base_url + "/connect/token"}};
    if (vendor == "eko") {
        return {{"initiator_id", credentials.eko_initiator_id}, {"csp_id", "9002336768"}};
    }
    if (vendor == "stytch") return {{"create_user", true}};
    return {};
}

}  // namespace

std::string example_config(
    std::string_view origin,
    std::optional<std::filesystem::path> const& ca_file,
    MockCredentials const& credentials
) {
    std::map<std::string, std::string> base_urls;
    for (std::string const& vendor : vendor_names()) {
        base_urls[vendor] = std::string(origin) + "/" + vendor;
    }
    return example_config(base_urls, ca_file, credentials);
}

std::string example_config(
    std::map<std::string, std::string> const& base_urls,
    std::optional<std::filesystem::path> const& ca_file,
    MockCredentials const& credentials
) {
    json::object instances;
    json::object routes;
    json::array all;
    for (std::string const& vendor : vendor_names()) {
        auto const& base_url = base_urls.at(vendor);
        json::object instance{{"vendor", vendor}, {"base_url", base_url}};
        instance["credentials"] = credentials_of(vendor, credentials);
        auto options = options_of(vendor, base_url, credentials);
        if (!options.empty()) instance["options"] = std::move(options);
        if (ca_file) instance["tls"] = json::object{{"ca_file", ca_file->string()}};
        instances[vendor] = std::move(instance);
        routes[vendor] = json::object{{"use", json::array{json::value(vendor)}}};
        all.push_back(json::value(vendor));
    }
    routes["login"] = json::object{{"use", std::move(all)}};
    json::value const config(
        {{"version", 1},
         {"allow_inline_secrets", true},
         {"instances", std::move(instances)},
         {"routes", std::move(routes)}}
    );
    std::string text;
    write(config, "", text);
    return text + "\n";
}

}  // namespace otp::mocks
