#include "vendor_setup.hpp"

#include "measurement.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

namespace otp::bench {
namespace {

void add_credential(VendorSetup& setup, std::string name, std::string_view value) {
    setup.instance.credentials.emplace(std::move(name), Secret(value));
}

void set_up_stytch(VendorSetup& setup) {
    add_credential(setup, "project_id", project_id);
    add_credential(setup, "secret", secret);
    setup.send.expires_in = std::chrono::minutes(5);
}

void set_up_eko(VendorSetup& setup) {
    add_credential(setup, "developer_key", "bench-developer-key");
    add_credential(setup, "access_key", "d2f0b0f0-6f0b-4d6e-9c55-3c2b8c9a1e57");
    setup.instance.options = {{"initiator_id", "9962981729"}, {"csp_id", "9002336768"}};
    setup.send.to = PhoneNumber::parse("+919002336768").value();
}

void set_up_ten_n_pay(VendorSetup& setup) {
    add_credential(setup, "client_id", "bench-client");
    add_credential(setup, "client_secret", secret);
    setup.instance.options = {{"token_url", *setup.instance.base_url + "/connect/token"}};
    setup.send.to = PhoneNumber::parse("+359881234567").value();
    setup.send.to.user_ids = {{"10npay", "2077"}};
}

void set_up_loyaltydog(VendorSetup& setup) {
    add_credential(setup, "username", "user@example.com");
    add_credential(setup, "password", secret);
}

void set_up_spherepay(VendorSetup& setup) {
    add_credential(setup, "api_key", "bench-api-key");
    setup.send.to = Recipient();
    setup.send.to.user_ids = {{"spherepay", "customer_f31121c389624d3697cbf3ea8830b7a4"}};
    setup.send.channel = Channel::sms;
}

using SetUp = std::function<void(VendorSetup&)>;

std::map<std::string, SetUp> const& setups() {
    static std::map<std::string, SetUp> const by_vendor{
        {"10npay", set_up_ten_n_pay},
        {"eko", set_up_eko},
        {"loyaltydog", set_up_loyaltydog},
        {"spherepay", set_up_spherepay},
        {"stytch", set_up_stytch}};
    return by_vendor;
}

}  // namespace

std::vector<std::string> vendor_names() {
    std::vector<std::string> names;
    for (auto const& [name, set_up] : setups()) names.push_back(name);
    return names;
}

VendorSetup set_up_vendor(std::string const& vendor, std::string const& url) {
    VendorSetup setup{{}, SendOtp(PhoneNumber::parse(phone_number).value())};
    setup.instance.name = vendor;
    setup.instance.vendor = vendor;
    setup.instance.base_url = url;
    setups().at(vendor)(setup);
    return setup;
}

}  // namespace otp::bench
