#include "mock_setup.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace otp::test {

namespace {

void make_certificate(TemporaryFolder const& folder) {
    auto const made =
        run("/usr/bin/openssl",
            {"req",
             "-x509",
             "-newkey",
             "ec",
             "-pkeyopt",
             "ec_paramgen_curve:prime256v1",
             "-nodes",
             "-days",
             "2",
             "-subj",
             "/CN=localhost",
             "-addext",
             "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout",
             (folder / "key.pem").string(),
             "-out",
             (folder / "certificate.pem").string()});
    if (made.status != 0) throw std::runtime_error("openssl req failed: " + made.err);
}

}  // namespace

MockSetup::MockSetup(Security security, mocks::MockOptions options) {
    auto text = std::string();
    if (security == Security::tls) {
        make_certificate(folder_);
        options.tls = mocks::MockTls{folder_ / "certificate.pem", folder_ / "key.pem"};
        vendors_ = std::make_unique<mocks::MockVendors>(std::move(options));
        text = mocks::example_config(vendors_->origin(), folder_ / "certificate.pem");
    } else {
        vendors_ = std::make_unique<mocks::MockVendors>(std::move(options));
        text = mocks::example_config(vendors_->origin());
    }
    config_ = folder_.write("otp.json", text);
}

void MockSetup::point_login_at(std::string_view instance) {
    auto config = boost::json::parse(folder_.read("otp.json"));
    boost::json::array use;
    use.emplace_back(instance);
    config.at("routes").at("login").as_object()["use"] = std::move(use);
    config_ = folder_.write("otp.json", boost::json::serialize(config));
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
