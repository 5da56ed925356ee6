#include "cli/support/mock_setup.hpp"

#include "support/certificate_authority.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace otp::test {

MockSetup::MockSetup(Security security, mocks::MockOptions options) {
    std::optional<std::filesystem::path> trusted;
    if (security == Security::tls) {
        auto const& authority = test_authority();
        options.tls = mocks::MockTls{authority.certificate(), authority.key()};
        trusted = authority.ca_file();
    }
    vendors_ = std::make_unique<mocks::MockVendors>(std::move(options));
    config_ = write("otp.json", mocks::example_config(vendors_->origin(), trusted));
}

std::string MockSetup::file(std::string_view name) const {
    return (folder_.path() / name).string();
}

std::string MockSetup::read(std::string_view name) const {
    std::ostringstream text;
    text << std::ifstream(folder_.path() / name, std::ios::binary).rdbuf();
    return std::move(text).str();
}

std::string MockSetup::write(std::string_view name, std::string_view text) const {
    return folder_.write(name, text).string();
}

void MockSetup::point_login_at(std::string_view instance) {
    auto config = boost::json::parse(read("otp.json"));
    boost::json::array use;
    use.emplace_back(instance);
    config.at("routes").at("login").as_object()["use"] = std::move(use);
    config_ = write("otp.json", boost::json::serialize(config));
}

std::string MockSetup::newest_code(std::string_view vendor) const {
    return vendors_->messages(vendor).at(0).code;
}

std::vector<std::string> example_person() {
    return {
        "--phone",
        example_phone,
        "--user",
        std::string("spherepay=") + example_customer,
        "--user",
        std::string("10npay=") + example_user};
}

std::string wrong_code(std::string code) {
    code.back() = code.back() == '9' ? '0' : static_cast<char>(code.back() + 1);
    return code;
}

Finished otp_program(
    std::vector<std::string> const& arguments, std::string_view input, Environment const& extra
) {
    return run(OTP_PROGRAM, arguments, input, extra);
}

std::vector<std::string> operator+(
    std::vector<std::string> first, std::vector<std::string> const& second
) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<std::string> mock_secrets() {
    mocks::MockCredentials const all;
    return {
        all.spherepay_api_key,
        all.loyaltydog_username,
        all.loyaltydog_password,
        all.loyaltydog_token,
        all.ten_n_pay_client_id,
        all.ten_n_pay_client_secret,
        all.ten_n_pay_access_token,
        all.eko_developer_key,
        all.eko_access_key,
        all.stytch_project_id,
        all.stytch_secret};
}

}  // namespace otp::test
