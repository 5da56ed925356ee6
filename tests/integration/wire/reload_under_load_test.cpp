// A service whose configuration changes all the time while it sends: nothing is lost for it.

#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"

#include <otp/client.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <utility>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// As https://stytch.com/docs/api/send-otp-by-sms shows it.
constexpr char sent_body[] =
    R"({"status_code":200,"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",)"
    R"("user_id":"user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",)"
    R"("phone_id":"phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0"})";

void serve(Peer& peer, std::size_t /*connection*/) {
    while (peer.read_request()) peer.write(ok_response(sent_body));
}

/// Of which something is different each time: the instance is made anew then, or another one
/// serves.
ClientConfig configuration(std::string const& base_url, std::size_t version) {
    InstanceConfig instance;
    instance.name = version % 4 == 3 ? "other" : "main";
    instance.vendor = "stytch";
    instance.base_url = base_url;
    instance.credentials.emplace("project_id", Secret("project-test-not-a-real-project"));
    instance.credentials.emplace("secret", Secret("secret-test-" + std::to_string(version % 3)));
    instance.tls.ca_file = test_authority().ca_file();
    ClientConfig config;
    config.routes.push_back({"login", {instance.name}});
    config.instances.push_back(std::move(instance));
    return config;
}

/// Sends, eight at a time, and reloads every 50 ms.
class Service {
public:
    explicit Service(std::string base_url)
        : base_url_(std::move(base_url)), client_(context_.get_executor(), config(), options()) {}

    void run() {
        for (int at_once = 0; at_once < 8; ++at_once) send();
        reload_later();
        context_.run();
    }

    std::size_t succeeded{0};
    std::string failures;
    std::size_t reloads{0};

private:
    static constexpr std::size_t sends = 10'000;

    [[nodiscard]] ClientConfig config() { return configuration(base_url_, version_++); }
    static ClientOptions options() {
        ClientOptions options;
        options.threading = Threading::single;
        options.environment = [](std::string const&) { return std::nullopt; };
        return options;
    }

    void send() {
        if (started_ == sends) return;
        ++started_;
        client_.async_send(
            "login",
            SendOtp(PhoneNumber::parse("+12025550162").value()),
            [this](Result<SendReceipt> const& sent) {
                ++ended_;
                if (sent) {
                    ++succeeded;
                } else {
                    failures += sent.error().message + '\n';
                }
                send();
                if (ended_ == sends) timer_.cancel();
            }
        );
    }

    void reload_later() {
        timer_.expires_after(50ms);
        timer_.async_wait([this](boost::system::error_code over) {
            if (over || ended_ == sends) return;
            client_.async_reload(config(), [this](Result<ReloadReport> const& reloaded) {
                EXPECT_TRUE(reloaded) << reloaded.error();
                ++reloads;
                reload_later();
            });
        });
    }

    std::string base_url_;
    std::size_t version_{0};
    std::size_t started_{0};
    std::size_t ended_{0};
    asio::io_context context_{1};
    asio::steady_timer timer_{context_};
    OtpClient client_;
};

TEST(ReloadUnderLoad, NoSendFailsForIt) {
    auto const& authority = test_authority();
    ScriptedServer const server(
        serve, ServerTls{authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}}
    );
    Service service(server.base_url());
    service.run();
    EXPECT_EQ(service.succeeded, 10'000U);
    EXPECT_EQ(service.failures, "");
    EXPECT_GT(service.reloads, 3U);
    // Connections made with old settings were not used for new requests.
    EXPECT_GT(server.connections(), service.reloads);
    RecordProperty("reloads", static_cast<int>(service.reloads));
}

}  // namespace
}  // namespace otp::test
