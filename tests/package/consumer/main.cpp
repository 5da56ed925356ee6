// Uses each installed target once: the schema file, the SDK with a scripted answer and with an
// installed recording, and, if they are installed, the mock vendors over a socket. Exit status 0 if
// all of it works.
#include <otp/adapter/adapter.hpp>
#include <otp/otp.hpp>
#include <otp/testing/recordings.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/scripted_transport.hpp>

#ifdef CONSUMER_HAS_MOCKS
#include <otp/mocks/mock_vendors.hpp>
#endif

#include <boost/asio/io_context.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace {

constexpr char config_text[] = R"({
    "version": 1, "allow_inline_secrets": true,
    "instances": { "stytch": { "vendor": "stytch", "credentials": {
        "project_id": "project-test-00000000-0000-0000-0000-000000000000",
        "secret": "not-a-secret" } } },
    "routes": { "login": { "use": ["stytch"] } }
})";

bool sends(otp::ClientConfig config, otp::ClientOptions options) {
    boost::asio::io_context context;
    otp::OtpClient client(context.get_executor(), std::move(config), std::move(options));
    otp::SendOtp request(otp::PhoneNumber::parse("+12025550162").value());
    bool accepted = false;
    client.async_send("login", std::move(request), [&](otp::Result<otp::SendReceipt> result) {
        accepted = result.has_value();
        if (!accepted) std::cerr << result.error() << '\n';
        context.stop();
    });
    context.run();
    return accepted;
}

bool schema_is_installed(char const* file) {
    std::ifstream stream(file, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(stream), {}};
    return text == otp::config_schema();
}

bool sdk_works() {
    auto config = otp::parse_config(config_text, otp::VendorRegistry::built_in(), {});
    otp::HttpResponse answer(
        200,
        {{"Content-Type", "application/json"}},
        R"({"status_code":200,"request_id":"request-id-test-1","user_id":"user-test-1",)"
        R"("phone_id":"phone-number-test-1","user_created":false})"
    );
    auto const script = std::make_shared<otp::testing::Script>();
    script->add(otp::testing::ScriptedStep(std::move(answer)));
    otp::ClientOptions options;
    options.transport = otp::testing::scripted_transport_factory(script);
    return sends(std::move(config).value(), std::move(options)) && script->requests().size() == 1;
}

bool recordings_are_installed() {
    auto config = otp::parse_config(config_text, otp::VendorRegistry::built_in(), {});
    otp::ClientOptions options;
    options.transport =
        otp::testing::replay_transport_factory(otp::testing::recordings("stytch", {"send_sms_ok"}));
    return sends(std::move(config).value(), std::move(options));
}

bool mocks_work() {
#ifdef CONSUMER_HAS_MOCKS
    otp::mocks::MockVendors const vendors;
    auto config = otp::parse_config(vendors.example_config(), otp::VendorRegistry::built_in(), {});
    auto instances = std::move(config).value();
    instances.routes = {{"login", {"stytch"}}};
    return sends(std::move(instances), {}) && vendors.messages("stytch").size() == 1;
#else
    return true;
#endif
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 || !schema_is_installed(argv[1])) {
        std::cerr << "the installed schema is not config_schema()\n";
        return 1;
    }
    if (!sdk_works()) {
        std::cerr << "a send with a scripted answer failed\n";
        return 1;
    }
    if (!recordings_are_installed()) {
        std::cerr << "a send with an installed recording failed\n";
        return 1;
    }
    if (!mocks_work()) {
        std::cerr << "a send to the mock vendors failed\n";
        return 1;
    }
    std::cout << "the package works\n";
}
